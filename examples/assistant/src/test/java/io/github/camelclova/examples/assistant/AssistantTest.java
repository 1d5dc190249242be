package io.github.camelclova.examples.assistant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.examples.support.AskedService;
import io.github.camelclova.examples.support.Console;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the example as its user does, but for Maven. */
class AssistantTest {

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private Console console;
    private Console pieces;

    @BeforeEach
    void open() {
        SERVICE.get().answers(new PlayedModel());
        console = Console.open();
        pieces = Console.ofPieces();
    }

    @AfterEach
    void close() {
        console.close();
        pieces.close();
    }

    @Test
    void tellsWhatItsReadmeShowsWhenItIsGivenNeitherKeyNorService() throws IOException {
        int exitCode = run();

        assertThat(exitCode).isZero();
        String readme = Files.readString(
                Path.of(System.getProperty("example.home", ".")).resolve("README.md"), UTF_8);
        assertThat(readme).contains("\nmvn -q -pl examples/assistant -am process-classes exec:java\n");
        assertThat(console.all()).filteredOn(line -> !line.isEmpty()).allMatch(readme::contains);
        assertThat(readme.replace("\n", "")).contains("Your order A-17 is in Daejeon.");
        assertThat(String.join("", pieces.all()))
                .isEqualTo("Your order A-17 is in Daejeon.It arrives on Thursday."
                        + "I am sorry, Z-99: there is no such order.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "openai"})
    void anAnswerRestsOnWhatARouteFoundAndOnWhatWasSaidBefore(String dialect) {
        boolean isNative = dialect.equals("auto");
        String url = isNative ? SERVICE.get().baseUrl() : SERVICE.get().openAiBaseUrl();

        int exitCode = run("--dialect", dialect, "--base-url", url, "Where is my order B-4?", "When does it come?");

        assertThat(exitCode).isZero();
        assertThat(String.join("", pieces.all())).isEqualTo("Your order B-4 is in Busan.It arrives on Friday.");
        assertThat(SERVICE.get().requests()).hasSize(4);
        assertThat(roles(3))
                .as("the second question and its tool, behind the first question and its tool")
                .containsExactly("system", "user", "assistant", "tool", "assistant", "user", "assistant", "tool");
    }

    @Test
    void sentencesMayComeFromTheConsole() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream("Where is B-4?\nWhen?\n\nnot this\n".getBytes(UTF_8)));
        try {
            assertThat(run("--talk")).isZero();
        } finally {
            System.setIn(before);
        }

        assertThat(console.all()).contains("Say something; an empty line ends this.");
        assertThat(String.join("", pieces.all())).isEqualTo("Your order B-4 is in Busan.It arrives on Friday.");
    }

    @Test
    void aServiceThatFailsIsToldAndFailsTheCommand() {
        SERVICE.get().answers(request -> Reply.json(401, "{\"status\":{\"code\":\"40104\"}}"));

        int exitCode = run("--base-url", SERVICE.get().baseUrl());

        assertThat(exitCode).isEqualTo(1);
        assertThat(console.last()).startsWith("FAILED: the service does not accept the key");
    }

    private static int run(String... args) {
        return AskedService.commandLine(new Assistant()).execute(args);
    }

    private static List<String> roles(int index) {
        ReceivedRequest request = SERVICE.get().requests().get(index);
        JsonNode messages = request.json().path("messages");
        return StreamSupport.stream(messages.spliterator(), false)
                .map(message -> message.path("role").asText())
                .toList();
    }
}
