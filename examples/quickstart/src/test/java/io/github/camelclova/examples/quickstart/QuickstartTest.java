package io.github.camelclova.examples.quickstart;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.examples.support.AskedService;
import io.github.camelclova.examples.support.Console;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** Runs the example as its user does, but for Maven: from the command line's arguments to the files it leaves. */
class QuickstartTest {

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    @TempDir
    private Path temporary;

    private Console console;
    private Path folder;

    @BeforeEach
    void bringTheQuestions() throws IOException {
        // A blank is ordinary in a path, too.
        folder = temporary.resolve("my documents");
        Path questions = Files.createDirectories(folder.resolve("questions"));
        for (Path question : filesIn(example().resolve("questions"))) {
            Files.copy(question, questions.resolve(question.getFileName()));
        }
        console = Console.open();
    }

    @AfterEach
    void closeTheConsole() {
        console.close();
    }

    @Test
    void doesWhatItsReadmeShowsWhenItIsGivenNeitherKeyNorService() throws IOException {
        int exitCode = run();

        assertThat(exitCode).isZero();
        assertThat(namesIn("answers")).containsExactly("complaint.txt", "product.txt");
        assertThat(namesIn("review")).containsExactly("rude.txt");
        assertThat(namesIn("questions")).containsExactly("complaint.txt", "product.txt", "rude.txt");

        List<String> shown = Files.readString(example().resolve("README.md"), UTF_8)
                .lines()
                .dropWhile(line -> !line.startsWith("No CLOVASTUDIO_API_KEY"))
                .takeWhile(line -> !line.startsWith("```"))
                .toList();
        assertThat(console.first()).isEqualTo(shown.get(0));
        assertThat(console.all()).containsExactlyInAnyOrderElementsOf(shown);
        assertThat(console.last()).isEqualTo(shown.get(shown.size() - 1));
    }

    @Test
    void readsAndWritesKoreanOnAPlatformThatThinksInLatin() throws IOException {
        assertThat(Charset.defaultCharset()).as("as the build sets it").isEqualTo(ISO_8859_1);

        run("--base-url", SERVICE.get().baseUrl());

        assertThat(SERVICE.get().requests())
                .anySatisfy(request -> assertThat(request.body()).contains("지난주 화요일에 주문한 공기청정기가 아직도 도착하지 않았습니다."));
        assertThat(Files.readString(folder.resolve("answers/complaint.txt"), UTF_8))
                .contains("지난주 화요일에 주문한 공기청정기가 아직도 도착하지 않았습니다.");
    }

    @Test
    void asksAnOpenAiCompatibleServiceThatHasNoVerdicts() {
        ClovaStandIn service = SERVICE.get();

        int exitCode = run("--base-url", service.openAiBaseUrl(), "--dialect", "openai", "--model", "a-model");

        assertThat(exitCode).isZero();
        assertThat(console.first()).isEqualTo("Asking %s, model a-model.".formatted(service.openAiBaseUrl()));
        assertThat(service.requests()).hasSize(3).allSatisfy(request -> {
            assertThat(request.path()).isEqualTo("/v1/chat/completions");
            assertThat(request.json().path("model").asText()).isEqualTo("a-model");
        });
        assertThat(namesIn("answers")).containsExactly("complaint.txt", "product.txt");
        assertThat(namesIn("review")).containsExactly("rude.txt");
        assertThat(linesAboutFiles())
                .anyMatch(line -> line.startsWith("product.txt -> answers/  verdict none,"))
                .anyMatch(line -> line.startsWith("rude.txt -> review/  verdict none,")
                        && line.endsWith("stop reason content_filter"));
    }

    @Test
    void tellsWhichCallFailedForGoodAndAnswersTheRest() throws IOException {
        Files.writeString(folder.resolve("questions/product.txt"), "How loud is it at night? #status:503", UTF_8);

        int exitCode = run("--base-url", SERVICE.get().baseUrl());

        assertThat(exitCode).isEqualTo(1);
        assertThat(namesIn("answers")).containsExactly("complaint.txt");
        assertThat(namesIn("review")).containsExactly("rude.txt");
        assertThat(linesAboutFiles()).anySatisfy(line -> assertThat(line)
                .startsWith("product.txt FAILED: the service failed: ")
                .endsWith(", HTTP 503, code 50300)"));
        assertThat(SERVICE.get().requests())
                .filteredOn(request -> request.body().contains("How loud"))
                .hasSize(3);
    }

    @Test
    void answersWhatIsDroppedInWhileItWatches() throws Exception {
        Thread user = new Thread(() -> run("--watch"));
        user.start();
        try {
            await().untilAsserted(() -> assertThat(linesAboutFiles()).hasSize(3));

            Files.writeString(folder.resolve("questions/later.txt"), "And in the kitchen?", UTF_8);

            await().untilAsserted(() ->
                    assertThat(linesAboutFiles()).anyMatch(line -> line.startsWith("later.txt -> answers/")));
        } finally {
            user.interrupt();
            user.join();
        }
    }

    @Test
    void saysInOneLineWhyItCannotStart() {
        int exitCode = run("--model", "unheard-of");

        assertThat(exitCode).isEqualTo(1);
        assertThat(console.last())
                .isEqualTo("Cannot start: Option dialect: auto needs an HCX model to choose by; "
                        + "say one of clova-v1, clova-v2, clova-v3, openai");
    }

    @Test
    void isStartedByTheCommandThatItsReadmePrints() {
        String command = "mvn -q -pl examples/quickstart -am process-classes exec:java";

        assertThat(example().resolve("README.md")).content(UTF_8).contains("\n" + command + "\n");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--folder", folder.toString()));
        all.addAll(List.of(arguments));
        return AskedService.commandLine(new Quickstart()).execute(all.toArray(String[]::new));
    }

    private List<String> linesAboutFiles() {
        return console.all().stream().filter(line -> line.contains(".txt ")).toList();
    }

    private List<String> namesIn(String subfolder) {
        return filesIn(folder.resolve(subfolder)).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    private static List<Path> filesIn(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path example() {
        return Path.of(System.getProperty("example.home"));
    }
}
