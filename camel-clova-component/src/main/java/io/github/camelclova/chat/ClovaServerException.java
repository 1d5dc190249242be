package io.github.camelclova.chat;

/** The service failed: 5xx statuses and codes. Retryable for 500, 502, 503, 504 and 529. */
public final class ClovaServerException extends ClovaException {

    private static final long serialVersionUID = 1L;

    public ClovaServerException(String what, Failure failure) {
        super(what, failure, null);
    }
}
