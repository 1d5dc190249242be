package io.github.camelclova;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Hands work from I/O threads to the pool and loses none of it: a pool that is full is asked again a moment later, and one
 * that is shut down has its work done here, so that every exchange ends.
 */
final class Dispatcher implements Executor {

    private static final long MOMENT_MILLIS = 2;

    private final ExecutorService pool;
    private final ScheduledExecutorService clock;

    Dispatcher(ExecutorService pool, ScheduledExecutorService clock) {
        this.pool = pool;
        this.clock = clock;
    }

    @Override
    public void execute(Runnable work) {
        try {
            pool.execute(work);
        } catch (RejectedExecutionException full) {
            later(work);
        }
    }

    private void later(Runnable work) {
        if (pool.isShutdown()) {
            work.run();
            return;
        }
        try {
            clock.schedule(() -> execute(work), MOMENT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException stopped) {
            work.run();
        }
    }
}
