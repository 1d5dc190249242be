package io.github.camelclova.chat;

/** Too many requests or tokens, or the service is overloaded: HTTP 429 and the codes 429xx. Always retryable. */
public final class ClovaRateLimitException extends ClovaException {

    private static final long serialVersionUID = 1L;

    public ClovaRateLimitException(String what, Failure failure) {
        super(what, failure, null);
    }
}
