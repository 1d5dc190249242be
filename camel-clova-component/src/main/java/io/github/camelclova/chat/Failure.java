package io.github.camelclova.chat;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a failed call; every {@link ClovaException} carries one.
 *
 * @param statusCode HTTP status, 0 when no response head came
 * @param code the service's own code, as text
 * @param partialText what had been received of the answer, empty if nothing
 * @param retryAfter how long the service asks to wait before the same call
 * @param retryable whether the same call may succeed later
 */
public record Failure(
        String requestId,
        int statusCode,
        @Nullable String code,
        String partialText,
        @Nullable Duration retryAfter,
        boolean retryable)
        implements Serializable {

    public Failure {
        requireNonNull(requestId, "requestId");
        requireNonNull(partialText, "partialText");
    }

    /** A failure before any response. */
    public static Failure of(String requestId) {
        return new Failure(requestId, 0, null, "", null, false);
    }

    public Failure withStatus(int status) {
        return new Failure(requestId, status, code, partialText, retryAfter, retryable);
    }

    public Failure withCode(@Nullable String newCode) {
        return new Failure(requestId, statusCode, newCode, partialText, retryAfter, retryable);
    }

    public Failure withPartialText(String text) {
        return new Failure(requestId, statusCode, code, text, retryAfter, retryable);
    }

    public Failure withRetryAfter(@Nullable Duration wait) {
        return new Failure(requestId, statusCode, code, partialText, wait, retryable);
    }

    public Failure withRetryable(boolean mayRetry) {
        return new Failure(requestId, statusCode, code, partialText, retryAfter, mayRetry);
    }

    /** The part of an exception message that support will ask for. */
    String describe() {
        StringBuilder text = new StringBuilder("request ").append(requestId);
        if (statusCode != 0) {
            text.append(", HTTP ").append(statusCode);
        }
        if (code != null) {
            text.append(", code ").append(Excerpt.of(code));
        }
        return text.toString();
    }
}
