package io.github.camelclova.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What came in, in order. */
final class RequestLog {

    private final List<ReceivedRequest> requests = new ArrayList<>();

    synchronized void add(ReceivedRequest request) {
        requests.add(request);
        notifyAll();
    }

    synchronized void clear() {
        requests.clear();
    }

    synchronized List<ReceivedRequest> all() {
        return List.copyOf(requests);
    }

    synchronized ReceivedRequest await(int index, Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        try {
            while (requests.size() <= index) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("request %d did not come within %s; there were %d"
                            .formatted(index, timeout, requests.size()));
                }
                wait(left / 1_000_000, (int) (left % 1_000_000));
            }
        } catch (InterruptedException e) {
            throw Waiting.interrupted(e);
        }
        return requests.get(index);
    }
}
