package io.github.camelclova;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelclova.chat.ClovaConnectionException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaLimitException;
import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.chat.ClovaTruncatedException;
import io.github.camelclova.chat.ClovaUnreadableException;
import io.github.camelclova.testing.Ending;
import io.github.camelclova.testing.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.params.provider.Arguments;

/** Ways in which a service, or what stands between, can fail to answer; and what each of them is to the route. */
final class Faults {

    /** So that "too large" comes soon. */
    static final String BOUND = "maxResponseSize=100000";

    private static final int HALF = 60;

    private Faults() {}

    static Stream<Arguments> all() {
        return Stream.of(lost(), notHttp(), gzip(), json()).flatMap(faults -> faults);
    }

    private static Stream<Arguments> lost() {
        Reply half = Answers.good().truncatedAt(HALF);
        Reply inHead = raw("HTTP/1.1 200 OK\r\nContent-Type: application/js");
        Reply wrongLength = Answers.good().header("Content-Length", "1000");
        return Stream.of(
                fault("closed before the head", Reply.nothing().ending(Ending.CLOSE), ClovaConnectionException.class),
                fault("reset before the head", Reply.nothing().ending(Ending.RESET), ClovaConnectionException.class),
                fault(
                        "half closed before the head",
                        Reply.nothing().ending(Ending.HALF_CLOSE),
                        ClovaConnectionException.class),
                fault("stalled before the head", Reply.nothing(), ClovaTimeoutException.class),
                // The HTTP client takes the end of the connection for the end of the head.
                fault("closed in the head", inHead.ending(Ending.CLOSE), ClovaUnreadableException.class),
                fault("reset in the head", inHead.ending(Ending.RESET), ClovaConnectionException.class),
                fault("half closed in the head", inHead.ending(Ending.HALF_CLOSE), ClovaUnreadableException.class),
                fault("stalled in the head", inHead.ending(Ending.STALL), ClovaTimeoutException.class),
                fault("closed in the body", half.ending(Ending.CLOSE), ClovaTruncatedException.class),
                fault("reset in the body", half.ending(Ending.RESET), ClovaTruncatedException.class),
                fault("half closed in the body", half.ending(Ending.HALF_CLOSE), ClovaTruncatedException.class),
                fault("stalled in the body", half.ending(Ending.STALL), ClovaTimeoutException.class),
                fault("closed in a chunk", half.chunked().ending(Ending.CLOSE), ClovaTruncatedException.class),
                fault("reset in a chunk", half.chunked().ending(Ending.RESET), ClovaTruncatedException.class),
                fault(
                        "half closed in a chunk",
                        half.chunked().ending(Ending.HALF_CLOSE),
                        ClovaTruncatedException.class),
                fault("stalled in a chunk", half.chunked().ending(Ending.STALL), ClovaTimeoutException.class),
                fault(
                        "closed before the last chunk",
                        Answers.good()
                                .chunked()
                                .truncatedAt(Answers.JSON.getBytes(UTF_8).length)
                                .ending(Ending.CLOSE),
                        ClovaTruncatedException.class),
                fault(
                        "closed before the end of its length",
                        wrongLength.ending(Ending.CLOSE),
                        ClovaTruncatedException.class),
                fault("stalled before the end of its length", wrongLength, ClovaTimeoutException.class),
                fault("cut JSON until the end of the connection", half.untilClose(), ClovaUnreadableException.class));
    }

    private static Stream<Arguments> notHttp() {
        String manyHeaders = IntStream.range(0, 1000)
                .mapToObj(i -> "X-%d: y\r\n".formatted(i))
                .reduce("", String::concat);
        return Stream.of(
                fault("no status line", raw("this is not HTTP\r\n\r\n"), ClovaUnreadableException.class),
                fault("another protocol", raw("SSH-2.0-OpenSSH_9.2\r\n"), ClovaUnreadableException.class),
                fault("an endless status line", raw("x".repeat(500_000)), ClovaUnreadableException.class),
                fault("headers without end", raw("HTTP/1.1 200 OK\r\n" + manyHeaders), ClovaUnreadableException.class),
                fault(
                        "an endless header",
                        raw("HTTP/1.1 200 OK\r\nX: " + "y".repeat(500_000)),
                        ClovaUnreadableException.class),
                fault(
                        "a status that is no number",
                        raw("HTTP/1.1 OK 200\r\nContent-Length: 0\r\n\r\n"),
                        ClovaUnreadableException.class),
                fault(
                        "a chunk of no size",
                        raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n"),
                        ClovaTruncatedException.class),
                fault("no content", Answers.good().status(204).truncatedAt(0), ClovaUnreadableException.class),
                fault("a page", Reply.text(200, "text/html", "<html>"), ClovaUnreadableException.class));
    }

    private static Stream<Arguments> gzip() {
        byte[] wrongChecksum = packed(Answers.JSON.getBytes(UTF_8));
        wrongChecksum[wrongChecksum.length - 8] ^= 1;
        return Stream.of(
                fault(
                        "no gzip although it says so",
                        Answers.good().header("Content-Encoding", "gzip"),
                        ClovaUnreadableException.class),
                fault("a wrong checksum", rawGzip(wrongChecksum), ClovaUnreadableException.class),
                fault("half of the gzip", Answers.good().gzipped().truncatedAt(HALF), ClovaTruncatedException.class),
                fault(
                        "gzip without its checksum",
                        Answers.good().gzipped().truncatedAt(packed(Answers.JSON.getBytes(UTF_8)).length - 8),
                        ClovaTruncatedException.class),
                fault("a bomb", Reply.json("0".repeat(20_000_000)).gzipped(), ClovaLimitException.class));
    }

    private static Stream<Arguments> json() {
        return Stream.of(
                fault("a body that is too large", Reply.json(" ".repeat(100_001)), ClovaLimitException.class),
                fault("a body without end", Reply.json(" ".repeat(2_000_000)).chunked(), ClovaLimitException.class),
                fault(
                        "JSON that is too deep",
                        Reply.json("{\"result\":" + "[".repeat(49_000) + "]".repeat(49_000) + "}"),
                        ClovaUnreadableException.class),
                fault(
                        "a number that is too long",
                        Reply.json("{\"result\":" + "9".repeat(10_000) + "}"),
                        ClovaUnreadableException.class),
                fault(
                        "bytes that are no UTF-8",
                        rawJson(new byte[] {'{', '"', (byte) 0xff, '"'}),
                        ClovaUnreadableException.class));
    }

    private static Arguments fault(String name, Reply reply, Class<? extends ClovaException> failure) {
        return Arguments.of(name, reply, failure);
    }

    static Reply raw(String response) {
        return Reply.raw(response.getBytes(UTF_8));
    }

    private static Reply rawGzip(byte[] body) {
        return withHead("Content-Type: application/json\r\nContent-Encoding: gzip\r\n", body);
    }

    private static Reply rawJson(byte[] body) {
        return withHead("Content-Type: application/json\r\n", body);
    }

    private static Reply withHead(String headers, byte[] body) {
        ByteArrayOutputStream response = new ByteArrayOutputStream();
        String head = "HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n".formatted(headers, body.length);
        response.writeBytes(head.getBytes(UTF_8));
        response.writeBytes(body);
        return Reply.raw(response.toByteArray());
    }

    private static byte[] packed(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
