package io.github.camelclova.examples.kafkapipeline;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** What a broker knows of the pipeline's topics. Any thread may ask. */
final class Topics implements AutoCloseable {

    static final String QUESTIONS = "questions";
    static final String ANSWERS = "answers";
    static final String REVIEW = "review";
    static final String DEAD_LETTERS = "dead-letters";
    static final String TOKENS = "tokens";
    static final List<String> ALL = List.of(QUESTIONS, ANSWERS, REVIEW, DEAD_LETTERS, TOKENS);

    /** The consumer group of the route that answers. */
    static final String GROUP = "pipeline";

    private static final long PATIENCE_SECONDS = 30;

    private final Admin admin;

    Topics(String brokers) {
        admin = Admin.create(Map.of("bootstrap.servers", brokers));
    }

    /** Makes those that are missing; those that are there stay as they are. */
    void create(int partitions) throws Exception {
        Set<String> missing = new HashSet<>(ALL);
        missing.removeAll(get(admin.listTopics().names()));
        get(admin.createTopics(missing.stream()
                        .map(name -> new NewTopic(name, partitions, (short) 1))
                        .toList())
                .all());
    }

    /** How many records were ever written to each topic, also by others. */
    Map<String, Long> sizes() throws Exception {
        return ends().entrySet().stream()
                .collect(Collectors.groupingBy(
                        end -> end.getKey().topic(), Collectors.summingLong(Map.Entry::getValue)));
    }

    /** How many questions nobody has finished yet. */
    long lag() throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed =
                get(admin.listConsumerGroupOffsets(GROUP).partitionsToOffsetAndMetadata());
        return ends().entrySet().stream()
                .filter(end -> end.getKey().topic().equals(QUESTIONS))
                .mapToLong(end -> {
                    OffsetAndMetadata done = committed.get(end.getKey());
                    return end.getValue() - (done == null ? 0 : done.offset());
                })
                .sum();
    }

    private Map<TopicPartition, Long> ends() throws Exception {
        List<TopicPartition> partitions = get(admin.describeTopics(ALL).allTopicNames()).values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(Function.identity(), each -> OffsetSpec.latest()));
        return get(admin.listOffsets(latest).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        admin.close();
    }
}
