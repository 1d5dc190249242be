package io.github.camelclova.protocol;

import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A clock on which no time ever passes. It has no thread. */
final class StandingClock extends ScheduledThreadPoolExecutor {

    StandingClock() {
        super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
        return new Never<>(() -> null);
    }

    private static final class Never<T> extends FutureTask<T> implements ScheduledFuture<T> {

        Never(Callable<T> work) {
            super(work);
        }

        @Override
        public long getDelay(TimeUnit unit) {
            return Long.MAX_VALUE;
        }

        @Override
        public int compareTo(Delayed other) {
            return 0;
        }
    }
}
