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

    /** Told when there is no room left, and when there is some again. */
    interface Fullness {
        void full(boolean nowFull);
    }

    private final Fullness fullness;
    private @Nullable CapacityChannel channel;
    private int ahead;
    private int pending;

    /** @param fullness is called under the window's lock, so that it hears things in their order */
    Window(Fullness fullness) {
        this.fullness = fullness;
    }

    /** Counts bytes that came. */
    synchronized void use(int bytes) {
        ahead += bytes;
        if (ahead >= SIZE) {
            fullness.full(true);
        }
    }

    /** Makes room, which the service has only once it was passed on. */
    synchronized void grant(int bytes) {
        pending += bytes;
        if (pending >= BATCH) {
            pass();
        }
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
        boolean wasFull = ahead >= SIZE;
        pending = 0;
        ahead -= passed;
        try {
            channel.update(passed);
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
        if (wasFull && ahead < SIZE) {
            fullness.full(false);
        }
    }
}
