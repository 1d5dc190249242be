package io.github.camelclova.fuzzing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.camelclova.fuzzing.Targets.Input;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever bytes come, nothing but the failures that are meant for them goes out. Jazzer makes the bytes, guided by the code
 * that they reach, in a JVM of its own: for a short while of all targets, or with {@code -Dfuzzing.seconds} for so long of
 * each, or of those in {@code -Dfuzzing.targets}.
 */
class FuzzingTest {

    private static final Integer SECONDS_EACH = Integer.getInteger("fuzzing.seconds");
    /** Half a minute on one processor. */
    private static final int RUNS_TOGETHER = 8_000;

    private static final int MOST_SECONDS_TOGETHER = 120;
    private static final String OURS = "io.github.camelclova.**";

    @ParameterizedTest
    @MethodSource
    void noBytesDoWorseThanBeRefused(List<Targets> targets) throws IOException, InterruptedException {
        String names = targets.stream().map(Targets::name).collect(joining(" "));
        Path folder = Path.of("target", "fuzzing", targets.size() == 1 ? names : "together");
        Path findings = emptied(folder.resolve("findings"));
        Path log = folder.resolve("jazzer.log");

        Process jazzer = jazzer(
                        "--target_args=" + names,
                        "-runs=" + (SECONDS_EACH == null ? RUNS_TOGETHER : -1),
                        "-max_total_time=" + (SECONDS_EACH == null ? MOST_SECONDS_TOGETHER : SECONDS_EACH),
                        "-artifact_prefix=" + findings + File.separator,
                        "--reproducer_path=" + folder,
                        Files.createDirectories(folder.resolve("corpus")).toString(),
                        Seeds.write(folder.resolve("seeds"), targets).toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int exit = jazzer.waitFor();

        assumeThat(Files.readString(log, ISO_8859_1))
                .as("Jazzer has a binary for this system")
                .doesNotContain("UnsatisfiedLinkError");
        assertThat(exit)
                .as(() -> "%s, and lines for fuzzing/findings.csv:%n%s".formatted(log, lines(findings, targets)))
                .isZero();
    }

    static Stream<List<Targets>> noBytesDoWorseThanBeRefused() {
        String chosen = System.getProperty("fuzzing.targets");
        List<Targets> targets = chosen == null
                ? List.of(Targets.values())
                : Arrays.stream(chosen.split(",", -1)).map(Targets::valueOf).toList();
        return SECONDS_EACH == null ? Stream.of(targets) : targets.stream().map(List::of);
    }

    private static ProcessBuilder jazzer(String... arguments) {
        ProcessBuilder jvm = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Targets.class.getName(),
                "--instrumentation_includes=" + OURS,
                "--custom_hook_includes=" + OURS,
                "-dict=" + FuzzingTest.class.getResource("/fuzzing/words.dict").getPath(),
                "-seed=20261122",
                "-timeout=120",
                "-rss_limit_mb=0",
                "-print_final_stats=1");
        jvm.command().addAll(List.of(arguments));
        return jvm;
    }

    private static Path emptied(Path folder) throws IOException {
        for (Path file : files(Files.createDirectories(folder))) {
            Files.delete(file);
        }
        return folder;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String lines(Path findings, List<Targets> targets) {
        return files(findings).stream().map(file -> line(file, targets)).collect(joining("\n"));
    }

    private static String line(Path finding, List<Targets> targets) {
        try {
            Input input = Input.of(Files.readAllBytes(finding), targets);
            String what = finding.getFileName().toString().split("-", 2)[0];
            return "%s,%s,%s"
                    .formatted(what, input.target(), Base64.getEncoder().encodeToString(input.fed()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noSeedDoesWorseThanBeRefused(Targets target) {
        Seeds.all().forEach(target::feed);
    }

    /** Bytes that once did worse. */
    @ParameterizedTest
    @CsvFileSource(resources = "/fuzzing/findings.csv", numLinesToSkip = 1)
    void whatOnceWasFoundStaysMended(String what, Targets target, String base64) {
        target.feed(Base64.getDecoder().decode(base64));
    }
}
