package io.github.camelclova.quota;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an endpoint allows itself. A limit that is absent is none.
 *
 * @param requestsPerMinute calls that may begin within any minute, at least 1
 * @param tokensPerMinute tokens that calls may be charged with within any minute, at least 1
 * @param maxConcurrentRequests calls that may be under way at a time, at least 1
 * @param timeout how long a call may wait for its turn
 */
public record QuotaLimits(
        @Nullable Integer requestsPerMinute,
        @Nullable Integer tokensPerMinute,
        @Nullable Integer maxConcurrentRequests,
        Duration timeout) {

    public static final String REQUESTS = "requestsPerMinute";
    public static final String TOKENS = "tokensPerMinute";
    public static final String CONCURRENT = "maxConcurrentRequests";

    public QuotaLimits {
        requireNonNull(timeout, "timeout");
    }

    static QuotaLimits none() {
        return new QuotaLimits(null, null, null, Duration.ZERO);
    }

    boolean isNone() {
        return requestsPerMinute == null && tokensPerMinute == null && maxConcurrentRequests == null;
    }

    /** The lower one of each limit, with the timeout of this one. */
    QuotaLimits lowerOf(QuotaLimits other) {
        return new QuotaLimits(
                lower(requestsPerMinute, other.requestsPerMinute),
                lower(tokensPerMinute, other.tokensPerMinute),
                lower(maxConcurrentRequests, other.maxConcurrentRequests),
                timeout);
    }

    private static @Nullable Integer lower(@Nullable Integer one, @Nullable Integer other) {
        return one == null ? other : other == null ? one : Integer.valueOf(Math.min(one, other));
    }

    @Nullable
    Integer get(String option) {
        return switch (option) {
            case REQUESTS -> requestsPerMinute;
            case TOKENS -> tokensPerMinute;
            default -> maxConcurrentRequests;
        };
    }

    static Stream<String> options() {
        return Stream.of(REQUESTS, TOKENS, CONCURRENT);
    }
}
