package io.github.camelclova.examples.kafkapipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.examples.kafkapipeline.Questions.Question;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives each test a broker of its own, with empty topics of three partitions unless it wants others. */
final class BrokerExtension implements BeforeEachCallback, AfterEachCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final int partitions;
    private Path folder;
    private LocalBroker broker;
    private Topics topics;

    BrokerExtension() {
        this(3);
    }

    BrokerExtension(int partitions) {
        this.partitions = partitions;
    }

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        folder = Files.createTempDirectory("broker");
        broker = LocalBroker.start(folder);
        topics = new Topics(broker.address());
        topics.create(partitions);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        topics.close();
        broker.close();
        KafkaPipeline.delete(folder);
    }

    String address() {
        return broker.address();
    }

    /** All questions of the same customer, so that they are in one partition, in this order. */
    void ask(String... texts) throws Exception {
        Questions.send(
                address(),
                Stream.of(texts).map(text -> new Question("kim", text)).toList());
    }

    long lag() throws Exception {
        return topics.lag();
    }

    void awaitLag(long lag) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(lag()).isEqualTo(lag));
    }

    List<ConsumerRecord<String, String>> in(String topic) {
        return Written.in(topic, address());
    }
}
