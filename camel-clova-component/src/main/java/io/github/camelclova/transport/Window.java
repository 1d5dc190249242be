package io.github.camelclova.transport;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.jspecify.annotations.Nullable;

/**
 * What the service may still send. The HTTP client starts with a window of its own and asks for more when that is used
 * up; from then on, grants go straight to it.
 */
final class Window {

    private @Nullable CapacityChannel channel;
    private int granted;

    synchronized void grant(int bytes) {
        granted += bytes;
        pass();
    }

    synchronized void opened(CapacityChannel opened) {
        channel = opened;
        pass();
    }

    private void pass() {
        if (channel == null || granted == 0) {
            return;
        }
        int passed = granted;
        granted = 0;
        try {
            channel.update(passed);
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }
}
