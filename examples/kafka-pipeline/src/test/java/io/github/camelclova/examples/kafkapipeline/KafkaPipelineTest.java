package io.github.camelclova.examples.kafkapipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.examples.support.AskedService;
import io.github.camelclova.examples.support.Console;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs the example as its user does, but for Maven. */
class KafkaPipelineTest {

    private static final String NUMBER = "[0-9.]+";

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    @RegisterExtension
    final BrokerExtension broker = new BrokerExtension();

    @TempDir
    private Path folder;

    @Test
    void everyQuestionIsAnsweredOrReviewedOrPutAside() throws Exception {
        int exitCode =
                run("--brokers", broker.address(), "--base-url", service().baseUrl());

        assertThat(exitCode).isZero();
        List<ConsumerRecord<String, String>> questions = broker.in(Topics.QUESTIONS);
        List<ConsumerRecord<String, String>> review = broker.in(Topics.REVIEW);
        assertThat(Stream.of(Topics.ANSWERS, Topics.REVIEW, Topics.DEAD_LETTERS)
                        .flatMap(topic -> Written.requestIds(broker.in(topic)).stream()))
                .containsExactlyInAnyOrderElementsOf(Written.expectedIds(questions));
        assertThat(review)
                .extracting(each -> Written.header(each, "clova-verdict"))
                .containsExactlyInAnyOrder("unsafe", "unsafe", "unjudged");
        assertThat(review)
                .extracting(each -> Written.header(each, "clova-reasons"))
                .containsExactlyInAnyOrder("insult", "insult", "unjudged");
        assertThat(broker.in(Topics.DEAD_LETTERS)).singleElement().satisfies(dead -> assertThat(dead.value())
                .startsWith("#status:400"));
    }

    @Test
    void anAnswerHasTheKeyOfItsQuestion() {
        run("--brokers", broker.address(), "--base-url", service().baseUrl());

        Map<String, String> customers = broker.in(Topics.QUESTIONS).stream()
                .collect(Collectors.toMap(
                        each -> "questions-%d-%d".formatted(each.partition(), each.offset()), ConsumerRecord::key));
        assertThat(broker.in(Topics.ANSWERS)).allSatisfy(answer -> assertThat(answer.key())
                .isEqualTo(customers.get(Written.header(answer, "clova-request-id"))));
    }

    @Test
    void asksAnOpenAiCompatibleService() {
        int exitCode = run(
                "--brokers",
                broker.address(),
                "--base-url",
                service().openAiBaseUrl(),
                "--dialect",
                "openai",
                "--model",
                "a-model");

        assertThat(exitCode).isZero();
        assertThat(broker.in(Topics.REVIEW)).isNotEmpty().allSatisfy(flagged -> assertThat(
                        Written.header(flagged, "clova-stop-reason"))
                .isEqualTo("content_filter"));
    }

    @Test
    void tellsWhatItsReadmeShows() throws Exception {
        try (Console console = Console.open()) {
            assertThat(run()).isZero();

            List<String> shown = Files.readString(example().resolve("README.md"), UTF_8)
                    .lines()
                    .dropWhile(line -> !line.startsWith("No CLOVASTUDIO_API_KEY"))
                    .takeWhile(line -> !line.startsWith("```"))
                    .toList();
            List<String> told = console.all();
            assertThat(told).startsWith("No --brokers: starting a broker that ends with the example.");
            assertThat(told.subList(1, 4)).isEqualTo(shown.subList(0, 3));
            assertThat(told.get(told.size() - 2).replaceFirst(NUMBER + " +" + NUMBER, ""))
                    .isEqualTo(shown.get(shown.size() - 2).replaceFirst(NUMBER + " +" + NUMBER, ""));
            assertThat(console.last()).isEqualTo(shown.get(shown.size() - 1));
        }
    }

    @Test
    void aNodeAnswersUntilItIsAskedToEnd() throws Exception {
        Path output = folder.resolve("node.log");
        try (JavaProcess node = JavaProcess.start(
                output,
                KafkaPipeline.class,
                "--node",
                "--brokers",
                broker.address(),
                "--base-url",
                service().baseUrl())) {
            broker.ask("first", "last");
            broker.awaitLag(0);

            assertThat(node.stop(60)).isTrue();
        }

        assertThat(output).content().contains("Stopping: what was begun is finished first, or given back.");
        assertThat(broker.in(Topics.ANSWERS)).hasSize(2);
    }

    @Test
    void isStartedByTheCommandsThatItsReadmePrints() {
        assertThat(example().resolve("README.md"))
                .content(UTF_8)
                .contains("\nmvn -q -pl examples/kafka-pipeline -am process-classes exec:java\n")
                .contains("-Dexec.mainClass=" + KillRun.class.getName());
    }

    private static int run(String... arguments) {
        return AskedService.commandLine(new KafkaPipeline()).execute(arguments);
    }

    private static ClovaStandIn service() {
        return SERVICE.get();
    }

    private static Path example() {
        return Path.of(System.getProperty("example.home"));
    }
}
