package io.github.camelclova.examples.stream;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.examples.support.AskedService;
import io.github.camelclova.examples.support.Console;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.Reply;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs the example as its user does, but for Maven. */
class StreamAnswerTest {

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    @TempDir
    private Path folder;

    private Console console;
    private Console pieces;

    @BeforeEach
    void open() {
        console = Console.open();
        pieces = Console.ofPieces();
    }

    @AfterEach
    void close() {
        console.close();
        pieces.close();
    }

    @Test
    void showsEachTokenWhenItComesCountsThemAndKeepsTheWholeAnswer() throws IOException {
        int exitCode = run();

        assertThat(exitCode).isZero();
        assertThat(pieces.all()).startsWith("여기", "는 ", "언어 ", "모델").hasSizeGreaterThan(20);
        assertThat(answer()).isEqualTo(String.join("", pieces.all())).contains("가을에 걷기 좋은 길을 하나 알려 주세요.");
        assertThat(count(console.all().get(2))).isEqualTo(pieces.all().size());
    }

    @Test
    void theFirstTokenIsShownLongBeforeTheLast() {
        run();

        List<Console.Line> shown = pieces.timed();
        long betweenFirstAndLast =
                shown.get(shown.size() - 1).atMillis() - shown.get(0).atMillis();
        assertThat(betweenFirstAndLast).isGreaterThan(shown.size() * 40L);
        List<Long> told = numbers(console.all().get(2));
        assertThat(told.get(2) - told.get(1)).as("from the first to the last").isGreaterThan(shown.size() * 40L);
    }

    @Test
    void tellsWhatItsReadmeShows() throws IOException {
        run();

        List<String> shown = Files.readString(example().resolve("README.md"), UTF_8)
                .lines()
                .dropWhile(line -> !line.startsWith("No CLOVASTUDIO_API_KEY"))
                .takeWhile(line -> !line.startsWith("```"))
                .toList();
        List<String> told = new ArrayList<>(console.all());
        told.set(1, String.join("", pieces.all()) + told.get(1));
        assertThat(told.stream().map(StreamAnswerTest::withoutTimes))
                .containsExactlyElementsOf(
                        shown.stream().map(StreamAnswerTest::withoutTimes).toList());
    }

    @Test
    void showsWholeSentencesWhereThatIsTheUnit() throws IOException {
        run("--base-url", SERVICE.get().baseUrl(), "--token-unit", "sentence", "How", "far", "is", "the", "moon?");

        assertThat(pieces.all()).first().asString().isEqualTo("This is the stand-in service, not a language model. ");
        assertThat(pieces.all()).hasSize(3);
        assertThat(answer()).isEqualTo(String.join("", pieces.all())).contains("How far is the moon?");
    }

    @Test
    void sendsAndWritesKoreanOnAPlatformThatThinksInLatin() throws IOException {
        assertThat(Charset.defaultCharset()).as("as the build sets it").isEqualTo(ISO_8859_1);

        run("--base-url", SERVICE.get().baseUrl());

        assertThat(SERVICE.get().requests().get(0).body()).contains("가을에 걷기 좋은 길을 하나 알려 주세요.");
        assertThat(answer()).contains("가을에 걷기 좋은 길을 하나 알려 주세요.");
    }

    @Test
    void asksAnOpenAiCompatibleService() throws IOException {
        ClovaStandIn service = SERVICE.get();

        int exitCode = run("--base-url", service.openAiBaseUrl(), "--dialect", "openai", "--model", "a-model");

        assertThat(exitCode).isZero();
        assertThat(service.requests()).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/v1/chat/completions");
            assertThat(request.json().path("stream").asBoolean()).isTrue();
        });
        assertThat(answer()).isEqualTo(String.join("", pieces.all())).isNotEmpty();
    }

    @Test
    void keepsNoHalfAnswer() {
        SERVICE.get().replays(Reply.events("""
                        event:token
                        data:{"message":{"role":"assistant","content":"Once upon"}}

                        """));

        int exitCode = run("--base-url", SERVICE.get().baseUrl());

        assertThat(exitCode).isEqualTo(1);
        assertThat(pieces.all()).containsExactly("Once upon");
        assertThat(console.all().get(2)).startsWith("Tokens: 1, ");
        assertThat(console.last()).startsWith("FAILED: ");
        assertThat(folder.resolve("answer.txt")).doesNotExist();
    }

    @Test
    void isStartedByTheCommandThatItsReadmePrints() {
        assertThat(example().resolve("README.md"))
                .content(UTF_8)
                .contains("\nmvn -q -pl examples/stream -am process-classes exec:java\n");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--folder", folder.toString()));
        all.addAll(List.of(arguments));
        return AskedService.commandLine(new StreamAnswer()).execute(all.toArray(String[]::new));
    }

    private String answer() throws IOException {
        return Files.readString(folder.resolve("answer.txt"), UTF_8);
    }

    private static int count(String line) {
        return numbers(line).get(0).intValue();
    }

    private static List<Long> numbers(String line) {
        return List.of(line.replaceAll("\\D+", " ").strip().split(" ")).stream()
                .map(Long::valueOf)
                .toList();
    }

    private static String withoutTimes(String line) {
        return line.replaceAll("\\d+ ms", "some ms");
    }

    private static Path example() {
        return Path.of(System.getProperty("example.home"));
    }
}
