package io.github.camelclova.chat;

import org.jspecify.annotations.Nullable;

/** The answer broke off before its end. What had been handed on is in {@link #getPartialText()}. Not retryable. */
public final class ClovaTruncatedException extends ClovaException {

    private static final long serialVersionUID = 1L;

    public ClovaTruncatedException(String what, Failure failure, @Nullable Throwable cause) {
        super(what, failure, cause);
    }
}
