package io.github.camelclova.quota;

import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a service says is left of its limits. Its counts have a unit and are used; its {@code x-ratelimit-reset-*} have none that
 * is documented, and are not.
 *
 * @param requests absent when it did not say
 * @param tokens absent when it did not say
 */
record Remaining(@Nullable Long requests, @Nullable Long tokens) {

    private static final Pattern COUNT = Pattern.compile("\\d{1,15}");

    /** @param headers by lower-case name */
    static Remaining of(Map<String, String> headers) {
        return new Remaining(
                count(headers.get("x-ratelimit-remaining-requests")),
                count(headers.get("x-ratelimit-remaining-tokens")));
    }

    private static @Nullable Long count(@Nullable String text) {
        return text == null || !COUNT.matcher(text.trim()).matches() ? null : Long.valueOf(text.trim());
    }

    boolean isUnknown() {
        return requests == null && tokens == null;
    }

    boolean isNothing() {
        return (requests != null && requests == 0) || (tokens != null && tokens == 0);
    }
}
