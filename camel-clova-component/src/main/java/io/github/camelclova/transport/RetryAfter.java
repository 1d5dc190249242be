package io.github.camelclova.transport;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a service asks to wait: {@code Retry-After-Ms}, or {@code Retry-After} in seconds or as a date (RFC 9110). */
public final class RetryAfter {

    /** Nobody is taken at their word for a shorter pause. */
    static final Duration SHORTEST = Duration.ofMillis(100);

    /** Nor for a longer one, which every unit of time can hold. */
    static final Duration LONGEST = Duration.ofSeconds(999_999_999);

    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?");
    private static final double MILLIS_PER_SECOND = 1000;

    private RetryAfter() {}

    /**
     * What the headers ask for; empty if nothing readable.
     *
     * @param headers by lower-case name
     */
    public static Optional<Duration> of(Map<String, String> headers) {
        return of(headers, Instant.now());
    }

    static Optional<Duration> of(Map<String, String> headers, Instant now) {
        return number(headers.get("retry-after-ms"), 1)
                .or(() -> number(headers.get("retry-after"), MILLIS_PER_SECOND))
                .or(() -> date(headers.get("retry-after"), now))
                .map(wait -> wait.compareTo(SHORTEST) < 0 ? SHORTEST : wait)
                .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
    }

    private static Optional<Duration> number(@Nullable String text, double millisPerUnit) {
        if (text == null || !NUMBER.matcher(text.trim()).matches()) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofMillis(Math.round(Double.parseDouble(text.trim()) * millisPerUnit)));
    }

    private static Optional<Duration> date(@Nullable String text, Instant now) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            Instant then = ZonedDateTime.parse(text.trim(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, then));
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }
}
