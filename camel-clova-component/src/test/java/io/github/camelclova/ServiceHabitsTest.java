package io.github.camelclova;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.chat.ClovaAuthenticationException;
import io.github.camelclova.chat.ClovaLimitException;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not to be told from the end of a call alone; the table of faults has the rest. */
class ServiceHabitsTest {

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private static ClovaStandIn service;
    private static AskRoute route;

    @BeforeAll
    static void start() {
        service = SERVICE.get();
        route = AskRoute.to(service.baseUrl(), "maxRetries=0");
    }

    @AfterAll
    static void stop() {
        route.close();
    }

    @AfterEach
    void nothingIsLeftOpen() {
        await().atMost(ofSeconds(5)).until(() -> service.openReplies() == 0);
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
}
