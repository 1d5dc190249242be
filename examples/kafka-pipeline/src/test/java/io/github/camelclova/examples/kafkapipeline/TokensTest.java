package io.github.camelclova.examples.kafkapipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Answers that go through Kafka token by token. */
class TokensTest {

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    @RegisterExtension
    final BrokerExtension broker = new BrokerExtension();

    @TempDir
    private Path folder;

    @Test
    void theTokensOfAnAnswerAreInOnePartitionInOrderAndMakeTheWhole() throws Exception {
        broker.ask("어떻게 지내세요?");

        String answer = answered();

        List<ConsumerRecord<String, String>> records = broker.in(Topics.TOKENS);
        assertThat(records).extracting(ConsumerRecord::key).containsOnly("questions-%d-0".formatted(partition()));
        assertThat(records)
                .extracting(ConsumerRecord::partition)
                .containsOnly(records.get(0).partition());
        List<ConsumerRecord<String, String>> tokens = records.subList(0, records.size() - 1);
        assertThat(tokens)
                .extracting(each -> Written.header(each, "clova-event"))
                .containsOnly("token");
        for (int index = 0; index < tokens.size(); index++) {
            assertThat(Written.header(tokens.get(index), "clova-index")).isEqualTo(String.valueOf(index));
        }
        assertThat(tokens.stream().map(ConsumerRecord::value).collect(Collectors.joining()))
                .isEqualTo(answer)
                .contains("어떻게 지내세요?");
    }

    @Test
    void anAnswerThatBrokeOffIsStreamedAgainAndReadOnce() throws Exception {
        service().replays(Reply.events("""
                        event:token
                        data:{"message":{"role":"assistant","content":"Once upon"}}

                        """));
        broker.ask("Tell me a story.");

        String answer = answered();

        assertThat(answer).doesNotContain("Once upon").contains("Tell me a story.");
        List<ConsumerRecord<String, String>> records = broker.in(Topics.TOKENS);
        assertThat(records)
                .extracting(each -> Written.header(each, "clova-request-id"))
                .containsOnly("questions-%d-0".formatted(partition()));
        assertThat(records)
                .extracting(each -> Written.header(each, "clova-event"))
                .startsWith("token", "error", "token")
                .endsWith("result");
        assertThat(records.stream()
                        .map(each -> Written.header(each, "clova-stream"))
                        .distinct())
                .hasSize(2);
    }

    /** Waits for the file with the answer, which is also in the topic of the answers. */
    private String answered() throws Exception {
        Path file = folder.resolve("questions-%d-0.txt".formatted(partition()));
        RunningPipeline.at(broker.address(), service().baseUrl())
                .streamingTo(folder)
                .until(() -> {
                    broker.awaitLag(0);
                    await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(file) && Files.size(file) > 0);
                });
        ConsumerRecord<String, String> answer = broker.in(Topics.ANSWERS).get(0);
        assertThat(answer.key()).isEqualTo("kim");
        assertThat(file).content(UTF_8).isEqualTo(answer.value());
        return answer.value();
    }

    private int partition() {
        return broker.in(Topics.QUESTIONS).get(0).partition();
    }

    private static ClovaStandIn service() {
        return SERVICE.get();
    }
}
