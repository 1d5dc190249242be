package io.github.camelclova.chat;

/**
 * The service answered, and the answer was no: 4xx and 3xx statuses, content refusals, codes it gives to bad
 * requests. Retryable only for HTTP 408 and code 40800.
 */
public final class ClovaRefusedException extends ClovaException {

    private static final long serialVersionUID = 1L;

    public ClovaRefusedException(String what, Failure failure) {
        super(what, failure, null);
    }
}
