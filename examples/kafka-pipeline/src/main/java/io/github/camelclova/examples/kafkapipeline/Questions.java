package io.github.camelclova.examples.kafkapipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** The questions that come with the example, and the little producer that puts them into their topic. */
final class Questions {

    /** One question of one customer; questions of the same customer keep their order. */
    record Question(String customer, String text) {}

    private Questions() {}

    static List<Question> shipped() throws IOException {
        try (InputStream in = Objects.requireNonNull(Questions.class.getResourceAsStream("/questions.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8))) {
            return lines.lines().map(Questions::question).toList();
        }
    }

    private static Question question(String line) {
        String[] parts = line.split(": ", 2);
        return new Question(parts[0], parts[1]);
    }

    /** Sends them and returns when the broker has them all. */
    static void send(String brokers, List<Question> questions) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", brokers, "acks", "all");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (Question question : questions) {
                sent.add(producer.send(new ProducerRecord<>(Topics.QUESTIONS, question.customer(), question.text())));
            }
            for (Future<RecordMetadata> each : sent) {
                each.get();
            }
        }
    }
}
