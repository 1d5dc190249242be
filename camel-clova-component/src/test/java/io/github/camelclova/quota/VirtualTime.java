package io.github.camelclova.quota;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/** A clock and a timer that a test moves. Work that is due runs in its order, on the thread that moves the clock. */
final class VirtualTime implements LongSupplier, Timer {

    private static final class Due {

        private final long at;
        private final long number;
        private final Runnable work;
        private boolean calledOff;

        private Due(long at, long number, Runnable work) {
            this.at = at;
            this.number = number;
            this.work = work;
        }
    }

    private final PriorityQueue<Due> due =
            new PriorityQueue<>(Comparator.comparingLong((Due each) -> each.at).thenComparingLong(each -> each.number));
    private long now = 1_000_000_007L;
    private long number;

    @Override
    public long getAsLong() {
        return now;
    }

    @Override
    public Runnable in(Duration delay, Runnable work) {
        Due each = new Due(now + Math.max(0, delay.toNanos()), number++, work);
        due.add(each);
        return () -> each.calledOff = true;
    }

    void pass(Duration time) {
        long end = now + time.toNanos();
        for (Due next = due.peek(); next != null && next.at <= end; next = due.peek()) {
            due.remove();
            now = next.at;
            if (!next.calledOff) {
                next.work.run();
            }
        }
        now = end;
    }

    /** Timers that nobody called off. */
    long timers() {
        return due.stream().filter(each -> !each.calledOff).count();
    }
}
