package io.github.camelclova.examples.structured;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclova.examples.support.AskedService;
import io.github.camelclova.examples.support.Console;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the example as its user does, but for Maven. */
class ReadOrdersTest {

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private Console console;

    @BeforeEach
    void bringTheMails() throws IOException {
        Files.copy(example().resolve("catalogue.csv"), folder.resolve("catalogue.csv"));
        Files.createDirectory(folder.resolve("mails"));
        for (String mail : namesIn(example(), "mails")) {
            Files.copy(
                    example().resolve("mails").resolve(mail),
                    folder.resolve("mails").resolve(mail));
        }
        SERVICE.get().answers(new PlayedModel());
        console = Console.open();
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void doesWhatItsReadmeShowsWhenItIsGivenNeitherKeyNorService() throws IOException {
        int exitCode = run();

        assertThat(exitCode).isZero();
        assertThat(example().resolve("README.md"))
                .content(UTF_8)
                .contains(String.join("\n", console.all()))
                .contains("\nmvn -q -pl examples/structured -am process-classes exec:java\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"auto", "openai"})
    void mailsBecomeOrdersInEitherDialect(String dialect) throws IOException {
        assertThat(Charset.defaultCharset()).as("as the build sets it").isEqualTo(ISO_8859_1);

        int exitCode = run("--dialect", dialect);

        assertThat(exitCode).isZero();
        assertThat(namesIn(folder, "orders")).containsExactly("chairs.json", "lamps.json");
        JsonNode order = JSON.readTree(folder.resolve("orders/chairs.json").toFile());
        assertThat(order.path("customer").asText()).isEqualTo("한빛디자인");
        assertThat(order.at("/lines/1").toString())
                .isEqualTo("{\"article\":\"K-3002\",\"name\":\"의자 쿠션\",\"pieces\":6,\"price\":15.2}");
        assertThat(namesIn(folder, "review")).containsExactly("rope.txt");
        assertThat(folder.resolve("review/rope.txt")).hasSameTextualContentAs(folder.resolve("mails/rope.txt"));
    }

    @Test
    void clovaStudioIsAskedForToolsAndForASchemaInSeparateCalls() throws IOException {
        keepOnly("lamps.txt");

        run("--base-url", SERVICE.get().baseUrl());

        List<ReceivedRequest> calls = SERVICE.get().requests();
        assertThat(calls)
                .extracting(ReceivedRequest::path)
                .containsExactly(
                        "/v3/chat-completions/HCX-005", "/v3/chat-completions/HCX-005", "/v3/chat-completions/HCX-007");
        assertThat(calls.get(1).json().path("toolChoice").asText()).isEqualTo("none");
        assertThat(calls.get(1).json().path("messages"))
                .filteredOn(message -> message.path("role").asText().equals("tool"))
                .extracting(message -> message.path("content").asText())
                .containsExactly("A-1042", "B-0077");
        JsonNode last = calls.get(2).json();
        assertThat(last.has("tools")).isFalse();
        assertThat(last.at("/responseFormat/schema/required").toString()).isEqualTo("[\"customer\",\"lines\"]");
        assertThat(last.at("/thinking/effort").asText()).isEqualTo("none");
    }

    @Test
    void anotherServiceIsAskedForItsOwnModelOnly() throws IOException {
        keepOnly("lamps.txt");

        run("--base-url", SERVICE.get().openAiBaseUrl(), "--dialect", "openai", "--model", "a-model");

        assertThat(SERVICE.get().requests())
                .extracting(request -> request.json().path("model").asText())
                .containsExactly("a-model", "a-model", "a-model");
    }

    @Test
    void anAnswerThatDoesNotFitIsAskedForOnceMoreAndThenLeftToAPerson() throws IOException {
        keepOnly("lamps.txt");
        PlayedModel model = new PlayedModel();
        SERVICE.get()
                .answers(
                        request -> request.json().has("tools")
                                ? model.apply(request)
                                : Reply.json(
                                        "{\"status\":{\"code\":\"20000\"},\"result\":{\"message\":{\"content\":\"{\\\"lines\\\":[]}\"}}}"));

        int exitCode = run("--base-url", SERVICE.get().baseUrl());

        assertThat(exitCode).isZero();
        assertThat(SERVICE.get().requests()).hasSize(4);
        assertThat(namesIn(folder, "review")).containsExactly("lamps.txt");
        assertThat(console.last()).startsWith("lamps.txt -> review/  the answer does not fit: ");
    }

    @Test
    void aServiceThatFailsIsToldAndFailsTheCommand() throws IOException {
        keepOnly("lamps.txt");
        SERVICE.get().replaysAlways(Reply.json(401, "{\"status\":{\"code\":\"40104\"}}"));

        int exitCode = run("--base-url", SERVICE.get().baseUrl());

        assertThat(exitCode).isEqualTo(1);
        assertThat(console.last()).startsWith("lamps.txt FAILED: the service does not accept the key");
    }

    private void keepOnly(String kept) throws IOException {
        for (String mail : namesIn(folder, "mails")) {
            if (!mail.equals(kept)) {
                Files.delete(folder.resolve("mails").resolve(mail));
            }
        }
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--folder", folder.toString()));
        all.addAll(List.of(arguments));
        return AskedService.commandLine(new ReadOrders()).execute(all.toArray(String[]::new));
    }

    private static List<String> namesIn(Path folder, String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Path example() {
        return Path.of(System.getProperty("example.home"));
    }
}
