package io.github.camelclova;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands work from I/O threads to the pool and loses none of it: a pool that is full is asked again a moment later, and one
 * that is shut down has its work done here, so that every exchange ends.
 *
 * <p>Threads are woken one after the other, each by the one before it while there is more to do: to wake one for each of
 * many short pieces of work would cost more than the work. Once all are busy the pool hears of every piece, and its own
 * queue decides whether it grows.
 */
final class Dispatcher implements Executor {

    private static final long MOMENT_MILLIS = 2;

    private final ExecutorService pool;
    private final ScheduledExecutorService clock;
    private final int threads;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger called = new AtomicInteger();
    private final AtomicBoolean wakes = new AtomicBoolean();

    Dispatcher(ExecutorService pool, ScheduledExecutorService clock) {
        this.pool = pool;
        this.clock = clock;
        // A pool of virtual threads has no size.
        this.threads = pool instanceof ThreadPoolExecutor sized ? sized.getCorePoolSize() : Integer.MAX_VALUE;
    }

    @Override
    public void execute(Runnable work) {
        waiting.add(work);
        if (wake()) {
            return;
        }
        if (pool.isShutdown()) {
            // Others may have counted on the same call.
            workThrough();
        } else if (waiting.remove(work)) {
            work.run();
        }
    }

    /** Does here what is left when pool and clock have stopped. */
    void finish() {
        workThrough();
    }

    /** False if nobody is left who could come. */
    private boolean wake() {
        boolean isComing = !wakes.compareAndSet(false, true) && called.get() < threads && !pool.isShutdown();
        return isComing || call();
    }

    private boolean call() {
        try {
            pool.execute(this::work);
            called.incrementAndGet();
            return true;
        } catch (RejectedExecutionException full) {
            return callLater();
        }
    }

    private boolean callLater() {
        if (!pool.isShutdown()) {
            try {
                clock.schedule(this::callAgain, MOMENT_MILLIS, TimeUnit.MILLISECONDS);
                return true;
            } catch (RejectedExecutionException stopped) {
                // As when the pool is.
            }
        }
        wakes.set(false);
        return false;
    }

    private void callAgain() {
        if (!call()) {
            workThrough();
        }
    }

    private void work() {
        wakes.set(false);
        try {
            workThrough();
        } finally {
            called.decrementAndGet();
        }
    }

    private void workThrough() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            if (!waiting.isEmpty()) {
                wake();
            }
            next.run();
        }
    }
}
