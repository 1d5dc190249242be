package io.github.camelclova.testing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** The waits of a reply: before its head, between head and body, and between two writes of the body. */
record Pacing(Duration beforeHead, Duration beforeBody, Duration betweenWrites) {

    static final Pacing NONE = new Pacing(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    Pacing {
        requireNotNegative(beforeHead, "beforeHead");
        requireNotNegative(beforeBody, "beforeBody");
        requireNotNegative(betweenWrites, "betweenWrites");
    }

    Pacing withBeforeHead(Duration wait) {
        return new Pacing(wait, beforeBody, betweenWrites);
    }

    Pacing withBeforeBody(Duration wait) {
        return new Pacing(beforeHead, wait, betweenWrites);
    }

    Pacing withBetweenWrites(Duration wait) {
        return new Pacing(beforeHead, beforeBody, wait);
    }

    static Duration requireNotNegative(Duration wait, String name) {
        requireNonNull(wait, name);
        if (wait.isNegative()) {
            throw new IllegalArgumentException(name + " is negative: " + wait);
        }
        return wait;
    }
}
