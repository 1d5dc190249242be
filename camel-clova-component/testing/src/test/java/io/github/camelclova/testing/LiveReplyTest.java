package io.github.camelclova.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.SocketException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LiveReplyTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    @RegisterExtension
    static final ClovaStandInExtension service = new ClovaStandInExtension();

    private final LiveReply live = new LiveReply();

    @Test
    void whatIsSentArrivesAtOnceAndTheConnectionServesOn() throws Exception {
        service.get().replays(live.reply(), Reply.json("{\"next\":1}"));
        try (RawClient client = new RawClient(service.get().port()).post("/", "{}")) {
            assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200 OK");
            live.awaitStarted(SOON);

            live.send("data:1\n\n");
            assertThat(client.readUntil("\n\n\r\n")).isEqualTo("8\r\ndata:1\n\n\r\n");
            live.send("안".getBytes(UTF_8));
            assertThat(client.readUntil("안\r\n")).startsWith("3");
            live.finish();

            assertThat(client.readUntil("0\r\n\r\n")).isEqualTo("0\r\n\r\n");
            client.post("/", "{}").readUntil("{\"next\":1}");
            assertThat(live.clientGoneAt()).isEmpty();
            assertThat(live.unwrittenBytes()).isZero();
        }
    }

    @Test
    void whatWasSentBeforeTheRequestIsKept() throws Exception {
        live.send("early");
        live.finish();
        service.get().replays(live.reply().closesConnection());

        try (RawClient client = new RawClient(service.get().port())) {
            assertThat(client.post("/", "{}").readAll()).endsWith("5\r\nearly\r\n0\r\n\r\n");
        }
        assertThatThrownBy(() -> live.send("late")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aClientThatGoesIsSeenAtOnce() throws Exception {
        service.get().replays(live.reply());
        RawClient client = new RawClient(service.get().port()).post("/", "{}");
        live.awaitStarted(SOON);
        assertThatThrownBy(() -> live.awaitClientGone(Duration.ofMillis(20))).isInstanceOf(AssertionError.class);

        Instant left = Instant.now();
        client.close();

        live.awaitClientGone(SOON);
        assertThat(live.clientGoneAt().orElseThrow()).isBetween(left, left.plusSeconds(1));
        live.send("into the void");
        live.finish();
        assertThat(live.unwrittenBytes()).isZero();
        assertThat(live.isWritable()).isFalse();
    }

    @Test
    void aResetAndABreakComeAfterWhatWasSent() throws Exception {
        LiveReply broken = new LiveReply();
        service.get().replays(live.reply(), broken.reply());
        live.send("half");
        broken.send("half");

        try (RawClient client = new RawClient(service.get().port()).post("/", "{}")) {
            client.readUntil("4\r\nhalf\r\n");
            live.reset();
            assertThatThrownBy(client::readAll).isInstanceOf(SocketException.class);
        }
        try (RawClient client = new RawClient(service.get().port()).post("/", "{}")) {
            broken.breakOff();
            assertThat(client.readAll()).endsWith("4\r\nhalf\r\n");
        }
        assertThat(live.clientGoneAt()).isEmpty();
    }

    @Test
    void aSecondRequestGetsNoPartOfIt() throws Exception {
        live.finish();
        service.get().replaysAlways(live.reply());

        assertThat(Http.post(service.get().baseUrl(), "{}").statusCode()).isEqualTo(200);
        assertThat(Http.post(service.get().baseUrl(), "{}").statusCode()).isEqualTo(500);
    }

    @Test
    void aClientThatDoesNotReadHoldsTheServiceBack() throws Exception {
        byte[] piece = new byte[8 * 1024];
        service.get().replays(live.reply());
        try (RawClient client = new RawClient(service.get().port()).post("/", "{}")) {
            live.awaitStarted(SOON);

            await().pollInterval(Duration.ofMillis(100)).until(() -> sendsWhileWritable(piece) == 0);

            assertThat(live.unwrittenBytes()).isBetween(64L * 1024, 64L * 1024 + piece.length);
            live.breakOff();
            assertThat(client.readAll()).isNotEmpty();
            assertThat(live.unwrittenBytes()).isZero();
        }
    }

    private int sendsWhileWritable(byte[] piece) {
        int sends = 0;
        while (live.isWritable()) {
            live.send(piece);
            sends++;
        }
        return sends;
    }

    @Test
    void aLiveReplyCannotBeCutOrCompressed() {
        assertThatThrownBy(() -> live.reply().byteByByte()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> live.reply().gzipped()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> live.reply().withContentLength()).isInstanceOf(IllegalStateException.class);
    }
}
