package io.github.camelclova.streaming;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.testing.LiveReply;
import io.github.camelclova.testing.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A route that is slower than its service: the service waits, nothing is lost and nothing grows. */
class BackPressureTest extends StreamingTest {

    /** Of this size some two dozen fill the window. */
    private static final String PADDING = "가".repeat(400);

    private static final int TOKENS = 16_000;

    private static final String ROOMY = "maxResponseSize=33554432";

    /** What a kernel may hold of a connection between two processes on one machine, and ours beside it. */
    private static final long MOST_ON_ITS_WAY = 10L << 20;

    private final CountDownLatch release = new CountDownLatch(1);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aServiceIsHeldUpByARouteThatTakesNothingAndThenEverythingArrives(boolean pushed) {
        if (pushed) {
            pushedRoutes(Speaker.CLOVA_V3, ROOMY);
        } else {
            pulledRoutes(Speaker.CLOVA_V3, ROOMY);
        }
        tokens.then(exchange -> awaitRelease());
        LiveReply live = live();
        CompletableFuture<Exchange> asking = asking();
        live.awaitStarted(SOON);
        live.send(token(0));
        tokens.awaitCount(1);

        Service sending = new Service(live);
        sending.sendUntilItIsHeldUp();

        assertThat(sending.sentBytes()).isLessThan(MOST_ON_ITS_WAY);
        assertThat(tokens.all()).hasSize(1);
        release.countDown();
        sending.sendTheRest();
        assertThat(answered(asking).getException()).isNull();
        List<String> expected =
                IntStream.range(0, TOKENS).mapToObj(BackPressureTest::text).toList();
        assertThat(tokens.tokens()).isEqualTo(expected);
    }

    @Test
    void aScriptedStreamWaitsInTheServiceNotInTheComponent() {
        pushedRoutes(Speaker.CLOVA_V3, ROOMY);
        tokens.then(exchange -> awaitRelease());
        String[] texts =
                IntStream.range(0, TOKENS).mapToObj(BackPressureTest::text).toArray(String[]::new);
        service().replays(Reply.events(Speaker.CLOVA_V3.stream(texts)));

        CompletableFuture<Exchange> asking = asking();
        tokens.awaitCount(1);
        until(() -> service().unwrittenBytes() > 0);

        assertThat(service().unwrittenBytes()).isLessThan(100_000);
        assertThat(service().openReplies()).isOne();
        release.countDown();
        assertThat(answered(asking).getMessage().getBody(String.class))
                .hasSize(String.join("", texts).length());
    }

    @Test
    void aSlowRouteNeverTimesTheServiceOut() {
        routes(route -> {
            route.from("direct:ask")
                    .to(Speaker.CLOVA_V3.endpoint(service(), "idleTimeout=150") + "&streamTo=direct:tokens");
            route.from("direct:tokens").delay(20).asyncDelayed().end().process(tokens);
        });
        String[] texts = IntStream.range(0, 60).mapToObj(BackPressureTest::text).toArray(String[]::new);
        service()
                .replays(Reply.events(Speaker.CLOVA_V3.stream(texts))
                        .cutAt(IntStream.range(0, 1000).map(cut -> cut * 97).toArray()));

        Exchange answer = ask();

        assertThat(answer.getException()).isNull();
        assertThat(tokens.tokens()).containsExactly(texts);
    }

    @Test
    void aSilentServiceIsTimedOut() {
        pushedRoutes(Speaker.CLOVA_V3, "idleTimeout=150");
        LiveReply live = live();

        CompletableFuture<Exchange> asking = asking();
        live.awaitStarted(SOON);
        live.send(Speaker.CLOVA_V3.token("안"));

        Exchange answer = answered(asking);
        assertThat(answer.getException(ClovaTimeoutException.class).getOption()).isEqualTo("idleTimeout");
        assertThat(answer.getException(ClovaTimeoutException.class).getPartialText())
                .isEqualTo("안");
        live.awaitClientGone(SOON);
    }

    private static String text(int index) {
        return index + PADDING;
    }

    private static String token(int index) {
        return Speaker.CLOVA_V3.token(text(index));
    }

    private void awaitRelease() {
        try {
            if (!release.await(SOON.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("not released");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Sends one token after the other, as long as the connection takes them. */
    private static final class Service {

        private final LiveReply live;
        private int next = 1;
        private long sent;

        Service(LiveReply live) {
            this.live = live;
        }

        long sentBytes() {
            return sent;
        }

        void sendUntilItIsHeldUp() {
            while (next < TOKENS) {
                if (live.isWritable()) {
                    send();
                } else if (staysHeldUp()) {
                    return;
                }
            }
        }

        /** The connection's buffers are full when it has taken nothing for as long as it takes to fill them. */
        private boolean staysHeldUp() {
            long before = live.unwrittenBytes();
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
            while (System.nanoTime() < end) {
                if (live.unwrittenBytes() != before) {
                    return false;
                }
                Thread.onSpinWait();
            }
            return true;
        }

        void sendTheRest() {
            while (next < TOKENS) {
                until(live::isWritable);
                send();
            }
            live.send(Speaker.CLOVA_V3.end());
            live.finish();
        }

        private void send() {
            String token = token(next++);
            sent += token.getBytes(UTF_8).length;
            live.send(token);
        }
    }
}
