package io.github.camelclova.examples.kafkapipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What stands in a topic. */
final class Written {

    private Written() {}

    /** All records of a topic up to now. */
    static List<ConsumerRecord<String, String>> in(String topic, String brokers) {
        Map<String, Object> settings = Map.of("bootstrap.servers", brokers, "enable.auto.commit", "false");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(each -> new TopicPartition(topic, each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    /** A header as text; null when it is absent. */
    static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), UTF_8);
    }

    static List<String> requestIds(List<ConsumerRecord<String, String>> records) {
        return records.stream()
                .map(record -> Objects.requireNonNull(header(record, "clova-request-id")))
                .toList();
    }

    /** The id that each question of the topic has, whoever reads it. */
    static Set<String> expectedIds(List<ConsumerRecord<String, String>> questions) {
        return questions.stream()
                .map(record -> "%s-%d-%d".formatted(record.topic(), record.partition(), record.offset()))
                .collect(Collectors.toCollection(HashSet::new));
    }
}
