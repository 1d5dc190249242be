package io.github.camelclova.examples.kamelet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.examples.support.AskedService;
import io.github.camelclova.examples.support.Console;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Runs the example as its user does, but for Maven. */
class AnswerQuestionsTest {

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private Console console;

    @BeforeEach
    void open() {
        console = Console.open();
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void tellsWhatItsReadmeShows() {
        int exitCode = run();

        assertThat(exitCode).isZero();
        assertThat(console.all()).hasSizeGreaterThan(3);
        assertThat(readme()).content(UTF_8).contains("```\n" + String.join("\n", console.all()) + "\n```");
    }

    @Test
    void translatesWhatWasAnsweredAndNotWhatWasWithheld() {
        ClovaStandIn service = SERVICE.get();

        int exitCode = run("--base-url", service.baseUrl(), "one", "two #insult:0");

        assertThat(exitCode).isZero();
        assertThat(service.requests())
                .extracting(request -> request.json().at("/messages/0/content").asText())
                .containsExactly(
                        "Answer in one sentence.",
                        "Translate what the user says into Korean.",
                        "Answer in one sentence.");
        assertThat(console.last()).isEqualTo("two #insult:0\n  -> A colleague will write to you.");
    }

    @Test
    void doesNotStartWithAServiceThatHasNoFilter() {
        ClovaStandIn service = SERVICE.get();

        int exitCode = run("--base-url", service.openAiBaseUrl(), "--dialect", "openai", "--model", "a-model", "hello");

        assertThat(exitCode).isEqualTo(1);
        assertThat(console.last()).startsWith("Cannot start: ").contains("has no AI filter");
        assertThat(service.requests()).isEmpty();
    }

    @Test
    void saysWhatFailedAndEndsWithAnExitCode() {
        int exitCode = run("--base-url", SERVICE.get().baseUrl(), "hello #status:400", "hello");

        assertThat(exitCode).isEqualTo(1);
        assertThat(console.last()).startsWith("FAILED: ").contains("HTTP 400");
    }

    @Test
    void isStartedByTheCommandThatItsReadmePrints() {
        assertThat(readme()).content(UTF_8).contains("\nmvn -q -pl examples/kamelet -am process-classes exec:java\n");
    }

    private static int run(String... arguments) {
        return AskedService.commandLine(new AnswerQuestions()).execute(arguments);
    }

    private static Path readme() {
        return Path.of(System.getProperty("example.home"), "README.md");
    }
}
