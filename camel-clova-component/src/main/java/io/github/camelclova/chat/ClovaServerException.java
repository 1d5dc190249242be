package io.github.camelclova.chat;

/** The service failed: 5xx statuses and codes. */
public final class ClovaServerException extends ClovaException {

    private static final long serialVersionUID = 1L;

    public ClovaServerException(String what, Failure failure) {
        super(what, failure, null);
    }
}
