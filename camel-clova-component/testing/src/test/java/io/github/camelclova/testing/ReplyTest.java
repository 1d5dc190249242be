package io.github.camelclova.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReplyTest {

    private static final String EVENTS = "event:token\ndata:{\"a\":\"안녕\"}\n\n";
    private static final int LENGTH = EVENTS.getBytes(UTF_8).length;

    @RegisterExtension
    static final ClovaStandInExtension service = new ClovaStandInExtension();

    @Test
    void repliesAreSentInTurnAndThenTheFallback() throws Exception {
        service.get()
                .replays(Reply.json("{\"first\":1}"), Reply.json(503, "{}"))
                .replaysAlways(Reply.text(200, "text/html", "<p>"));

        assertThat(post().body()).isEqualTo("{\"first\":1}");
        assertThat(post().statusCode()).isEqualTo(503);
        assertThat(post().headers().firstValue("Content-Type")).contains("text/html");
        assertThat(post().body()).isEqualTo("<p>");
    }

    @Test
    void aScriptMakesItsRepliesFromTheRequest() throws Exception {
        service.get().answers(request -> Reply.text(200, "text/plain", request.method() + request.body()));

        assertThat(post().body()).isEqualTo("POST{}");
    }

    @Test
    void aScriptThatThrowsIsAnsweredForWithStatus500() throws Exception {
        service.get().answers(request -> {
            throw new IllegalStateException("no idea");
        });

        HttpResponse<String> reply = post();

        assertThat(reply.statusCode()).isEqualTo(500);
        assertThat(reply.body()).contains("no idea");
    }

    @Test
    void aScriptThatHasNoReplyIsAnsweredForWithStatus500() throws Exception {
        service.get().answers(request -> null);

        HttpResponse<String> reply = post();

        assertThat(reply.statusCode()).isEqualTo(500);
        assertThat(reply.body()).contains("the script of the stand-in failed", "reply");
    }

    @Test
    void statusAndHeadersAreSentAsTheyWereSet() throws Exception {
        service.get()
                .replays(Reply.json("{}")
                        .status(429)
                        .header("Retry-After", "3")
                        .header("X-Two", "a")
                        .header("X-Two", "b")
                        .contentType("text/plain")
                        .withoutHeader("server"));

        HttpResponse<String> reply = post();

        assertThat(reply.statusCode()).isEqualTo(429);
        assertThat(reply.headers().firstValue("Retry-After")).contains("3");
        assertThat(reply.headers().allValues("X-Two")).containsExactly("a", "b");
        assertThat(reply.headers().allValues("Content-Type")).containsExactly("text/plain");
        assertThat(reply.headers().firstValue("Server")).isEmpty();
    }

    @Test
    void aHeaderThatWasSetByHandMayBeWrong() throws Exception {
        service.get().replays(Reply.json("{}").header("Content-Length", "99").ending(Ending.CLOSE));

        assertThat(raw())
                .contains("Content-Length: 99\r\n")
                .doesNotContain("Content-Length: 2")
                .endsWith("\r\n\r\n{}");
    }

    @Test
    void eachWriteOfAStreamIsAChunk() throws Exception {
        service.get().replays(Reply.events(EVENTS).cutAt(6, 20, 1000).ending(Ending.CLOSE));

        String wire = raw();

        assertThat(wire).contains("Transfer-Encoding: chunked\r\n").contains("\r\n\r\n6\r\nevent:\r\ne\r\ntoken\n");
        assertThat(wire).endsWith("\r\n0\r\n\r\n");
    }

    @Test
    void aStreamByteByByteArrivesWhole() throws Exception {
        service.get()
                .replays(
                        Reply.events(EVENTS).byteByByte(),
                        Reply.events(EVENTS).byteByByte().ending(Ending.CLOSE));

        assertThat(post().body()).isEqualTo(EVENTS);
        assertThat(raw().split("\r\n1\r\n", -1)).hasSize(LENGTH + 1);
    }

    @Test
    void aBodyInCutsWithoutChunksHasItsLength() throws Exception {
        service.get().replays(Reply.events(EVENTS).withContentLength().cutAt(3).pause(Duration.ofMillis(1)));

        HttpResponse<String> reply = post();

        assertThat(reply.headers().firstValue("Content-Length")).contains(String.valueOf(LENGTH));
        assertThat(reply.body()).isEqualTo(EVENTS);
    }

    @Test
    void waitsAddUp() throws Exception {
        Reply slow = Reply.events("abc")
                .byteByByte()
                .headDelay(Duration.ofMillis(100))
                .bodyDelay(Duration.ofMillis(100))
                .pause(Duration.ofMillis(50));
        service.get().replays(slow);
        long begin = System.nanoTime();

        assertThat(post().body()).isEqualTo("abc");

        assertThat(Duration.ofNanos(System.nanoTime() - begin))
                .isBetween(Duration.ofMillis(300), Duration.ofSeconds(5));
    }

    @Test
    void theBodyDelayComesAfterTheHead() throws Exception {
        service.get().replays(Reply.json("{}").bodyDelay(Duration.ofHours(1)));

        try (RawClient client = new RawClient(service.get().port())) {
            assertThat(client.post("/", "{}").readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 OK\r\n");
            assertThat(service.get().openReplies()).isEqualTo(1);
        }
        await().untilAsserted(() -> assertThat(service.get().openReplies()).isZero());
    }

    @Test
    void aGzippedBodyIsCompressedAndSaysSo() throws Exception {
        service.get().replays(Reply.json("{\"a\":1}").gzipped().byteByByte());

        HttpResponse<byte[]> reply =
                Http.CLIENT.send(Http.request(service.get().baseUrl(), "{}"), HttpResponse.BodyHandlers.ofByteArray());

        assertThat(reply.headers().firstValue("Content-Encoding")).contains("gzip");
        try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(reply.body()))) {
            assertThat(new String(plain.readAllBytes(), UTF_8)).isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void aBodyUntilCloseHasNeitherLengthNorChunks() throws Exception {
        service.get()
                .replays(Reply.events(EVENTS).untilClose(), Reply.events(EVENTS).untilClose());

        assertThat(raw()).doesNotContain("Content-Length", "chunked").endsWith("\r\n\r\n" + EVENTS);
        assertThat(post().body()).isEqualTo(EVENTS);
    }

    @Test
    void rawBytesAreSentAsTheyAre() throws Exception {
        service.get()
                .replays(Reply.raw("SMTP ready\n".getBytes(UTF_8)).byteByByte().ending(Ending.CLOSE));

        assertThat(raw()).isEqualTo("SMTP ready\n");
        assertThatThrownBy(() -> Reply.raw(new byte[0]).status(200)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void nothingAnswersWithNothing() throws Exception {
        service.get().replays(Reply.nothing(), Reply.nothing().ending(Ending.CLOSE));

        try (RawClient client = new RawClient(service.get().port())) {
            client.post("/", "{}").socket().setSoTimeout(100);
            assertThatThrownBy(client::readAll).isInstanceOf(SocketTimeoutException.class);
        }
        assertThat(raw()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "HALF_CLOSE"})
    void aTruncatedStreamThatIsClosedStaysUnfinished(Ending ending) throws Exception {
        service.get().replays(Reply.events(EVENTS).truncatedAt(5).ending(ending));

        assertThat(raw()).endsWith("\r\n\r\n5\r\nevent\r\n");
    }

    @Test
    void aTruncatedStreamThatIsKeptAliveIsWellFramed() throws Exception {
        service.get()
                .replays(
                        Reply.events(EVENTS).truncatedAt(5),
                        Reply.json("{\"a\":1}").truncatedAt(3));

        assertThat(post().body()).isEqualTo("event");
        assertThat(post().headers().firstValue("Content-Length")).contains("3");
        assertThat(connections()).containsExactly(0, 0);
    }

    @Test
    void aTruncatedDocumentThatIsClosedIsShorterThanItsLength() throws Exception {
        service.get().replays(Reply.json("{\"a\":1}").truncatedAt(3).ending(Ending.CLOSE));

        assertThatThrownBy(ReplyTest::post).isInstanceOf(IOException.class);
    }

    @Test
    void aResetIsSeenAsAResetAfterTheLastByte() throws Exception {
        service.get().replays(Reply.events(EVENTS).truncatedAt(5).ending(Ending.RESET));

        try (RawClient client = new RawClient(service.get().port())) {
            client.post("/", "{}").readUntil("5\r\nevent\r\n");
            assertThatThrownBy(client::readAll)
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void aStallLeavesTheConnectionOpenAndTheStreamUnfinished() throws Exception {
        service.get().replays(Reply.events(EVENTS).ending(Ending.STALL));

        try (RawClient client = new RawClient(service.get().port())) {
            client.post("/", "{}").readUntil("\n\n\r\n");
            client.socket().setSoTimeout(100);
            assertThatThrownBy(client::readAll).isInstanceOf(SocketTimeoutException.class);
            assertThat(service.get().openReplies()).isEqualTo(1);
        }
    }

    @Test
    void aHalfClosedConnectionStaysUntilTheClientGoes() throws Exception {
        service.get().replays(Reply.events(EVENTS).ending(Ending.HALF_CLOSE));

        try (RawClient client = new RawClient(service.get().port())) {
            assertThat(client.post("/", "{}").readAll()).endsWith("0\r\n\r\n");
            assertThat(service.get().openConnections()).isPositive();
        }
        await().untilAsserted(() -> assertThat(service.get().openReplies()).isZero());
    }

    @Test
    void aClosingReplySaysSoOrNot() throws Exception {
        service.get()
                .replays(Reply.json("{}").closesConnection(), Reply.json("{}").ending(Ending.CLOSE));

        assertThat(raw()).contains("Connection: close\r\n");
        assertThat(raw()).doesNotContain("Connection:");
    }

    @Test
    void aClientThatAsksForACloseGetsIt() throws Exception {
        try (RawClient client = new RawClient(service.get().port())) {
            assertThat(client.post("/", "{}", "Connection: close").readAll()).startsWith("HTTP/1.1 404");
        }
    }

    @Test
    void repliesToRequestsInOneGoKeepTheirOrder() throws Exception {
        service.get()
                .replays(
                        Reply.text(200, "text/plain", "one").headDelay(Duration.ofMillis(50)),
                        Reply.text(200, "text/plain", "two").closesConnection());

        try (RawClient client = new RawClient(service.get().port())) {
            client.send("GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n".getBytes(UTF_8));
            String wire = client.readAll();
            assertThat(wire.indexOf("one")).isPositive().isLessThan(wire.indexOf("two"));
        }
    }

    @Test
    void whatIsNoHttpIsABadRequest() throws Exception {
        try (RawClient client = new RawClient(service.get().port())) {
            assertThat(client.send("nonsense\r\n\r\n".getBytes(UTF_8)).readAll())
                    .startsWith("HTTP/1.1 400 ")
                    .contains("\"40000\"");
        }
        assertThat(service.get().requests()).isEmpty();
    }

    @Test
    void whatCannotBeIsRefusedAtTheDoor() {
        assertThatThrownBy(() -> Reply.json("{}").status(99)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Reply.json("{}").cutAt(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Reply.json("{}").truncatedAt(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Reply.json("{}").pause(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static HttpResponse<String> post() throws Exception {
        return Http.post(service.get().baseUrl() + "/any", "{}");
    }

    private static String raw() throws IOException {
        try (RawClient client = new RawClient(service.get().port())) {
            return client.post("/any", "{}").readAll();
        }
    }

    /** The connections of this test, numbered from its first. */
    private static List<Integer> connections() {
        int first = service.get().requests().get(0).connection();
        return service.get().requests().stream()
                .map(request -> request.connection() - first)
                .toList();
    }
}
