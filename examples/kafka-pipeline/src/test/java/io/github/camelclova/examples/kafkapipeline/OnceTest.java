package io.github.camelclova.examples.kafkapipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.testing.ClovaStandInExtension;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Answers in a compacted topic, where the one that was written twice has the same key both times. */
class OnceTest {

    private static final String ONCE = "answers-by-request";

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    @RegisterExtension
    final BrokerExtension broker = new BrokerExtension();

    @Test
    void anAnswerThatWasWrittenTwiceHasOneKey() throws Exception {
        createCompactedTopic();
        broker.ask("When?", "Where?");

        RunningPipeline.at(broker.address(), SERVICE.get().baseUrl())
                .with(
                        "camel.main.routesIncludePattern",
                        "classpath:camel/pipeline.camel.yaml,classpath:camel/once.camel.yaml")
                .until(() -> {
                    broker.awaitLag(0);
                    writeAgain(broker.in(Topics.ANSWERS).get(0));
                    await().atMost(Duration.ofSeconds(30))
                            .untilAsserted(() -> assertThat(broker.in(ONCE)).hasSize(3));
                });

        List<ConsumerRecord<String, String>> answers = broker.in(ONCE);
        assertThat(answers).extracting(ConsumerRecord::key).isEqualTo(Written.requestIds(answers));
        assertThat(new HashSet<>(Written.requestIds(answers)))
                .isEqualTo(Written.expectedIds(broker.in(Topics.QUESTIONS)));
    }

    private void createCompactedTopic() throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            NewTopic topic = new NewTopic(ONCE, 3, (short) 1)
                    .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    /** As a node that died between writing and committing. */
    private void writeAgain(ConsumerRecord<String, String> answer) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.address());
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            ProducerRecord<String, String> again = new ProducerRecord<>(Topics.ANSWERS, answer.key(), answer.value());
            again.headers()
                    .add(
                            "clova-request-id",
                            Written.header(answer, "clova-request-id").getBytes(UTF_8));
            producer.send(again).get();
        }
    }
}
