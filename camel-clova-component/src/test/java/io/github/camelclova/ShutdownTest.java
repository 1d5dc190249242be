package io.github.camelclova;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.LiveReply;
import io.github.camelclova.testing.Reply;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.ServiceStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShutdownTest {

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private ClovaStandIn service;
    private AskRoute route;

    @BeforeEach
    void start() {
        service = SERVICE.get();
        route = AskRoute.to(service.baseUrl(), "maxRetries=5", "retryDelay=30s");
        route.context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
    }

    @AfterEach
    void stop() {
        route.close();
    }

    @Test
    void aCallOnItsWayIsFinishedBeforeTheContextStops() {
        route.context.getShutdownStrategy().setTimeout(20_000);
        LiveReply live = new LiveReply();
        service.replays(live.reply().contentType("application/json"));
        CompletableFuture<Exchange> asked = ask();
        live.awaitStarted(ofSeconds(5));

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> route.context.stop());
        await().atMost(ofSeconds(5)).until(() -> route.context.isStopping());
        live.send(Answers.JSON);
        live.finish();

        assertThat(AskRoute.answerOf(asked.join())).isEqualTo(Answers.TEXT);
        stopped.join();
        assertNothingIsLeft();
    }

    @ParameterizedTest
    @MethodSource("waits")
    void aCallThatOutlastsTheShutdownTimeoutIsCancelled(Reply reply) {
        route.context.getShutdownStrategy().setTimeout(300);
        service.replaysAlways(reply);
        CompletableFuture<Exchange> asked = ask();
        service.awaitRequest(0, ofSeconds(5));
        long begin = System.nanoTime();

        route.context.stop();

        ClovaException failure =
                AskRoute.failureOf(asked.orTimeout(5, TimeUnit.SECONDS).join());
        assertThat(failure).isInstanceOf(ClovaCancelledException.class);
        assertThat(failure.getRequestId()).isNotEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(ofSeconds(10));
        assertThat(service.requests()).hasSize(1);
        assertNothingIsLeft();
    }

    static Stream<Reply> waits() {
        return Stream.of(
                Reply.nothing(),
                Answers.good().bodyDelay(ofSeconds(60)),
                // The call waits for its next try.
                Reply.json(503, "{}"));
    }

    @Test
    void theRouteAloneCanBeStoppedAndStarted() throws Exception {
        route.context.getShutdownStrategy().setTimeout(300);
        service.replays(Reply.nothing());
        CompletableFuture<Exchange> asked = ask();
        service.awaitRequest(0, ofSeconds(5));

        route.context.getRouteController().stopRoute(AskRoute.ROUTE);

        assertThat(AskRoute.failureOf(asked.orTimeout(5, TimeUnit.SECONDS).join()))
                .isInstanceOf(ClovaCancelledException.class);
        await().atMost(ofSeconds(5)).until(() -> service.openConnections() == 0);

        route.context.getRouteController().startRoute(AskRoute.ROUTE);
        assertThat(route.answer()).isNotEmpty();
    }

    @Test
    void aStoppedContextCanBeStartedAgain() {
        for (int i = 0; i < 5; i++) {
            assertThat(route.answer()).isNotEmpty();

            route.context.stop();

            assertNothingIsLeft();
            route.context.start();
        }
        assertThat(route.answer()).isNotEmpty();
    }

    @Test
    void aSuspendedContextGoesOnWhereItWas() throws Exception {
        assertThat(route.answer()).isNotEmpty();

        route.context.suspend();
        route.context.resume();

        assertThat(route.answer()).isNotEmpty();
        assertThat(route.context.getStatus()).isEqualTo(ServiceStatus.Started);
    }

    @ParameterizedTest
    @MethodSource("waits")
    void aProducerThatNobodyStopsEndsItsCallsWithTheComponent(Reply reply) throws Exception {
        service.replaysAlways(reply);
        AsyncProducer producer = route.producer();
        Exchange exchange = route.exchange();
        CompletableFuture<String> done = new CompletableFuture<>();
        producer.process(
                exchange, doneSync -> done.complete(Thread.currentThread().getName()));
        service.awaitRequest(0, ofSeconds(5));

        route.context.stop();

        assertThat(done.orTimeout(5, TimeUnit.SECONDS).join())
                .doesNotContain("clova-io")
                .doesNotContain("clova-clock");
        assertThat(AskRoute.failureOf(exchange)).isInstanceOf(ClovaCancelledException.class);
        assertNothingIsLeft();
    }

    @Test
    void manyCallsThatAreCutOffAreEachCalledBackOnce() throws Exception {
        service.replaysAlways(Reply.nothing());
        AsyncProducer producer = route.producer();
        Queue<Exchange> done = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 100; i++) {
            Exchange exchange = route.exchange();
            producer.process(exchange, doneSync -> done.add(exchange));
        }
        service.awaitRequest(99, ofSeconds(10));

        route.context.stop();

        await().atMost(ofSeconds(5)).until(() -> done.size() >= 100);
        assertThat(done).hasSize(100).doesNotHaveDuplicates();
        assertThat(done).allSatisfy(exchange -> assertThat(exchange.getException())
                .isInstanceOf(ClovaCancelledException.class));
        assertNothingIsLeft();
    }

    @Test
    void aStoppedProducerAnswersThatItIsStopped() throws Exception {
        AsyncProducer producer = route.producer();
        route.context.stop();
        Exchange exchange = route.exchange();
        CompletableFuture<Boolean> done = new CompletableFuture<>();

        producer.process(exchange, done::complete);

        assertThat(done.orTimeout(5, TimeUnit.SECONDS)).succeedsWithin(ofSeconds(5));
        assertThat(exchange.getException()).isNotNull();
    }

    private CompletableFuture<Exchange> ask() {
        return route.template()
                .asyncSend("direct:ask", exchange -> exchange.getMessage().setBody("hello"));
    }

    private void assertNothingIsLeft() {
        await().atMost(ofSeconds(5)).pollInterval(ofMillis(20)).untilAsserted(() -> {
            assertThat(service.openConnections()).isZero();
            assertThat(LiveThreads.ofTheComponent()).isEmpty();
        });
    }
}
