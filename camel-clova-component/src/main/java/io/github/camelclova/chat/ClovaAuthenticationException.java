package io.github.camelclova.chat;

/** The key is missing, wrong, expired or not allowed to do this: HTTP 401 and 403. Not retryable. */
public final class ClovaAuthenticationException extends ClovaException {

    private static final long serialVersionUID = 1L;

    public ClovaAuthenticationException(String what, Failure failure) {
        super(what, failure, null);
    }
}
