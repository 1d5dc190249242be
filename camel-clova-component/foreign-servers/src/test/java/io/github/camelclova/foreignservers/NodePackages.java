package io.github.camelclova.foreignservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The servers' packages, installed by npm in the versions of {@code src/test/servers/package-lock.json}. */
final class NodePackages {

    private static final Path MODULE = Path.of(System.getProperty("basedir"));

    private static final String WITHOUT_NPM =
            "SKIPPED: there is no npm on this machine, so no foreign server can be asked. Install Node.js with npm.";

    private NodePackages() {}

    /** Installs them below {@code target}; skips the tests when npm is missing. */
    static Path install() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(MODULE.resolve("target/servers"));
        try (Stream<Path> files = Files.list(MODULE.resolve("src/test/servers"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Process npm;
        try {
            npm = new ProcessBuilder(List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("npm.log").toFile())
                    .start();
        } catch (IOException missing) {
            // Maven shows no reason of a skipped test, so it is told on the console, too.
            System.err.println(WITHOUT_NPM);
            return abort(WITHOUT_NPM);
        }
        assertThat(npm.waitFor(5, TimeUnit.MINUTES)).as("npm is done").isTrue();
        assertThat(npm.exitValue())
                .as("npm ci, see " + folder.resolve("npm.log"))
                .isZero();
        return folder;
    }
}
