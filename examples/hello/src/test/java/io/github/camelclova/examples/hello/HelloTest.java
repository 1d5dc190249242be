package io.github.camelclova.examples.hello;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.ClovaComponent;
import io.github.camelclova.examples.support.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the commands of the README and of the first page, but for Maven. */
class HelloTest {

    private static final Path EXAMPLE = Path.of(System.getProperty("example.home"));

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml", "xml"})
    void everyLanguageDoesWhatThePagesShow(String language) throws IOException {
        try (Console console = Console.open()) {
            int exitCode = Hello.commandLine().execute(language);

            assertThat(exitCode).isZero();
            assertThat(console.all())
                    .isEqualTo(shownIn(EXAMPLE.resolve("README.md")))
                    .isEqualTo(shownIn(EXAMPLE.resolve("../../README.md")));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "yaml", "xml"})
    void thePagesTellTheCommandForEach(String language) throws IOException {
        String command = "mvn -q -pl examples/hello -am process-classes exec:java -Dexec.args=" + language;

        assertThat(Files.readString(EXAMPLE.resolve("README.md"), UTF_8)).contains(command);
        assertThat(Files.readString(EXAMPLE.resolve("../../README.md"), UTF_8)).contains(command);
    }

    @Test
    void camelMainReadsAKeyFromWhateverVariableItIsTold() {
        Main main = new Main();
        main.addInitialProperty("camel.component.clova.api-key", "{{env:PATH}}");
        main.start();
        try {
            assertThat(main.getCamelContext()
                            .getComponent("clova", ClovaComponent.class)
                            .getConfiguration()
                            .getApiKey())
                    .isEqualTo(System.getenv("PATH"));
        } finally {
            main.stop();
        }
    }

    private static List<String> shownIn(Path page) throws IOException {
        return Files.readString(page, UTF_8)
                .lines()
                .dropWhile(line -> !line.startsWith("No CLOVASTUDIO_API_KEY"))
                .takeWhile(line -> !line.startsWith("```"))
                .toList();
    }
}
