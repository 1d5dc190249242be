package io.github.camelclova.chat;

/** The call was given up on purpose before it ended, by the route or by a shutdown. Not retryable. */
public final class ClovaCancelledException extends ClovaException {

    private static final long serialVersionUID = 1L;

    public ClovaCancelledException(String what, Failure failure) {
        super(what, failure, null);
    }
}
