package io.github.camelclova.protocol;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** What is known of a stream when its response has begun. The fields are those of {@link io.github.camelclova.chat.Answer}. */
public record StreamHead(String requestId, int statusCode, int attempts, Map<String, String> rateLimit) {

    public StreamHead {
        requireNonNull(requestId, "requestId");
        rateLimit = Map.copyOf(rateLimit);
    }
}
