package io.github.camelclova.chat;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * A completion and the facts of the call that brought it.
 *
 * @param statusCode HTTP status
 * @param attempts calls made, at least 1
 * @param rateLimit the {@code x-ratelimit-*} values as received, by lower-case header name; units are not documented
 */
public record Answer(
        Completion completion, String requestId, int statusCode, int attempts, Map<String, String> rateLimit) {

    public Answer {
        requireNonNull(completion, "completion");
        requireNonNull(requestId, "requestId");
        rateLimit = Map.copyOf(rateLimit);
    }

    /** The same answer, with the calls and the tokens counted of an earlier one that led to it. */
    public Answer after(Answer earlier) {
        Completion summed = completion.with(earlier.completion.usage().plus(completion.usage()));
        return new Answer(summed, requestId, statusCode, attempts + earlier.attempts, rateLimit);
    }
}
