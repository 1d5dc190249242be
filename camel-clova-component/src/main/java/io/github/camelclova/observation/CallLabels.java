package io.github.camelclova.observation;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What the calls of an endpoint have in common. Never more than what the route's author wrote.
 *
 * @param model that the options name, or the task; absent where a header must name it, or there is no choice
 */
public record CallLabels(
        String operation,
        String dialect,
        String provider,
        @Nullable String model,
        String serverAddress) {

    public CallLabels {
        requireNonNull(operation, "operation");
        requireNonNull(dialect, "dialect");
        requireNonNull(provider, "provider");
        requireNonNull(serverAddress, "serverAddress");
    }
}
