package io.github.camelclova.testing;

import java.io.Serial;

/** A request that gets an error for an answer. The code is the service's, the message one of its short labels. */
final class Refusal extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    Refusal(int status, String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String label() {
        return String.valueOf(getMessage());
    }
}
