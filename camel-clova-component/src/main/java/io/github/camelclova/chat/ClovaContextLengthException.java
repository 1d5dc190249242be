package io.github.camelclova.chat;

/** Input and requested output do not fit into the model: code 40003 and its OpenAI counterpart. Not retryable. */
public final class ClovaContextLengthException extends ClovaException {

    private static final long serialVersionUID = 1L;

    public ClovaContextLengthException(String what, Failure failure) {
        super(what, failure, null);
    }
}
