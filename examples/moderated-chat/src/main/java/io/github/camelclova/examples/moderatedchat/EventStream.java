package io.github.camelclova.examples.moderatedchat;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The server-sent events of one answer. One thread sends them; another, that of the web server, reads them and writes them
 * to the browser.
 *
 * <p>A few events wait in between; whoever sends more waits for the browser. While there is nothing to read it reads as a
 * comment every second: only by writing does a server learn that the browser has gone.
 */
final class EventStream extends InputStream {

    private static final int EVENTS_THAT_WAIT = 16;
    private static final long SILENCE_MILLIS = 1_000;
    private static final byte[] COMMENT = ": still here\n\n".getBytes(UTF_8);
    private static final byte[] END = {};

    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(EVENTS_THAT_WAIT);
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Runnable whenClosed;
    private volatile boolean closed;
    private byte[] current = END;
    private int position;

    /** What is to be done when nobody reads on, whether to the end or not; on the thread that closes. */
    EventStream(Runnable whenClosed) {
        this.whenClosed = whenClosed;
    }

    /** Waits until there is room. Does nothing once the stream has ended or was closed. */
    void send(String name, Object data) throws InterruptedException {
        if (!ended.get()) {
            put(event(name, data));
        }
    }

    /** Sends a last event. Does nothing when there was one before. */
    void end(String name, Object data) throws InterruptedException {
        if (ended.compareAndSet(false, true)) {
            put(event(name, data));
            put(END);
        }
    }

    /** As {@link #end}, but drops what waits, and so waits for nobody. */
    void endNow(String name, Object data) {
        if (ended.compareAndSet(false, true)) {
            waiting.clear();
            // Whoever was waiting for room may have been faster; one event more is no harm.
            while (!waiting.offer(event(name, data))) {
                waiting.clear();
            }
            while (!waiting.offer(END)) {
                waiting.poll();
            }
        }
    }

    private void put(byte[] event) throws InterruptedException {
        if (!closed) {
            waiting.put(event);
        }
    }

    private static byte[] event(String name, Object data) {
        return "event: %s\ndata: %s\n\n".formatted(name, Json.of(data)).getBytes(UTF_8);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) == -1 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        if (position == current.length && !next()) {
            return -1;
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, target, offset, count);
        position += count;
        return count;
    }

    private boolean next() {
        if (closed) {
            return false;
        }
        try {
            byte[] event = waiting.poll(SILENCE_MILLIS, TimeUnit.MILLISECONDS);
            current = event == null ? COMMENT : event;
            position = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            close();
            return false;
        }
        if (current == END) {
            closed = true;
            return false;
        }
        return true;
    }

    @Override
    public void close() {
        closed = true;
        // Whoever waits for room has it now.
        waiting.clear();
        whenClosed.run();
    }
}
