package io.github.camelclova.examples.moderatedchat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The command line, and what the README says of it. */
class ModeratedChatTest {

    @Test
    void endsByItselfWhenItIsToldTo() {
        assertThat(ModeratedChat.commandLine().execute("--port", "0", "--for", "1"))
                .isZero();
    }

    @Test
    void failsWhenItCannotStart() {
        assertThat(ModeratedChat.commandLine().execute("--port", "0", "--model", "unheard-of"))
                .isEqualTo(1);
    }

    @Test
    void isStartedByTheCommandThatItsReadmePrints() {
        assertThat(Path.of("README.md"))
                .content(UTF_8)
                .contains("\nmvn -q -pl examples/moderated-chat -am process-classes exec:java\n");
    }
}
