package io.github.camelclova.chat;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** The result of an operation other than chat, and the facts of the call that brought it as in {@link Answer}. */
public record OperationAnswer(
        OperationResult result, String requestId, int statusCode, int attempts, Map<String, String> rateLimit) {

    public OperationAnswer {
        requireNonNull(result, "result");
        requireNonNull(requestId, "requestId");
        rateLimit = Map.copyOf(rateLimit);
    }

    /** This one's facts, with the lists, tokens and calls of an earlier one counted in. */
    public OperationAnswer after(OperationAnswer earlier) {
        return new OperationAnswer(
                earlier.result.and(result), requestId, statusCode, earlier.attempts + attempts, rateLimit);
    }
}
