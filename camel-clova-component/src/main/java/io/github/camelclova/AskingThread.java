package io.github.camelclova;

import java.util.concurrent.Executor;

/**
 * Runs what follows an answer on the thread that brings it. Only where that is the thread that asks, because the answer came
 * before it had done asking, the pool runs it: whoever asks is free at once, however fast the service is.
 */
final class AskingThread implements Executor {

    private final Executor pool;
    private final Thread asking = Thread.currentThread();

    /** The asking thread's alone. */
    private boolean asks = true;

    AskingThread(Executor pool) {
        this.pool = pool;
    }

    @Override
    public void execute(Runnable work) {
        if (Thread.currentThread() == asking && asks) {
            pool.execute(work);
        } else {
            work.run();
        }
    }

    /** From now on this thread is like any other. */
    void hasAsked() {
        asks = false;
    }
}
