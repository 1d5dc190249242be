package io.github.camelclova.testing;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits of a test's own thread. What does not come in time fails the test. */
final class Waiting {

    private Waiting() {}

    static void await(CountDownLatch event, Duration timeout, String otherwise) {
        try {
            if (!event.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError(otherwise + " within " + timeout);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static AssertionError interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new AssertionError("interrupted while waiting", e);
    }
}
