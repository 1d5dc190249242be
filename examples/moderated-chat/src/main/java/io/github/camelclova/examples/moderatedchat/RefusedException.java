package io.github.camelclova.examples.moderatedchat;

/** A request that the page would not send, or not now. The word is for the page, which has a sentence for each. */
public final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String word;

    RefusedException(int status, String word) {
        super("refused with HTTP %d, %s".formatted(status, word));
        this.status = status;
        this.word = word;
    }

    int status() {
        return status;
    }

    String word() {
        return word;
    }
}
