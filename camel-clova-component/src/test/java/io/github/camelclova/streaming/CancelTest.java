package io.github.camelclova.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.ClovaConstants;
import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.testing.LiveReply;
import io.github.camelclova.testing.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever wants no more tokens: the service learns of it at once, and every exchange ends. */
class CancelTest extends StreamingTest {

    /** What the design promises is 100 ms; a busy machine is given more. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private static final int TIMES = 20;

    private final AtomicReference<Instant> act = new AtomicReference<>();

    @ParameterizedTest
    @CsvSource({"CLOVA_V1, true", "CLOVA_V3, ' TRUE '", "OPENAI, true"})
    void aCancelOnATokenStopsTheServiceAndFailsTheOriginalWithThePartialText(Speaker speaker, String cancel) {
        pushedRoutes(speaker);
        tokens.then(exchange -> cancelOn("녕", exchange, cancel));
        LiveReply live = live();

        CompletableFuture<Exchange> asking = asking();
        live.awaitStarted(SOON);
        live.send(speaker.token("안") + speaker.token("녕") + speaker.token("!"));

        assertGoneAtOnce(live);
        Exchange answer = answered(asking);
        assertThat(answer.getException()).isInstanceOf(ClovaCancelledException.class);
        assertThat(answer.getException(ClovaException.class).getPartialText()).isEqualTo("안녕");
        assertThat(tokens.types()).containsExactly("token", "token", "error");
        assertThat(tokens.last().body()).isEqualTo("안녕");
    }

    private void cancelOn(String text, Exchange exchange, Object cancel) {
        if (exchange.getMessage().getBody().equals(text)) {
            act.set(Instant.now());
            exchange.getMessage().setHeader(ClovaConstants.CANCEL, cancel);
        }
    }

    @ParameterizedTest
    @CsvSource({"false", "yes", "''"})
    void anythingButTrueIsNoCancel(String cancel) {
        pushedRoutes(Speaker.CLOVA_V3);
        tokens.then(exchange -> exchange.getMessage().setHeader(ClovaConstants.CANCEL, cancel));
        service().replays(Reply.events(Speaker.CLOVA_V3.stream("안", "녕")));

        Exchange answer = ask();

        assertThat(answer.getMessage().getBody()).isEqualTo("안녕");
    }

    @Test
    void aCancelOnTheResultComesTooLate() {
        pushedRoutes(Speaker.CLOVA_V3);
        tokens.then(exchange -> cancelOn("안녕", exchange, true));
        service().replays(Reply.events(Speaker.CLOVA_V3.stream("안", "녕")));

        Exchange answer = ask();

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getBody()).isEqualTo("안녕");
    }

    @ParameterizedTest
    @EnumSource
    void aFailedTokenStopsTheServiceAndFailsTheOriginalWithItsCause(Speaker speaker) {
        pushedRoutes(speaker);
        IllegalStateException cause = new IllegalStateException("no such word");
        tokens.then(exchange -> failOn("녕", exchange, cause));
        LiveReply live = live();

        CompletableFuture<Exchange> asking = asking();
        live.awaitStarted(SOON);
        live.send(speaker.token("안") + speaker.token("녕") + speaker.token("!"));

        assertGoneAtOnce(live);
        Exchange answer = answered(asking);
        assertThat(answer.getException()).isSameAs(cause);
        assertThat(cause.getSuppressed())
                .singleElement()
                .isInstanceOfSatisfying(
                        ClovaCancelledException.class,
                        cancelled -> assertThat(cancelled.getPartialText()).isEqualTo("안녕"));
        assertThat(tokens.types()).containsExactly("token", "token", "error");
        assertThat(tokens.last().exchange().getProperty(Exchange.EXCEPTION_CAUGHT))
                .isSameAs(cause);
    }

    private void failOn(String text, Exchange exchange, RuntimeException cause) {
        if (exchange.getMessage().getBody().equals(text)) {
            act.set(Instant.now());
            throw cause;
        }
    }

    @Test
    void aFailedTokenChangesNothingWhereThePolicyIsToContinue() {
        pushedRoutes(Speaker.CLOVA_V3, "tokenFailurePolicy=continue");
        tokens.then(exchange -> failOn("녕", exchange, new IllegalStateException("no such word")));
        service().replays(Reply.events(Speaker.CLOVA_V3.stream("안", "녕", "!")));

        Exchange answer = ask();

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getBody()).isEqualTo("안녕!");
        assertThat(tokens.types()).containsExactly("token", "token", "token", "result");
    }

    @Test
    void aTokenWhoseFailureItsRouteHandlesIsNotFailed() {
        routes(route -> {
            route.from("direct:ask").to(Speaker.CLOVA_V3.endpoint(service()) + "&streamTo=direct:tokens");
            route.from("direct:tokens")
                    .onException(IllegalStateException.class)
                    .handled(true)
                    .end()
                    .process(tokens);
        });
        tokens.then(exchange -> failOn("안", exchange, new IllegalStateException("no such word")));
        service().replays(Reply.events(Speaker.CLOVA_V3.stream("안", "녕")));

        Exchange answer = ask();

        assertThat(answer.getException()).isNull();
        assertThat(tokens.tokens()).containsExactly("안", "녕");
    }

    @Test
    void theServiceLearnsOfACancelWithinAHundredMillisecondsAsARule() {
        pushedRoutes(Speaker.CLOVA_V3);
        tokens.then(exchange -> cancelOn("안", exchange, true));
        List<Long> millis = new ArrayList<>();

        for (int time = 0; time < TIMES; time++) {
            LiveReply live = live();
            CompletableFuture<Exchange> asking = asking();
            live.awaitStarted(SOON);
            live.send(Speaker.CLOVA_V3.token("안"));
            millis.add(assertGoneAtOnce(live).toMillis());
            answered(asking);
        }

        millis.sort(null);
        assertThat(millis.get(TIMES / 2)).as("median of %s", millis).isLessThanOrEqualTo(100);
    }

    @Test
    void aRouteThatIsStoppedCutsItsStreamsOffAfterTheShutdownTimeout() throws Exception {
        pushedRoutes(Speaker.CLOVA_V3);
        LiveReply live = live();
        CompletableFuture<Exchange> asking = asking();
        live.awaitStarted(SOON);
        live.send(Speaker.CLOVA_V3.token("안"));
        tokens.awaitCount(1);

        context.getRouteController().stopRoute("ask", 100, TimeUnit.MILLISECONDS);

        live.awaitClientGone(SOON);
        Exchange answer = answered(asking);
        assertThat(answer.getException()).isInstanceOf(ClovaCancelledException.class);
        assertThat(answer.getException(ClovaException.class).getPartialText()).isEqualTo("안");
        assertThat(tokens.types()).containsExactly("token", "error");
    }

    @Test
    void aStreamInFlightMayFinishWithinTheShutdownTimeout() throws Exception {
        pushedRoutes(Speaker.CLOVA_V3);
        LiveReply live = live();
        CompletableFuture<Exchange> asking = asking();
        live.awaitStarted(SOON);
        live.send(Speaker.CLOVA_V3.token("안"));
        tokens.awaitCount(1);

        CompletableFuture<Void> stopping = CompletableFuture.runAsync(this::stopAskingRoute);
        live.send(Speaker.CLOVA_V3.token("녕") + Speaker.CLOVA_V3.result("안녕") + Speaker.CLOVA_V3.end());
        live.finish();

        assertThat(answered(asking).getMessage().getBody()).isEqualTo("안녕");
        assertThat(stopping).succeedsWithin(SOON);
        assertThat(tokens.types()).containsExactly("token", "token", "result");
    }

    private void stopAskingRoute() {
        try {
            context.getRouteController().stopRoute("ask", SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void noTokenComesAfterTheContextHasStopped(boolean pushed) {
        if (pushed) {
            pushedRoutes(Speaker.CLOVA_V3);
        } else {
            pulledRoutes(Speaker.CLOVA_V3);
        }
        LiveReply live = live();
        CompletableFuture<Exchange> asking = asking();
        live.awaitStarted(SOON);
        live.send(Speaker.CLOVA_V3.token("안"));
        tokens.awaitCount(1);

        context.stop();
        int handed = tokens.all().size();

        live.awaitClientGone(SOON);
        assertThat(answered(asking).getException()).isNotNull();
        assertThat(tokens.tokens()).containsExactly("안");
        assertThat(tokens.all()).hasSize(handed);
        assertThat(service().openConnections()).isZero();
    }

    @Test
    void requestTimeoutDoesNotWaitForATokenThatIsStuckInItsRoute() {
        CountDownLatch release = new CountDownLatch(1);
        pushedRoutes(Speaker.CLOVA_V3, "requestTimeout=300");
        tokens.then(exchange -> await(release));
        LiveReply live = live();

        CompletableFuture<Exchange> asking = asking();
        live.awaitStarted(SOON);
        live.send(Speaker.CLOVA_V3.token("안") + Speaker.CLOVA_V3.token("녕"));

        Exchange answer = answered(asking);
        assertThat(answer.getException())
                .isInstanceOfSatisfying(ClovaTimeoutException.class, timeout -> assertThat(timeout.getOption())
                        .isEqualTo("requestTimeout"));
        assertThat(tokens.types()).containsExactly("token");
        live.awaitClientGone(SOON);
        release.countDown();
        tokens.awaitCount(2);
        assertThat(tokens.types()).containsExactly("token", "error");
        assertThat(tokens.last().exchange().getProperty(Exchange.EXCEPTION_CAUGHT))
                .isSameAs(answer.getException());
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(SOON.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("not released");
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void requestTimeoutCutsOffAServiceThatSaysNothing(boolean pushed) {
        if (pushed) {
            pushedRoutes(Speaker.OPENAI, "requestTimeout=300");
        } else {
            pulledRoutes(Speaker.OPENAI, "requestTimeout=300");
        }
        LiveReply live = live();

        Exchange answer = ask();

        live.awaitClientGone(SOON);
        assertThat(answer.getException(ClovaTimeoutException.class).getOption()).isEqualTo("requestTimeout");
        assertThat(tokens.types()).isEqualTo(pushed ? List.of("error") : List.of());
    }

    /** From the act in the route to the connection's end as the service saw it. */
    private Duration assertGoneAtOnce(LiveReply live) {
        live.awaitClientGone(SOON);
        Duration took = Duration.between(act.get(), live.clientGoneAt().orElseThrow());
        assertThat(took).isLessThan(AT_ONCE);
        return took;
    }
}
