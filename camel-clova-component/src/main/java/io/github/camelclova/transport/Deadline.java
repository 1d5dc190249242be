package io.github.camelclova.transport;

import java.time.Duration;

/** The one clock of a step, {@code requestTimeout}: everything that happens for it ends before this. */
public final class Deadline {

    private static final Duration NEVER = Duration.ofDays(365);

    private final Duration limit;
    private final long endsAt;

    private Deadline(Duration limit, long now) {
        this.limit = limit;
        this.endsAt = now + limit.toNanos();
    }

    /** Starts the clock now. */
    public static Deadline in(Duration limit) {
        return new Deadline(limit, System.nanoTime());
    }

    /** For whoever is watched by another clock already. */
    public static Deadline never() {
        return in(NEVER);
    }

    /** What was granted at the start. */
    public Duration limit() {
        return limit;
    }

    /** Nanoseconds left, negative once it is over. */
    public long nanosLeft() {
        return endsAt - System.nanoTime();
    }
}
