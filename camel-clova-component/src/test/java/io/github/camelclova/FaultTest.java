package io.github.camelclova;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.chat.ClovaAuthenticationException;
import io.github.camelclova.chat.ClovaConnectionException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaLimitException;
import io.github.camelclova.chat.ClovaRefusedException;
import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.Reply;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultTest {

    private static final int MANY = 50;

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private static ClovaStandIn service;
    private static AskRoute route;
    private static AskRoute hasty;

    @BeforeAll
    static void start() {
        service = SERVICE.get();
        route = AskRoute.to(service.baseUrl(), "maxRetries=0", Faults.BOUND);
        hasty = AskRoute.to(service.baseUrl(), "maxRetries=0", "responseTimeout=300", "idleTimeout=300");
    }

    @AfterAll
    static void stop() {
        route.close();
        hasty.close();
    }

    @AfterEach
    void nothingIsLeftOpen() {
        await().atMost(ofSeconds(5)).until(() -> service.openReplies() == 0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.github.camelclova.Faults#all")
    void everyFaultIsAFailureOfItsKindAndTheNextCallSucceeds(
            String name, Reply reply, Class<? extends ClovaException> kind) {
        service.replays(reply, Answers.good());
        AskRoute asking = impatientFor(kind);
        long begin = System.nanoTime();

        ClovaException failure = asking.failure();

        assertThat(failure).isExactlyInstanceOf(kind);
        assertThat(failure.getRequestId()).isNotEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(ofSeconds(20));
        assertThat(route.answer()).isEqualTo(Answers.TEXT);
    }

    /** Waits no longer than it has to for what never comes. */
    private static AskRoute impatientFor(Class<? extends ClovaException> kind) {
        return kind == ClovaTimeoutException.class ? hasty : route;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.github.camelclova.Faults#all")
    void manyFaultsAtOnceLeaveNoConnectionAndNoThread(String name, Reply reply, Class<? extends ClovaException> kind) {
        service.replaysAlways(reply);
        askMany(kind);
        List<String> threads = LiveThreads.ofTheComponent();

        askMany(kind);

        await().atMost(ofSeconds(5)).untilAsserted(() -> {
            // Those that are left wait for the next call; two components have no more.
            assertThat(service.openReplies()).isZero();
            assertThat(LiveThreads.ofTheComponent()).hasSizeLessThanOrEqualTo(Math.max(threads.size(), 46));
        });
    }

    /** A connection that is reset may take along what had come on it. */
    private static void askMany(Class<? extends ClovaException> kind) {
        ProducerTemplate template = impatientFor(kind).template();
        List<CompletableFuture<Exchange>> asked = IntStream.range(0, MANY)
                .mapToObj(i -> template.asyncSend(
                        "direct:ask", exchange -> exchange.getMessage().setBody("hello")))
                .toList();

        assertThat(asked)
                .extracting(each -> each.join().getException())
                .hasOnlyElementsOfTypes(kind, ClovaConnectionException.class);
        template.stop();
    }

    @Test
    void gzipIsUnderstoodAlthoughNobodyAskedForIt() {
        service.replays(Answers.good().gzipped(), Answers.good().gzipped().byteByByte());

        assertThat(route.answer()).isEqualTo(Answers.TEXT);
        assertThat(route.answer()).isEqualTo(Answers.TEXT);
        assertThat(service.requests().get(0).header("Accept-Encoding")).contains("identity");
    }

    @ParameterizedTest
    @CsvSource({"false, false", "true, false", "false, true", "true, true"})
    void maxResponseSizeCountsTheUnpackedBytesExactly(boolean gzipped, boolean chunked) {
        int limit = Answers.JSON.getBytes(UTF_8).length;
        Reply fits = chunked ? Answers.good().chunked() : Answers.good();
        Reply tooLarge = Reply.json(Answers.JSON + " ");
        tooLarge = chunked ? tooLarge.chunked() : tooLarge;
        service.replays(gzipped ? fits.gzipped() : fits, gzipped ? tooLarge.gzipped() : tooLarge);
        try (AskRoute bounded = AskRoute.to(service.baseUrl(), "maxResponseSize=" + limit)) {
            assertThat(bounded.answer()).isEqualTo(Answers.TEXT);
            assertThat(bounded.failure())
                    .isInstanceOf(ClovaLimitException.class)
                    .hasMessageContaining("maxResponseSize")
                    .hasMessageContaining(Integer.toString(limit))
                    .hasMessageContaining(Integer.toString(limit + 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void aRedirectIsNotFollowed(int status) {
        try (ClovaStandIn elsewhere = ClovaStandIn.start()) {
            service.replays(
                    Reply.json(status, "{}").header("Location", elsewhere.baseUrl() + "/v3/chat-completions/HCX-005"),
                    Reply.json(status, "{}").header("Location", "/v3/chat-completions/HCX-005"));

            for (int i = 0; i < 2; i++) {
                ClovaException failure = route.failure();
                assertThat(failure).isInstanceOf(ClovaRefusedException.class);
                assertThat(failure.getStatusCode()).isEqualTo(status);
                assertThat(failure.isRetryable()).isFalse();
            }

            assertThat(service.requests()).hasSize(2);
            assertThat(elsewhere.requests()).isEmpty();
            assertThat(elsewhere.openConnections()).isZero();
        }
    }

    @Test
    void aCookieIsNeverSentBack() {
        service.replays(
                Answers.good().header("Set-Cookie", "session=secret; Path=/"),
                Reply.json(503, "{}").header("Set-Cookie", "other=secret; Path=/"));

        route.ask();
        route.ask();
        route.ask();

        assertThat(service.requests()).hasSize(3).allSatisfy(request -> assertThat(request.header("Cookie"))
                .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic realm=\"x\"", "Bearer", "Digest realm=\"x\", nonce=\"y\"", "Negotiate", "NTLM"})
    void aChallengeIsNotAnswered(String challenge) {
        service.replaysAlways(Reply.json(401, "{}").header("WWW-Authenticate", challenge));

        assertThat(route.failure()).isInstanceOf(ClovaAuthenticationException.class);
        assertThat(service.requests()).hasSize(1);
        assertThat(service.requests().get(0).header("Authorization")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n",
                "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n"
            })
    void informationBeforeTheAnswerIsPassedOver(String information) {
        service.replays(Faults.raw(information + response("HTTP/1.1", "")), Answers.good());

        assertThat(route.answer()).isEqualTo(Answers.TEXT);
        assertThat(route.answer()).isEqualTo(Answers.TEXT);
    }

    @Test
    void anAnswerInHttp10IsAnAnswer() {
        service.replays(Faults.raw(response("HTTP/1.0", "")), Answers.good());

        assertThat(route.answer()).isEqualTo(Answers.TEXT);
        assertThat(route.answer()).isEqualTo(Answers.TEXT);
    }

    @Test
    void anAnswerThatEndsWithTheConnectionIsAnAnswer() {
        service.replays(Answers.good().untilClose());

        assertThat(route.answer()).isEqualTo(Answers.TEXT);
    }

    @Test
    void bytesBeyondTheAnswerAreNobodysAnswer() {
        service.replays(
                Faults.raw(response("HTTP/1.1", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")), Answers.good());
        try (AskRoute patient = AskRoute.to(service.baseUrl())) {
            assertThat(patient.answer()).isEqualTo(Answers.TEXT);
            assertThat(patient.answer()).isEqualTo(Answers.TEXT);
        }
    }

    private static String response(String version, String extra) {
        int length = Answers.JSON.getBytes(UTF_8).length;
        return "%s 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s%s"
                .formatted(version, length, Answers.JSON, extra);
    }
}
