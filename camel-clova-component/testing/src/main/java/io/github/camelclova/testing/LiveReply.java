package io.github.camelclova.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A reply whose body the test sends bit by bit, while the request is open.
 *
 * <pre>{@code
 * LiveReply live = new LiveReply();
 * standIn.replays(live.reply());
 * ...                                       // let the code under test send its request
 * live.awaitStarted(Duration.ofSeconds(5));
 * live.send("event:token\ndata:{...}\n\n");
 * live.finish();
 * }</pre>
 *
 * <p>It answers one request; a second one that is given the same reply gets status 500. All methods may be called from any
 * thread and none waits, except those named so. What is sent before the request came is kept for it; what is sent after the
 * client has gone is dropped.
 */
public final class LiveReply {

    private final LiveFeed feed = new LiveFeed();
    private final Reply reply = Reply.live(feed);

    /**
     * The reply to put into a script: status 200, {@code text/event-stream}, chunked, its head written at once. Head, waits
     * and ending can be changed like those of any reply; the ending is that of {@link #finish}.
     */
    public Reply reply() {
        return reply;
    }

    /** Sends text in UTF-8, as {@link #send(byte[])} does. */
    public void send(String text) {
        feed.send(text.getBytes(UTF_8));
    }

    /**
     * Sends bytes in one write, or in several of 16 KiB. Writing waits, this method does not, while the client takes no more.
     * Throws {@link IllegalStateException} once the reply was finished, reset or broken off.
     */
    public void send(byte[] bytes) {
        feed.send(bytes.clone());
    }

    /** Ends the body in good form, after everything that was sent, and leaves the connection as the reply's ending says. */
    public void finish() {
        feed.finish();
    }

    /** Closes the connection (FIN) after everything that was sent, in the middle of the body. */
    public void breakOff() {
        feed.breakOff(Ending.CLOSE);
    }

    /** Resets the connection (RST) after everything that was sent, in the middle of the body. */
    public void reset() {
        feed.breakOff(Ending.RESET);
    }

    /** Waits until the head of this reply is written, and fails with {@link AssertionError} when that takes longer. */
    public void awaitStarted(Duration timeout) {
        feed.awaitStarted(timeout);
    }

    /**
     * Waits until the connection is gone although the reply was not finished, and fails with {@link AssertionError} when that
     * takes longer.
     */
    public void awaitClientGone(Duration timeout) {
        feed.awaitGone(timeout);
    }

    /** When the connection was lost in the middle of this reply; empty while that has not happened. */
    public Optional<Instant> clientGoneAt() {
        return feed.goneAt();
    }

    /** How many of the sent bytes the socket has not taken yet: those that wait for a client that does not read. */
    public long unwrittenBytes() {
        return feed.unwrittenBytes();
    }

    /**
     * True while fewer than 64 KiB wait to be written. A test that sends only while this is true behaves like a service that
     * heeds back-pressure. False once the client has gone.
     */
    public boolean isWritable() {
        return feed.isWritable();
    }
}
