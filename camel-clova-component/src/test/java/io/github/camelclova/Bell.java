package io.github.camelclova;

/** Wakes the one who waits for it, once for each time it was rung. */
public final class Bell {

    private int rung;

    public synchronized void ring() {
        rung++;
        notifyAll();
    }

    public synchronized void await() {
        try {
            while (rung == 0) {
                wait();
            }
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
        rung--;
    }

    /** Whether everything that was rung has woken somebody. */
    public synchronized boolean isSilent() {
        return rung == 0;
    }
}
