package io.github.camelclova.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pages of {@code docs/reference} say what the code does, because they are made from it. With {@code -Dupdate.docs=true}
 * they are written; else they must be as committed.
 */
class ReferenceTest {

    private static final Path REFERENCE =
            Path.of(System.getProperty("basedir")).resolve("../docs/reference").normalize();

    private static final Map<String, Supplier<Markdown>> PAGES = Map.of(
            "options", OptionsPage::page,
            "headers", HeadersPage::page,
            "dialects", DialectsPage::page,
            "exceptions", ExceptionsPage::page);

    @ParameterizedTest
    @ValueSource(strings = {"options", "headers", "dialects", "exceptions"})
    void thePageIsWhatTheCodeMakesOfIt(String name) throws IOException {
        Path file = REFERENCE.resolve(name + ".md");
        String page = PAGES.get(name).get().toString();
        if (Boolean.getBoolean("update.docs")) {
            Files.createDirectories(REFERENCE);
            Files.writeString(file, page, UTF_8);
        }

        assertThat(file)
                .as("run this test with -Dupdate.docs=true and commit what it writes")
                .content(UTF_8)
                .isEqualTo(page);
    }

    @Test
    void everyPageIsMade() throws IOException {
        try (Stream<Path> files = Files.list(REFERENCE)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            PAGES.keySet().stream().map(page -> page + ".md").toList());
        }
    }
}
