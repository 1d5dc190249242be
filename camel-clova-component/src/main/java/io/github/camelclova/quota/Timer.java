package io.github.camelclova.quota;

import java.time.Duration;

/** Runs work later. */
@FunctionalInterface
public interface Timer {

    /** Returns what calls it off; the work must be short. */
    Runnable in(Duration delay, Runnable work);
}
