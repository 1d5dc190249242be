package io.github.camelclova;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** The key out of the environment, in a JVM that has one: it is sent, without the line end of its file, and not shown. */
class EnvironmentKeyTest {

    private static final String MARKER = "mArKeR";
    private static final String KEY = "nv-" + MARKER + "+/=%41&#" + MARKER;

    @Test
    void aKeyOfTheEnvironmentIsSentAndNotShown() throws IOException, InterruptedException {
        ProcessBuilder jvm = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                EnvironmentKeyTest.class.getName());
        jvm.environment().put("CLOVASTUDIO_API_KEY", KEY + "\n");
        Process running = jvm.redirectErrorStream(true).start();

        String output = new String(running.getInputStream().readAllBytes(), UTF_8);

        assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output).contains("sent and not shown").doesNotContain(MARKER);
        assertThat(running.exitValue()).isZero();
    }

    /** Asks from within such a JVM. */
    public static void main(String[] args) {
        try (ClovaStandIn service = ClovaStandIn.start();
                CapturedLog log = new CapturedLog();
                AskRoute route = AskRoute.to(service.baseUrl())) {
            service.replays(Answers.good(), Reply.json(401, "{}"));
            route.answer();
            Exchange refused = route.ask();
            assertThat(service.requests()).allSatisfy(request -> assertThat(
                            request.header("Authorization").equals(Optional.of("Bearer " + KEY)))
                    .isTrue());
            for (Throwable each = refused.getException(); each != null; each = each.getCause()) {
                assertThat(each.toString().contains(MARKER)).isFalse();
            }
            route.context.stop();
            assertThat(log.lines()).isNotEmpty();
            assertThat(log.linesWith(MARKER).isEmpty()).isTrue();
        }
        System.out.println("sent and not shown");
    }
}
