package io.github.camelclova;

import static io.github.camelclova.Fault.fault;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.FaultCalls.Face;
import io.github.camelclova.FaultCalls.Seen;
import io.github.camelclova.chat.ClovaLimitException;
import io.github.camelclova.testing.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** Every limit holds in a JVM of 256 MB, with the limits as they are by default, and with many calls at once. */
class SmallHeapTest {

    private static final int AT_ONCE = 20;

    @Test
    void everyLimitHoldsInASmallHeap() throws IOException, InterruptedException {
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        SmallHeapTest.class.getName())
                .redirectErrorStream(true)
                .start();

        String output = new String(jvm.getInputStream().readAllBytes(), UTF_8);

        assertThat(jvm.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(output).contains("every limit held");
        assertThat(jvm.exitValue()).isZero();
    }

    /** Runs within such a JVM. */
    public static void main(String[] args) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
        try (FaultCalls calls = new FaultCalls()) {
            for (Fault excess : excesses()) {
                for (Face face : excess.faces()) {
                    assertLimit(calls.call(face, Spoken.CLOVA_V3, excess), excess);
                    FaultOutcome.assertGood(calls.good(face, Spoken.CLOVA_V3), face);
                    excess.with("maxResponseSize", 1_000_000).with("maxEventSize", 250_000);
                    List<Future<Seen>> many = new ArrayList<>();
                    for (int call = 0; call < AT_ONCE; call++) {
                        many.add(callers.submit(() -> calls.call(face, Spoken.CLOVA_V3, excess)));
                    }
                    for (Future<Seen> each : many) {
                        assertLimit(each.get(), excess);
                    }
                    FaultOutcome.assertGood(calls.good(face, Spoken.CLOVA_V3), face);
                    excess.options().clear();
                    calls.forget();
                }
            }
        } finally {
            callers.shutdownNow();
        }
        System.out.println("every limit held");
    }

    /** More than the limits are by default, and small on the wire. */
    private static List<Fault> excesses() {
        Spoken spoken = Spoken.CLOVA_V3;
        Reply document = packed("application/json", "[", "0,".repeat(50_000));
        Reply event = packed("text/event-stream", "event:token\ndata:", "x".repeat(100_000));
        Reply comment = packed("text/event-stream", ":", "x".repeat(100_000));
        Reply lines = packed("text/event-stream", "event:token\n", "data:x\n".repeat(20_000));
        Reply result = packed("text/event-stream", "event:result\ndata:", "x".repeat(100_000));
        Reply tokens = packed("text/event-stream", "", spoken.token("x".repeat(100_000)));
        Reply thinking = packed(
                "text/event-stream",
                "",
                spoken.data("{\"message\":{\"thinkingContent\":\"%s\"}}".formatted("x".repeat(100_000))));
        return List.of(
                fault("a document").inEveryFace().replies(it -> document).names("maxResponseSize"),
                fault("an event").replies(it -> event).names("maxEventSize"),
                fault("a comment").replies(it -> comment).names("maxEventSize"),
                fault("an event of many lines").replies(it -> lines).names("maxEventSize"),
                fault("a result").replies(it -> result).names("maxResponseSize"),
                fault("tokens").replies(it -> tokens).names("maxResponseSize"),
                fault("thoughts").replies(it -> thinking).names("maxResponseSize"));
    }

    /** A thousand times the part: more than the whole heap, for most of them. */
    private static Reply packed(String contentType, String beginning, String part) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(beginning.getBytes(UTF_8));
            for (int times = 0; times < 1000; times++) {
                gzip.write(part.getBytes(UTF_8));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Reply.events(bytes.toByteArray()).contentType(contentType).header("Content-Encoding", "gzip");
    }

    private static void assertLimit(Seen seen, Fault excess) {
        assertThat(seen.failure).as(excess.toString()).isInstanceOf(ClovaLimitException.class);
        ClovaLimitException failure = (ClovaLimitException) seen.failure;
        assertThat(failure.getOption()).isEqualTo(excess.option());
        assertThat(failure)
                .hasMessageContaining(excess.option())
                .hasMessageContaining(Long.toString(failure.getLimit()));
    }
}
