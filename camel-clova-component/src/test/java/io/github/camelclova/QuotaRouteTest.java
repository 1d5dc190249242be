package io.github.camelclova;

import static io.github.camelclova.Target.V3_MODEL;
import static io.github.camelclova.Target.reply;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaQuotaException;
import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.quota.Quotas;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.Ending;
import io.github.camelclova.testing.LiveReply;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import io.github.camelclova.testing.Transcript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Quotas as routes see them: who shares one, what waiting costs, and that every way out gives its place back. */
class QuotaRouteTest {

    private static final int MANY = 256;
    private static final ExecutorService CALLERS = Executors.newFixedThreadPool(8);

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private ClovaStandIn service;

    @BeforeEach
    void start() {
        service = SERVICE.get();
    }

    @AfterAll
    static void dismissCallers() {
        CALLERS.shutdownNow();
    }

    @AfterEach
    void noQuotaOutlivesItsContexts() {
        assertThat(Quotas.ofThisJvm().size()).isZero();
    }

    // ---- who shares

    @Test
    void contextsOfTheJvmShareTheQuotaOfAKeyAndAModel() {
        try (AskRoute one = AskRoute.to(service.baseUrl(), "apiKey=k", "requestsPerMinute=1", "quotaTimeout=50");
                AskRoute two = AskRoute.to(service.baseUrl(), "apiKey=k", "requestsPerMinute=1", "quotaTimeout=50");
                AskRoute other = AskRoute.to(service.baseUrl(), "apiKey=l", "requestsPerMinute=1", "quotaTimeout=50")) {
            one.answer();

            assertThat(two.failure()).isInstanceOf(ClovaQuotaException.class);
            assertThat(other.answer()).isNotEmpty();
        }
    }

    @Test
    void theModelThatAHeaderNamesHasAQuotaOfItsOwn() {
        try (AskRoute route = AskRoute.to(
                service.baseUrl(), "requestsPerMinute=1", "quotaTimeout=50", "allowedHeaderOverrides=model")) {
            route.answer();
            assertThat(route.failure()).isInstanceOf(ClovaQuotaException.class);

            Exchange other = route.template().send("direct:ask", exchange -> {
                exchange.getMessage().setBody("hello");
                exchange.getMessage().setHeader(ClovaConstants.MODEL, "HCX-DASH-002");
            });
            assertThat(AskRoute.answerOf(other)).isNotEmpty();
        }
    }

    @Test
    void operationsBesideChatHaveQuotasOfTheirOwn() throws Exception {
        String options =
                "?baseUrl=%s&apiKey=k&maxRetries=0&requestsPerMinute=1&quotaTimeout=50".formatted(service.baseUrl());
        try (AskRoute route = AskRoute.to(service.baseUrl(), "apiKey=k", "requestsPerMinute=1");
                ProducerTemplate template = route.template()) {
            route.answer();

            Exchange first = template.send(
                    "clova:segment" + options, exchange -> exchange.getMessage().setBody("a"));
            Exchange second = template.send(
                    "clova:segment" + options, exchange -> exchange.getMessage().setBody("a"));

            assertThat(first.getException()).isNull();
            assertThat(second.getException()).isInstanceOf(ClovaQuotaException.class);
            assertThat(service.requests()).hasSize(2);
        }
    }

    @Test
    void endpointsThatDoNotAgreeAreWarnedOfWithoutTheKey() {
        try (CapturedLog log = new CapturedLog();
                AskRoute one = AskRoute.to(service.baseUrl(), "apiKey=nv-hidden", "requestsPerMinute=60");
                AskRoute two = AskRoute.to(service.baseUrl(), "apiKey=nv-hidden", "requestsPerMinute=30")) {
            assertThat(one.uri()).isNotEqualTo(two.uri());

            assertThat(
                            log.linesWith(
                                    "requestsPerMinute is 30 here and 60 at another endpoint with the same key and model HCX-005"))
                    .singleElement()
                    .extracting(CapturedLog.Line::level)
                    .isEqualTo(Level.WARN);
            assertThat(log.linesWith("another endpoint"))
                    .noneMatch(line -> line.text().contains("nv-hidden"));
        }
    }

    // ---- what waiting costs, and who ends it

    @Test
    void exchangesThatWaitHoldNoThread() throws Exception {
        service.replays(Reply.nothing());
        try (AskRoute route = AskRoute.to(service.baseUrl(), "maxConcurrentRequests=1", "maxRetries=0")) {
            AsyncProducer producer = route.producer();
            CountDownLatch done = new CountDownLatch(MANY + 1);
            producer.process(route.exchange(), sync -> done.countDown());
            service.awaitRequest(0, ofSeconds(10));
            List<String> idle = LiveThreads.ofTheComponent();

            for (int i = 0; i < MANY; i++) {
                producer.process(route.exchange(), sync -> done.countDown());
            }

            ClovaQuota quota = new ClovaQuota(producer.getEndpoint().getCamelContext(), route.uri());
            assertThat(quota.getWaiting()).isEqualTo(MANY);
            assertThat(quota.getRunning()).isEqualTo(1);
            assertThat(quota.isAvailable()).isFalse();
            // Its clock may have begun to tick.
            assertThat(LiveThreads.ofTheComponent()).hasSizeLessThanOrEqualTo(idle.size() + 1);
            producer.stop();
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(quota.getWaiting()).isZero();
        }
    }

    @Test
    void theStopOfAContextEndsItsWaitingCallsAndNoOthers() throws Exception {
        service.replays(Reply.nothing());
        try (AskRoute stays = AskRoute.to(service.baseUrl(), "maxConcurrentRequests=1", "maxRetries=0")) {
            AskRoute stops = AskRoute.to(service.baseUrl(), "maxConcurrentRequests=1", "maxRetries=0");
            AsyncProducer stopping = stops.producer();
            ConcurrentLinkedQueue<Exchange> cancelled = new ConcurrentLinkedQueue<>();
            for (int i = 0; i < 2; i++) {
                Exchange exchange = stops.exchange();
                stopping.process(exchange, sync -> cancelled.add(exchange));
            }
            service.awaitRequest(0, ofSeconds(10));
            CompletableFuture<Exchange> waiting = stays.template()
                    .asyncSend("direct:ask", exchange -> exchange.getMessage().setBody("hello"));

            stopping.stop();

            await().until(() -> cancelled.size() == 2);
            assertThat(cancelled)
                    .extracting(Exchange::getException)
                    .allMatch(ClovaCancelledException.class::isInstance);
            assertThat(AskRoute.answerOf(waiting.get(10, TimeUnit.SECONDS))).isNotEmpty();
            stops.close();
        }
    }

    @Test
    void waitingCountsAsTimeOfTheRequest() {
        try (AskRoute patient = AskRoute.to(service.baseUrl(), "requestsPerMinute=1");
                AskRoute hurried = AskRoute.to(service.baseUrl(), "requestsPerMinute=1", "requestTimeout=300")) {
            patient.answer();

            ClovaTimeoutException failure = (ClovaTimeoutException) hurried.failure();
            assertThat(failure.getOption()).isEqualTo("requestTimeout");
            assertThat(service.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"streaming=true", "streamTo=mock:tokens"})
    void aStreamWaitsForItsTurnAndFailsWhenThatIsTooLong(String streaming) {
        try (AskRoute route =
                AskRoute.to(service.baseUrl(), "requestsPerMinute=1", "quotaTimeout=50", "maxRetries=2", streaming)) {
            route.ask();

            assertThat(route.failure()).isInstanceOf(ClovaQuotaException.class);
            assertThat(service.requests()).hasSize(1);
        }
    }

    // ---- every way out gives the place back

    @SuppressWarnings("ImmutableEnumChecker") // Replies never change.
    enum Way {
        ANSWER(Reply.json(V3_MODEL.hello().toString())),
        REFUSAL(reply(V3_MODEL.refusal("40001", "no")).status(400)),
        SERVER(reply(V3_MODEL.refusal("50000", "no")).status(500)),
        NOT_JSON(Reply.text(200, "text/html", "<p>")),
        RESET(Reply.nothing().ending(Ending.RESET)),
        STALL(Reply.nothing(), "responseTimeout=60"),
        BROKEN(reply(V3_MODEL.hello()).truncatedAt(90).ending(Ending.CLOSE)),
        TOO_LARGE(reply(V3_MODEL.hello()), "maxResponseSize=10"),
        REQUEST_TIMEOUT(Reply.nothing(), "requestTimeout=60"),
        STREAM(events("hello-in-three-tokens"), "streaming=true"),
        STREAM_PUSHED(events("hello-in-three-tokens"), "streamTo=mock:tokens"),
        STREAM_ERROR(events("error-mid-stream"), "streamTo=mock:tokens"),
        STREAM_BROKEN(events("lost-result"), "streamTo=mock:tokens"),
        STREAM_REFUSED(reply(V3_MODEL.refusal("42901", "no")).status(429), "streamTo=mock:tokens"),
        STREAM_AS_JSON(reply(V3_MODEL.hello()), "streamTo=mock:tokens"),
        STREAM_STALL(
                events("hello-in-three-tokens").truncatedAt(200).ending(Ending.STALL),
                "streamTo=mock:tokens",
                "idleTimeout=60"),
        STREAM_NEVER_ENDS(events("hello-in-three-tokens").ending(Ending.STALL), "streamTo=mock:tokens"),
        STREAM_GIVEN_UP(events("hello-in-three-tokens").truncatedAt(200).ending(Ending.STALL), "streaming=true");

        private final Reply reply;
        private final List<String> options;

        Way(Reply reply, String... options) {
            this.reply = reply;
            this.options = List.of(options);
        }

        private static Reply events(String name) {
            return Reply.events(Transcript.load("transcripts/clova-v3/%s.sse".formatted(name)));
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void everyWayOutGivesThePlaceBackOnce(Way way) {
        service.replays(way.reply, way.reply);
        List<String> options = new ArrayList<>(way.options);
        options.addAll(List.of("maxConcurrentRequests=1", "maxRetries=1"));
        try (AskRoute route = AskRoute.to(service.baseUrl(), options.toArray(String[]::new))) {
            ClovaQuota quota = new ClovaQuota(route.context, route.uri());

            for (int i = 0; i < 2; i++) {
                route.ask();
            }

            await().atMost(ofSeconds(10))
                    .untilAsserted(() -> assertThat(quota.getRunning()).isZero());
            assertThat(quota.getWaiting()).isZero();
        }
    }

    @Test
    void aStreamKeepsItsPlaceUntilItsBodyHasEnded() throws Exception {
        LiveReply live = new LiveReply();
        service.replays(live.reply());
        try (AskRoute route = AskRoute.to(service.baseUrl(), "maxConcurrentRequests=1", "streamTo=mock:tokens")) {
            ClovaQuota quota = new ClovaQuota(route.context, route.uri());
            CompletableFuture<Exchange> answer = route.template()
                    .asyncSend("direct:ask", exchange -> exchange.getMessage().setBody("hello"));
            service.awaitRequest(0, ofSeconds(10));
            String whole = Transcript.load("transcripts/clova-v3/hello-in-three-tokens.sse")
                    .text();
            live.send(whole.substring(0, whole.indexOf("event:result")));

            await().until(() -> service.openReplies() == 1);
            assertThat(quota.getRunning()).isEqualTo(1);
            live.finish();

            assertThat(answer.get(10, TimeUnit.SECONDS).getException()).isNotNull();
            await().until(() -> quota.getRunning() == 0);
        }
    }

    // ---- a service that is asked for too much

    /** Takes so many calls in each second and says to the others when to come again. */
    private static final class Limiter {

        private final int perSecond;
        private final Deque<Instant> taken = new ArrayDeque<>();
        private final AtomicInteger refused = new AtomicInteger();

        Limiter(int perSecond) {
            this.perSecond = perSecond;
        }

        synchronized Reply replyTo(ReceivedRequest request) {
            while (!taken.isEmpty() && taken.peek().isBefore(request.at().minusSeconds(1))) {
                taken.remove();
            }
            if (taken.size() >= perSecond) {
                refused.incrementAndGet();
                return reply(V3_MODEL.refusal("42901", "no")).status(429).header("Retry-After", "1");
            }
            taken.add(request.at());
            return reply(V3_MODEL.hello());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1500, 3000})
    void aHundredRecordsOfEightCallersAreAllAnsweredAndFewCallsAreRefused(int requestsPerMinute) throws Exception {
        Limiter limiter = new Limiter(25);
        service.answers(limiter::replyTo);
        try (AskRoute route =
                AskRoute.to(service.baseUrl(), "requestsPerMinute=" + requestsPerMinute, "maxRetries=5")) {
            ConcurrentLinkedQueue<Integer> records =
                    new ConcurrentLinkedQueue<>(IntStream.range(0, 100).boxed().toList());
            List<CompletableFuture<Void>> callers = IntStream.range(0, 8)
                    .mapToObj(each -> CompletableFuture.runAsync(() -> askAll(route, records), CALLERS))
                    .toList();

            for (CompletableFuture<Void> caller : callers) {
                caller.get(25, TimeUnit.SECONDS);
            }

            int calls = service.requests().size();
            assertThat(calls - limiter.refused.get()).isEqualTo(100);
            assertThat(limiter.refused.get()).as("refused of %d calls", calls).isLessThanOrEqualTo(calls / 5);
            assertThat(closestCallsOfARecord()).isGreaterThanOrEqualTo(ofSeconds(1));
        }
    }

    private static void askAll(AskRoute route, ConcurrentLinkedQueue<Integer> records) {
        try (ProducerTemplate template = route.template()) {
            for (Integer each = records.poll(); each != null; each = records.poll()) {
                String id = "record-" + each;
                AskRoute.answerOf(template.send("direct:ask", exchange -> {
                    exchange.getMessage().setBody("hello");
                    exchange.getMessage().setHeader(ClovaConstants.REQUEST_ID, id);
                }));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private Duration closestCallsOfARecord() {
        Map<String, Instant> last = new HashMap<>();
        Duration closest = Duration.ofDays(1);
        for (ReceivedRequest request : service.requests()) {
            String record = request.header("X-NCP-CLOVASTUDIO-REQUEST-ID").orElseThrow();
            Instant before = last.put(record, request.at());
            if (before != null && Duration.between(before, request.at()).compareTo(closest) < 0) {
                closest = Duration.between(before, request.at());
            }
        }
        return closest;
    }
}
