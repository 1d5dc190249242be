package io.github.camelclova;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.chat.ClovaConnectionException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaRateLimitException;
import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.chat.ClovaUnreadableException;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.Ending;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryRouteTest {

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private ClovaStandIn service;
    private AskRoute route;

    @BeforeEach
    void start() {
        service = SERVICE.get();
        route = AskRoute.to(service.baseUrl());
    }

    @AfterEach
    void stop() {
        route.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 504, 529})
    void aStatusThatMayPassIsTriedAgain(int status) {
        service.replays(Reply.text(status, "text/plain", "busy"), Answers.good());

        Exchange asked = route.ask();

        assertThat(AskRoute.answerOf(asked)).isEqualTo(Answers.TEXT);
        assertThat(AskRoute.attempts(asked)).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({
        "408, 40800",
        "429, 42900",
        "429, 42901",
        "429, 42999",
        "500, 50000",
        "504, 50400",
        "400, 40800",
        "400, 42900",
        "400, 50000",
        "400, 50400"
    })
    void aCodeThatMayPassIsTriedAgain(int status, String code) {
        service.replays(Answers.envelope(status, code), Answers.good());

        assertThat(AskRoute.attempts(route.ask())).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40800", "42900", "42901", "50000", "50400"})
    void aCodeThatMayPassIsTriedAgainAlsoBelowHttp200(String code) {
        service.replays(Answers.envelope(200, code), Answers.good());

        assertThat(AskRoute.attempts(route.ask())).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 400, 401, 403, 404, 405, 409, 413, 415, 422, 451, 501, 505, 511})
    void anyOtherStatusIsFinal(int status) {
        service.replaysAlways(Reply.text(status, "text/plain", "no"));

        ClovaException failure = route.failure();

        assertThat(failure.getStatusCode()).isEqualTo(status);
        assertThat(failure.isRetryable()).isFalse();
        assertThat(service.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40000", "40003", "40100", "40300", "40400", "40900", "50100", "50101"})
    void anyOtherCodeBelowHttp200IsFinal(String code) {
        service.replaysAlways(Answers.envelope(200, code));

        ClovaException failure = route.failure();

        assertThat(failure.getCode()).isEqualTo(code);
        assertThat(failure.isRetryable()).isFalse();
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void aResponseTimeoutIsFinal() {
        service.replaysAlways(Reply.nothing());
        try (AskRoute hasty = AskRoute.to(service.baseUrl(), "responseTimeout=100")) {
            assertThat(hasty.failure())
                    .isInstanceOfSatisfying(ClovaTimeoutException.class, timeout -> assertThat(timeout.getOption())
                            .isEqualTo("responseTimeout"));
        }

        assertThat(service.requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{}", "{\"status\":{\"code\":\"20000\"}}"})
    void aBodyThatCannotBeReadIsFinal(String body) {
        service.replaysAlways(Reply.json(body));

        assertThat(route.failure()).isInstanceOf(ClovaUnreadableException.class);
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void twoRetriesAreMadeUnlessSaidOtherwise() {
        service.replaysAlways(Reply.text(503, "text/plain", "busy"));

        assertThat(route.failure().isRetryable()).isTrue();
        assertThat(service.requests()).hasSize(3);
    }

    @Test
    void noRetryIsMadeWhereNoneIsAllowed() {
        service.replaysAlways(Reply.text(503, "text/plain", "busy"));
        try (AskRoute once = AskRoute.to(service.baseUrl(), "maxRetries=0")) {
            assertThat(once.failure().getStatusCode()).isEqualTo(503);
        }

        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void everyTryCarriesTheSameRequestId() {
        service.replays(Answers.envelope(429, "42900"), Reply.text(502, "text/plain", ""), Answers.good());

        Exchange asked = route.ask();

        assertThat(AskRoute.attempts(asked)).isEqualTo(3);
        assertThat(service.requests())
                .extracting(request ->
                        request.header("X-NCP-CLOVASTUDIO-REQUEST-ID").orElseThrow())
                .hasSize(3)
                .containsOnly(asked.getMessage().getHeader(ClovaConstants.REQUEST_ID, String.class));
    }

    @Test
    void everyTrySendsTheSameBody() {
        service.replays(Reply.text(503, "text/plain", ""), Reply.text(503, "text/plain", ""));

        route.ask("one question");

        assertThat(service.requests()).hasSize(3);
        assertThat(service.requests())
                .extracting(ReceivedRequest::body)
                .containsOnly(service.requests().get(0).body());
    }

    @ParameterizedTest
    @CsvSource({"Retry-After, 1, 1000", "Retry-After, 0.3, 300", "Retry-After-Ms, 250, 250", "Retry-After, 0, 100"})
    void theServiceSaysHowLongToWait(String header, String value, long millis) {
        service.replays(Reply.text(429, "text/plain", "").header(header, value), Answers.good());

        assertThat(AskRoute.attempts(route.ask())).isEqualTo(2);

        assertThat(between(0, 1)).isGreaterThanOrEqualTo(Duration.ofMillis(millis - 10));
    }

    @Test
    void theServiceMayNameADate() {
        ZonedDateTime soon = ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(2);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(soon);
        service.replays(Reply.text(503, "text/plain", "").header("Retry-After", date), Answers.good());

        assertThat(AskRoute.attempts(route.ask())).isEqualTo(2);

        // The date has no fraction of a second.
        assertThat(service.requests().get(1).at())
                .isAfterOrEqualTo(soon.withNano(0).toInstant().minusMillis(10));
    }

    @ParameterizedTest
    @CsvSource({"Retry-After, 61", "Retry-After-Ms, 60001", "Retry-After, 'Sat, 21 Nov 2099 08:49:37 GMT'"})
    void whoWouldHaveToWaitMoreThanAMinuteFailsAtOnce(String header, String value) {
        service.replaysAlways(Reply.text(429, "text/plain", "").header(header, value));

        ClovaException failure = route.failure();

        assertThat(failure).isInstanceOf(ClovaRateLimitException.class);
        assertThat(failure.getRetryAfter()).isGreaterThan(ofSeconds(60));
        assertThat(failure.isRetryable()).isTrue();
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void whoWouldHaveToWaitLongerThanTheCallMayTakeFailsAtOnce() {
        service.replaysAlways(Reply.text(429, "text/plain", "").header("Retry-After", "30"));
        try (AskRoute bounded = AskRoute.to(service.baseUrl(), "requestTimeout=20s")) {
            assertThat(bounded.failure().getRetryAfter()).isEqualTo(ofSeconds(30));
        }

        assertThat(service.requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "RESET", "HALF_CLOSE"})
    void aConnectionLostBeforeTheHeadIsTriedAgain(Ending ending) {
        service.replays(Reply.nothing().ending(ending), Answers.good());

        Exchange asked = route.ask();

        assertThat(AskRoute.answerOf(asked)).isEqualTo(Answers.TEXT);
        assertThat(AskRoute.attempts(asked)).isEqualTo(2);
    }

    @Test
    void aConnectionThatIsRefusedIsTriedAgainAndThenFailsWithTheHost() throws IOException {
        try (AskRoute nowhere = AskRoute.to("http://localhost:" + unusedPort(), "retryDelay=100")) {
            long begin = System.nanoTime();

            ClovaException failure = nowhere.failure();

            assertThat(failure).isInstanceOf(ClovaConnectionException.class).hasMessageContaining("localhost");
            assertThat(failure.isRetryable()).isTrue();
            // Two pauses, of 100 and of 200 ms, each a fifth shorter at most.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(240));
        }
    }

    @Test
    void aConnectionThatWentStaleInThePoolIsNotSeenByTheRoute() {
        for (int i = 0; i < 50; i++) {
            service.replays(Answers.good().ending(Ending.CLOSE));

            assertThat(route.answer()).isEqualTo(Answers.TEXT);
        }
    }

    @Test
    void camelsRedeliveryRepeatsACallThatFailedWithAnEnvelope() throws Exception {
        service.replays(Answers.envelope(200, "40000"), Answers.envelope(200, "50000"), Answers.good());
        route.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(ClovaException.class).maximumRedeliveries(3).redeliveryDelay(0);
                from("direct:stubborn").to(route.uri() + "&maxRetries=0");
            }
        });

        Exchange asked = route.template()
                .request("direct:stubborn", exchange -> exchange.getMessage().setBody("hello"));

        assertThat(AskRoute.answerOf(asked)).isEqualTo(Answers.TEXT);
        assertThat(service.requests()).hasSize(3);
        assertThat(service.requests())
                .extracting(ReceivedRequest::body)
                .containsOnly(service.requests().get(0).body());
    }

    @Test
    void connectionsAreKeptFromTryToTry() {
        service.replays(Reply.json(503, "{}"), Reply.json(503, "{}"));

        route.answer();

        await().atMost(ofSeconds(5)).until(() -> service.openReplies() == 0);
        assertThat(service.requests())
                .extracting(ReceivedRequest::connection)
                .containsOnly(service.requests().get(0).connection());
    }

    private Duration between(int one, int other) {
        return Duration.between(
                service.requests().get(one).at(), service.requests().get(other).at());
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
