package io.github.camelclova.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * What the stand-in sends for one request, down to the single write. Immutable: every method that changes something returns
 * another reply, and one reply can be sent any number of times (but see {@link LiveReply}).
 *
 * <p>Offsets and lengths are bytes of the body as it goes over the wire, so after compression and before chunking; in a
 * {@linkplain #raw raw} reply they count from the status line on. Each write of the body is flushed, and in a chunked body
 * it is one HTTP chunk. Without any cut a body is written in pieces of 16 KiB. Nothing is written while the client's side of
 * the connection takes no more.
 *
 * <p>Methods that change the head throw {@link IllegalStateException} on a raw reply, methods that cut or compress the body do
 * so on a live one.
 */
public final class Reply {

    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";

    private final @Nullable ReplyHead head;
    private final byte[] body;
    private final @Nullable LiveFeed feed;
    private final Cuts cuts;
    private final Pacing pacing;
    private final Ending ending;

    private Reply(
            @Nullable ReplyHead head, byte[] body, @Nullable LiveFeed feed, Cuts cuts, Pacing pacing, Ending ending) {
        this.head = head;
        this.body = body;
        this.feed = feed;
        this.cuts = cuts;
        this.pacing = pacing;
        this.ending = requireNonNull(ending, "ending");
    }

    /** Status 200, {@code application/json}, with a content length. */
    public static Reply json(String body) {
        return json(200, body);
    }

    /** {@code application/json} with a content length. */
    public static Reply json(int status, String body) {
        return text(status, JSON, body);
    }

    /** A text in UTF-8 with a content length. */
    public static Reply text(int status, String contentType, String body) {
        return fixed(ReplyHead.of(status, contentType, Framing.LENGTH), body.getBytes(UTF_8));
    }

    /** Status 200, {@code text/event-stream}, chunked. The text is the body as it is, in UTF-8. */
    public static Reply events(String sse) {
        return events(sse.getBytes(UTF_8));
    }

    /** Status 200, {@code text/event-stream}, chunked. */
    public static Reply events(byte[] sse) {
        return fixed(ReplyHead.of(200, EVENTS, Framing.CHUNKED), sse.clone());
    }

    /** Status 200, {@code text/event-stream}, chunked. */
    public static Reply events(Transcript sse) {
        return events(sse.bytes());
    }

    /** Bytes for the socket, status line included, to which nothing is added. */
    public static Reply raw(byte[] wholeResponse) {
        return fixed(null, wholeResponse.clone());
    }

    /** No byte at all: the request is taken and the connection stalls. With another ending it does that instead. */
    public static Reply nothing() {
        return raw(new byte[0]).ending(Ending.STALL);
    }

    static Reply live(LiveFeed feed) {
        return new Reply(
                ReplyHead.of(200, EVENTS, Framing.CHUNKED),
                new byte[0],
                feed,
                Cuts.NONE,
                Pacing.NONE,
                Ending.KEEP_ALIVE);
    }

    private static Reply fixed(@Nullable ReplyHead head, byte[] body) {
        return new Reply(head, body, null, Cuts.NONE, Pacing.NONE, Ending.KEEP_ALIVE);
    }

    /** Throws {@link IllegalArgumentException} unless the status has three digits. */
    public Reply status(int status) {
        return with(changeable().withStatus(status));
    }

    /**
     * Adds a header beside those of the same name. {@code Server}, {@code Content-Length}, {@code Transfer-Encoding} and
     * {@code Connection} replace what the stand-in would write itself, so that they can be wrong.
     */
    public Reply header(String name, String value) {
        return with(changeable().with(name, value));
    }

    /** Removes every header of this name in any case, also one that the stand-in would write itself. */
    public Reply withoutHeader(String name) {
        return with(changeable().without(name));
    }

    /** Replaces the content type. */
    public Reply contentType(String contentType) {
        return with(changeable().without("Content-Type").with("Content-Type", contentType));
    }

    /** Compresses the body and says so in {@code Content-Encoding}. */
    public Reply gzipped() {
        requireFixed("compressed");
        ReplyHead encoded = changeable().with("Content-Encoding", "gzip");
        return new Reply(encoded, gzip(body), null, cuts, pacing, ending);
    }

    /** Sends the body in one length that is told beforehand. */
    public Reply withContentLength() {
        requireFixed("given a length");
        return with(changeable().withFraming(Framing.LENGTH));
    }

    /** Sends each write of the body as an HTTP chunk. */
    public Reply chunked() {
        return with(changeable().withFraming(Framing.CHUNKED));
    }

    /** Sends neither length nor chunks: the body ends with the connection, as {@link Ending#CLOSE} says unless changed. */
    public Reply untilClose() {
        Reply framed = with(changeable().withFraming(Framing.UNTIL_CLOSE));
        return ending == Ending.KEEP_ALIVE ? framed.ending(Ending.CLOSE) : framed;
    }

    /** Writes the body in pieces that end at these offsets, beside those named before; offsets past the end do nothing. */
    public Reply cutAt(int... offsets) {
        return with(fixedCuts().at(offsets));
    }

    /** Writes every byte of the body on its own. */
    public Reply byteByByte() {
        return with(fixedCuts().everyByte());
    }

    /**
     * Sends only the first bytes of the body, then the ending. With {@link Ending#CLOSE} and its like the client can tell that
     * something is missing, also when the number is the whole length of a chunked body.
     */
    public Reply truncatedAt(int bytes) {
        return with(fixedCuts().truncatedAt(bytes));
    }

    /** Waits between the request and the head; by default not at all. */
    public Reply headDelay(Duration delay) {
        return with(pacing.withBeforeHead(delay));
    }

    /** Waits between the head and the body; by default not at all. */
    public Reply bodyDelay(Duration delay) {
        return with(pacing.withBeforeBody(delay));
    }

    /** Waits between two writes of the body; by default not at all. */
    public Reply pause(Duration pause) {
        return with(pacing.withBetweenWrites(pause));
    }

    /** What becomes of the connection afterwards; {@link Ending#KEEP_ALIVE} unless said otherwise. */
    public Reply ending(Ending other) {
        return new Reply(head, body, feed, cuts, pacing, other);
    }

    /**
     * Announces with {@code Connection: close} that the connection ends after this reply, and ends it. A connection that ends
     * without a word, and is stale in a client's pool, comes from {@link #ending ending(CLOSE)} alone.
     */
    public Reply closesConnection() {
        return header("Connection", "close").ending(Ending.CLOSE);
    }

    Pacing pacing() {
        return pacing;
    }

    Framing framing() {
        return head == null ? Framing.RAW : head.framing();
    }

    /** Empty for a raw reply. */
    byte[] headBytes() {
        if (head == null) {
            return new byte[0];
        }
        return head.bytes(ending == Ending.KEEP_ALIVE ? cuts.sent(body.length) : body.length);
    }

    /** A new reading of the body. Throws {@link IllegalStateException} for a live reply that was sent before. */
    Pieces pieces() {
        return feed == null ? new FixedPieces(body, cuts, ending) : feed.claimed(ending);
    }

    private Reply with(ReplyHead other) {
        return new Reply(other, body, feed, cuts, pacing, ending);
    }

    private Reply with(Cuts other) {
        return new Reply(head, body, feed, other, pacing, ending);
    }

    private Reply with(Pacing other) {
        return new Reply(head, body, feed, cuts, other, ending);
    }

    private ReplyHead changeable() {
        if (head == null) {
            throw new IllegalStateException("a raw reply has no head that could be changed");
        }
        return head;
    }

    private Cuts fixedCuts() {
        requireFixed("cut");
        return cuts;
    }

    private void requireFixed(String what) {
        if (feed != null) {
            throw new IllegalStateException("a live reply cannot be " + what + ": its body is not known yet");
        }
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }
}
