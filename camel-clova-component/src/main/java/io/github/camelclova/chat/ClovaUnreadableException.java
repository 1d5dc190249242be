package io.github.camelclova.chat;

import org.jspecify.annotations.Nullable;

/**
 * A response came that cannot be read: not JSON, another content type, a proxy's page, members of the wrong shape.
 * Not retryable.
 */
public final class ClovaUnreadableException extends ClovaException {

    private static final long serialVersionUID = 1L;

    public ClovaUnreadableException(String what, Failure failure, @Nullable Throwable cause) {
        super(what, failure, cause);
    }
}
