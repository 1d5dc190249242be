package io.github.camelclova.transport;

import io.github.camelclova.chat.ClovaException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * When a failed call is made again. The pause doubles each time, give or take 20 %; what the service asks for replaces it.
 *
 * @param maxRetries calls after the first one
 * @param delay before the second call
 * @param jitter numbers from 0 (inclusive) to 1 (exclusive)
 */
public record Retry(int maxRetries, Duration delay, DoubleSupplier jitter) {

    /** Whoever is asked to wait longer fails at once, so that the route can decide. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    private static final double SPREAD = 0.2;
    private static final int MOST_DOUBLINGS = 20;

    /**
     * How long to wait before the next call; empty when there is to be none.
     *
     * @param attempts calls made so far
     */
    public Optional<Duration> pause(ClovaException failure, int attempts, Deadline deadline) {
        if (!failure.isRetryable() || attempts > maxRetries) {
            return Optional.empty();
        }
        Duration pause = failure.getRetryAfter() == null ? backOff(attempts) : failure.getRetryAfter();
        boolean tooLong = pause.compareTo(LONGEST_WAIT) > 0 || pause.toNanos() >= deadline.nanosLeft();
        return tooLong ? Optional.empty() : Optional.of(pause);
    }

    private Duration backOff(int attempts) {
        // Not a long: doubled often enough, a long pause would turn negative.
        double doubled = (double) delay.toNanos() * (1L << Math.min(attempts - 1, MOST_DOUBLINGS));
        double factor = 1 - SPREAD + 2 * SPREAD * jitter.getAsDouble();
        return Duration.ofNanos(Math.round(doubled * factor));
    }
}
