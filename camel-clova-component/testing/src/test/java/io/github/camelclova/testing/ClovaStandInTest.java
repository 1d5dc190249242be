package io.github.camelclova.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClovaStandInTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    @Test
    void recordsWhatItReceived() throws Exception {
        try (ClovaStandIn standIn = ClovaStandIn.start()) {
            Instant begin = Instant.now();

            Http.post(standIn.baseUrl() + "/v3/chat-completions/X?a=b", "{\"k\":\"값\"}", "X-Request", "r-1");

            ReceivedRequest request = standIn.awaitRequest(0, SOON);
            assertThat(standIn.requests()).hasSize(1);
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.path()).isEqualTo("/v3/chat-completions/X?a=b");
            assertThat(request.header("x-REQUEST")).contains("r-1");
            assertThat(request.header("missing")).isEmpty();
            assertThat(request.body()).isEqualTo("{\"k\":\"값\"}");
            assertThat(request.bytes()).isEqualTo(request.body().getBytes(UTF_8));
            assertThat(request.json().path("k").asText()).isEqualTo("값");
            assertThat(request.at()).isBetween(begin, Instant.now());
            assertThat(request.connection()).isZero();
        }
    }

    @Test
    void aRequestInChunksIsRecordedWhole() throws Exception {
        try (ClovaStandIn standIn = ClovaStandIn.start();
                RawClient client = new RawClient(standIn.port())) {
            client.send("POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n"
                    .getBytes(UTF_8));

            assertThat(standIn.awaitRequest(0, SOON).body()).isEqualTo("abc");
        }
    }

    @Test
    void aClientThatAsksFirstIsToldToContinue() throws Exception {
        try (ClovaStandIn standIn = ClovaStandIn.start();
                RawClient client = new RawClient(standIn.port())) {
            client.send("POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n".getBytes(UTF_8));

            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
            client.send("{}".getBytes(UTF_8));
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 404 ");
        }
    }

    @Test
    void aRequestThatDoesNotComeFailsTheTest() {
        try (ClovaStandIn standIn = ClovaStandIn.start()) {
            assertThatThrownBy(() -> standIn.awaitRequest(2, Duration.ofMillis(20)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("request 2 did not come");
        }
    }

    @Test
    void resetForgetsScriptAndRequestsAndClosesWhatStalls() throws Exception {
        try (ClovaStandIn standIn = ClovaStandIn.start();
                RawClient stalled = new RawClient(standIn.port())) {
            standIn.replays(Reply.nothing(), Reply.json("{}")).replaysAlways(Reply.json("{}"));
            stalled.post("/", "{}");
            standIn.awaitRequest(0, SOON);

            standIn.reset();

            assertThat(standIn.requests()).isEmpty();
            assertThat(standIn.openReplies()).isZero();
            assertThat(stalled.readAll()).isEmpty();
            assertThat(Http.post(standIn.baseUrl(), "{}").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void closeEndsConnectionsAndMayBeCalledAgain() throws Exception {
        ClovaStandIn standIn = ClovaStandIn.start();
        try (RawClient idle = new RawClient(standIn.port())) {
            await().untilAsserted(() -> assertThat(standIn.openConnections()).isEqualTo(1));

            standIn.close();
            standIn.close();

            assertThat(idle.readAll()).isEmpty();
            assertThat(standIn.openConnections()).isZero();
            assertThatThrownBy(() -> new RawClient(standIn.port()).close()).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void listensWhereItIsToldAndSaysWhenItCannot() {
        try (ClovaStandIn first = ClovaStandIn.start()) {
            ClovaStandIn.Builder same = ClovaStandIn.builder().port(first.port());

            assertThatThrownBy(same::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(String.valueOf(first.port()));
            assertThat(first.baseUrl()).isEqualTo("http://localhost:" + first.port());
            assertThat(first.openAiBaseUrl()).isEqualTo(first.baseUrl() + "/v1");
        }
    }

    @Test
    void saysWhatItWasToldToSayAndStillHeedsMarkers() throws Exception {
        try (ClovaStandIn standIn = ClovaStandIn.builder()
                .text(message -> "positive | " + message.length())
                .start()) {
            String question = UnscriptedAnswersTest.user("Hello #insult:0", "\"includeAiFilters\":true");

            String clova = Http.post(standIn.baseUrl() + "/v3/chat-completions/HCX-005", question)
                    .body();
            String openAi = Http.post(standIn.openAiBaseUrl() + "/chat/completions", question)
                    .body();

            assertThat(clova).contains("\"positive | 5\"").contains("\"score\":\"0\"");
            assertThat(openAi).contains("\"positive | 5\"").contains("content_filter");
        }
    }

    @Test
    void tokensComeAtTheirPace() throws Exception {
        try (ClovaStandIn standIn =
                ClovaStandIn.builder().tokenDelay(Duration.ofMillis(10)).start()) {
            long begin = System.nanoTime();

            Http.post(
                    standIn.baseUrl() + "/v3/chat-completions/HCX-005",
                    UnscriptedAnswersTest.user("Hello", "\"maxTokens\":10"),
                    "Accept",
                    "text/event-stream");

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(100));
        }
    }

    @Test
    void answersLetTheirClientsWait() throws Exception {
        try (ClovaStandIn standIn =
                ClovaStandIn.builder().answerDelay(Duration.ofMillis(150)).start()) {
            long begin = System.nanoTime();

            Http.post(standIn.baseUrl() + "/v3/chat-completions/HCX-005", UnscriptedAnswersTest.user("Hello"));

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(150));
        }
    }

    @Test
    void aHugeReplyWaitsOnTheHeapOfNobodyWhileTheClientDoesNotRead() throws Exception {
        byte[] huge = new byte[64 * 1024 * 1024];
        try (ClovaStandIn standIn = ClovaStandIn.start();
                RawClient client = new RawClient(standIn.port())) {
            standIn.replays(Reply.events(huge).withContentLength().ending(Ending.CLOSE));
            client.post("/", "{}");
            await().untilAsserted(() -> assertThat(standIn.unwrittenBytes()).isPositive());

            List<Long> waiting = IntStream.range(0, 50)
                    .mapToObj(look -> standIn.unwrittenBytes())
                    .toList();

            assertThat(waiting).allMatch(bytes -> bytes < 100_000);
            assertThat(standIn.openReplies()).isEqualTo(1);
            assertThat(client.socket().getInputStream().readAllBytes()).hasSizeGreaterThan(huge.length);
        }
    }
}
