package io.github.camelclova.examples.enrichment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.examples.support.AskedService;
import io.github.camelclova.examples.support.Console;
import io.github.camelclova.testing.ClovaStandInExtension;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs the example as its user does, but for Maven. */
class EnrichReviewsTest {

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    @TempDir
    private Path folder;

    private Console console;

    @BeforeEach
    void bringTheReviews() throws IOException {
        Files.copy(example().resolve("reviews.csv"), folder.resolve("reviews.csv"));
        console = Console.open();
    }

    @AfterEach
    void close() {
        console.close();
    }

    @Test
    void everyRecordIsInOneOfTheResultsAndTheReadmeShowsHowMany() throws IOException {
        int exitCode = run();

        assertThat(exitCode).isZero();
        List<String> out = new ArrayList<>(ids("enriched"));
        assertThat(out).hasSize(26);
        assertThat(ids("review")).containsExactly("R010", "R020", "R029");
        out.addAll(ids("review"));
        assertThat(records("errors")).singleElement().satisfies(record -> {
            assertThat(record.get("record")).isEqualTo("24");
            assertThat(record.get("reason")).isEqualTo("5 fields where 3 belong");
            assertThat(lines("reviews.csv").get(24)).isEqualTo(record.get("line"));
        });
        out.add("R024");
        assertThat(out)
                .containsExactlyInAnyOrderElementsOf(lines("reviews.csv").stream()
                        .skip(1)
                        .map(line -> line.substring(0, 4))
                        .toList());
        assertThat(example().resolve("README.md"))
                .content(UTF_8)
                .contains(String.join("\n", console.all()))
                .contains("\nmvn -q -pl examples/enrichment -am process-classes exec:java\n");
    }

    @Test
    void aRecordComesOutAsItWentInWithSentimentAndReplyBehindIt() throws IOException {
        assertThat(Charset.defaultCharset()).as("as the build sets it").isEqualTo(ISO_8859_1);

        run();

        String asItWentIn = "R001,A300,\"조용하고 공기도 금방 맑아집니다. 아이 방에 두었는데 만족해요.\"";
        assertThat(lines("reviews.csv")).contains(asItWentIn);
        assertThat(lines("results/enriched.csv")).anyMatch(line -> line.startsWith(asItWentIn + ",positive,"));
        assertThat(records("enriched")).allSatisfy(record -> {
            assertThat(record.get("sentiment")).isIn("positive", "negative", "neutral");
            assertThat(record.get("reply")).startsWith("[stand-in] Thank you");
        });
        assertThat(records("enriched"))
                .filteredOn(record -> record.get("product").equals("A300"))
                .allSatisfy(record -> assertThat(record.get("reply")).contains("A300 air purifier"));
        assertThat(lines("results/enriched.csv")).anyMatch(line -> line.startsWith("R030,A300,\"😀 좋아요 👍"));
    }

    @Test
    void anUnknownProductIsAnsweredWithoutFacts() throws IOException {
        run();

        assertThat(records("enriched"))
                .filteredOn(record -> record.get("id").equals("R015"))
                .singleElement()
                .satisfies(record -> assertThat(record.get("reply")).endsWith("Nothing is known of this product."));
    }

    @Test
    void aFlaggedDraftSaysWhyItIsToBeReviewed() throws IOException {
        run();

        assertThat(records("review"))
                .extracting(record -> record.get("reason"))
                .containsExactly("insult", "insult", "insult");
    }

    @Test
    void whateverIsWrongWithARecordItIsToldAndTheOthersGoOn() throws IOException {
        write(
                "a,A300,fine",
                "b,A300,refused #status:400",
                "c,../secrets,where does this lead",
                "d,A300,\"never closed",
                "e,A300",
                "f,A300,\"says \"\"yes\"\", and \\ ${body} {{question}} 끝\"",
                "g,A300,\"=1+1\"");

        int exitCode = run();

        assertThat(exitCode).isZero();
        assertThat(ids("enriched")).containsExactly("a", "f", "g");
        assertThat(records("enriched").get(1).get("review")).isEqualTo("says \"yes\", and \\ ${body} {{question}} 끝");
        assertThat(records("errors")).extracting(record -> record.get("record")).containsExactly("2", "3", "4", "5");
        assertThat(records("errors"))
                .extracting(record -> record.get("reason"))
                .satisfiesExactly(
                        refused -> assertThat(refused).contains("HTTP 400"),
                        path -> assertThat(path).isEqualTo("not the number of a product"),
                        quote -> assertThat(quote).contains("EOF reached before encapsulated token finished"),
                        few -> assertThat(few).isEqualTo("2 fields where 3 belong"));
        assertThat(console.last()).isEqualTo("7 records in: 3 enriched, 0 to review, 4 in error; see results/.");
    }

    @Test
    void anAnswerInAnotherFormIsReviewedAndNotTakenForASentiment() throws IOException {
        write("a,A300,fine");

        run("--base-url", SERVICE.get().baseUrl());

        assertThat(records("review")).singleElement().satisfies(record -> {
            assertThat(record.get("sentiment")).isEqualTo("unclear");
            assertThat(record.get("reply")).startsWith("This is the stand-in service");
            assertThat(record.get("reason")).isEqualTo("no sentiment in the answer");
        });
    }

    @Test
    void anOpenAiCompatibleServiceIsAskedWithoutAFilter() throws IOException {
        write("a,A300,fine", "b,A300,바보");

        run("--dialect", "openai", "--model", "a-model");

        assertThat(ids("enriched")).containsExactly("a");
        assertThat(records("review"))
                .singleElement()
                .extracting(record -> record.get("reason"))
                .isEqualTo("content_filter");
    }

    @Test
    void aFileThatIsNotThereFailsTheCommand() throws IOException {
        Files.delete(folder.resolve("reviews.csv"));

        assertThat(run()).isEqualTo(1);
        assertThat(console.last()).startsWith("FAILED: ").contains("reviews.csv");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--folder", folder.toString()));
        all.addAll(List.of(arguments));
        return AskedService.commandLine(new EnrichReviews()).execute(all.toArray(String[]::new));
    }

    private void write(String... lines) throws IOException {
        Files.writeString(
                folder.resolve("reviews.csv"), "id,product,review\r\n" + String.join("\r\n", lines) + "\r\n", UTF_8);
    }

    private List<String> lines(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file), UTF_8);
    }

    private List<String> ids(String result) throws IOException {
        return records(result).stream().map(record -> record.get("id")).toList();
    }

    private List<CSVRecord> records(String result) throws IOException {
        CSVFormat format = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get();
        return format.parse(Files.newBufferedReader(folder.resolve("results/" + result + ".csv"), UTF_8))
                .getRecords();
    }

    private static Path example() {
        return Path.of(System.getProperty("example.home"));
    }
}
