package io.github.camelclova;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A clock that a test holds. It has no thread: what is due runs where the test lets time pass. */
public final class HeldClock extends ScheduledThreadPoolExecutor {

    private final List<Due> due = new ArrayList<>();

    public HeldClock() {
        super(1);
    }

    @Override
    public synchronized ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        Due each = new Due(work);
        due.add(each);
        return each;
    }

    /** Lets time pass: all that has been scheduled runs, in its order. */
    public void pass() {
        allThatIsDue().run();
    }

    /** The same later, for what has been scheduled by now. */
    public synchronized Runnable allThatIsDue() {
        List<Due> now = new ArrayList<>(due);
        return () -> {
            for (Due each : now) {
                each.run();
            }
        };
    }

    /** How many were neither called off nor run. */
    public synchronized int timers() {
        int timers = 0;
        for (Due each : due) {
            timers += each.isDone() ? 0 : 1;
        }
        return timers;
    }

    private static final class Due implements ScheduledFuture<Void> {

        private final Runnable work;
        private boolean isDone;

        Due(Runnable work) {
            this.work = work;
        }

        private void run() {
            if (cancel(false)) {
                work.run();
            }
        }

        @Override
        public synchronized boolean cancel(boolean mayInterruptIfRunning) {
            boolean isFirst = !isDone;
            isDone = true;
            return isFirst;
        }

        @Override
        public boolean isCancelled() {
            return isDone();
        }

        @Override
        public synchronized boolean isDone() {
            return isDone;
        }

        @Override
        public Void get() {
            throw new UnsupportedOperationException("nobody waits for a timer");
        }

        @Override
        public Void get(long timeout, TimeUnit unit) {
            return get();
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return 0;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }
}
