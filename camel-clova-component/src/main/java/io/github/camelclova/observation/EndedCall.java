package io.github.camelclova.observation;

import static java.util.Objects.requireNonNull;

import io.github.camelclova.chat.Usage;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call and what came of it.
 *
 * @param model as asked for, which may be what a header said; absent where there was no choice
 * @param responseModel absent where the service did not say
 * @param failure absent for an answer
 * @param duration from the begin of the call to its outcome, retries included
 * @param rateLimit as in {@link io.github.camelclova.chat.Answer}; empty for a failure
 */
public record EndedCall(
        @Nullable String model,
        @Nullable String responseModel,
        Usage usage,
        @Nullable Throwable failure,
        Duration duration,
        Map<String, String> rateLimit) {

    public EndedCall {
        requireNonNull(usage, "usage");
        requireNonNull(duration, "duration");
    }
}
