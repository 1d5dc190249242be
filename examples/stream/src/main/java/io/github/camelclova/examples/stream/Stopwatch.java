package io.github.camelclova.examples.stream;

import java.util.concurrent.TimeUnit;

/** Counts and times the tokens of one answer. The tokens of a stream come one at a time, but not on one thread. */
public final class Stopwatch {

    private long started;
    private long first;
    private long last;
    private int tokens;

    /** The question is about to be asked. */
    public synchronized void start() {
        started = System.nanoTime();
        tokens = 0;
    }

    public synchronized void token() {
        last = System.nanoTime();
        first = tokens == 0 ? last : first;
        tokens++;
    }

    @Override
    public synchronized String toString() {
        return tokens == 0
                ? "Tokens: 0"
                : "Tokens: %d, the first after %d ms, the last after %d ms"
                        .formatted(tokens, millisTo(first), millisTo(last));
    }

    private long millisTo(long moment) {
        return TimeUnit.NANOSECONDS.toMillis(moment - started);
    }
}
