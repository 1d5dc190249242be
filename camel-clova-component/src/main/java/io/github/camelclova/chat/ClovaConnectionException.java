package io.github.camelclova.chat;

import org.jspecify.annotations.Nullable;

/**
 * No response: the service could not be reached, TLS failed, or the connection broke before a response head.
 * Retryable, but for a certificate that is not trusted.
 */
public final class ClovaConnectionException extends ClovaException {

    private static final long serialVersionUID = 1L;

    public ClovaConnectionException(String what, Failure failure, @Nullable Throwable cause) {
        super(what, failure, cause);
    }
}
