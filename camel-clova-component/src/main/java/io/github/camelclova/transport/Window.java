package io.github.camelclova.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.jspecify.annotations.Nullable;

/**
 * What the service may still send. The HTTP client begins with a window of {@link #SIZE} and asks for more when that is
 * used up; grants are passed on in batches, because each one wakes the I/O thread.
 */
final class Window {

    /** Bytes that a response may be ahead of its receiver. */
    static final int SIZE = 32 * 1024;

    private static final int BATCH = SIZE / 4;

    private @Nullable CapacityChannel channel;
    private int ahead;
    private int pending;

    /** Counts bytes that came; true when there is no room left for more. */
    synchronized boolean use(int bytes) {
        ahead += bytes;
        return ahead >= SIZE;
    }

    /** Makes room; true when there was none before. */
    synchronized boolean grant(int bytes) {
        boolean wasFull = ahead >= SIZE;
        ahead -= bytes;
        pending += bytes;
        if (pending >= BATCH) {
            pass();
        }
        return wasFull && ahead < SIZE;
    }

    synchronized void opened(CapacityChannel opened) {
        channel = opened;
        pass();
    }

    private void pass() {
        if (channel == null || pending == 0) {
            return;
        }
        int passed = pending;
        pending = 0;
        try {
            channel.update(passed);
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }
}
