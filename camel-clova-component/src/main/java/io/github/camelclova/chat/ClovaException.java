package io.github.camelclova.chat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call that did not bring an answer. The subclass says what can be done about it.
 *
 * <p>The message names the request, status and code and quotes at most 200 escaped characters of the service's words;
 * it never holds a key, a prompt or an answer. Accessors are bean style, because routes read them through Simple.
 */
public abstract sealed class ClovaException extends RuntimeException
        permits ClovaAiFilterException,
                ClovaAuthenticationException,
                ClovaCancelledException,
                ClovaConnectionException,
                ClovaContextLengthException,
                ClovaLimitException,
                ClovaQuotaException,
                ClovaRateLimitException,
                ClovaRefusedException,
                ClovaSchemaException,
                ClovaServerException,
                ClovaTimeoutException,
                ClovaTruncatedException,
                ClovaUnreadableException {

    private static final long serialVersionUID = 1L;

    private Failure failure;

    ClovaException(String what, Failure failure, @Nullable Throwable cause) {
        super("%s (%s)".formatted(what, failure.describe()), cause);
        this.failure = failure;
    }

    /** HTTP status, 0 when no response head came. */
    public int getStatusCode() {
        return failure.statusCode();
    }

    /** The service's own code as text, such as {@code 40003}; null when it gave none. */
    public @Nullable String getCode() {
        return failure.code();
    }

    public String getRequestId() {
        return failure.requestId();
    }

    /** What had been handed on of the answer before the call failed; empty if nothing. Never in the message. */
    public String getPartialText() {
        return failure.partialText();
    }

    /** For whoever put the text together, before anybody else sees the exception. */
    public void keepPartialText(String text) {
        failure = failure.withPartialText(text);
    }

    /** How long the service asks to wait before the same call; null when it did not say. */
    public @Nullable Duration getRetryAfter() {
        return failure.retryAfter();
    }

    /** Whether the same call may succeed later. */
    public boolean isRetryable() {
        return failure.retryable();
    }
}
