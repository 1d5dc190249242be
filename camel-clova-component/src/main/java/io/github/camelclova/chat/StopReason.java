package io.github.camelclova.chat;

import java.util.Locale;

/**
 * Why an answer ended.
 *
 * @param kind what it means, whatever the dialect
 * @param raw the service's own word, as received
 */
public record StopReason(Kind kind, String raw) {

    public enum Kind {
        /** The model was done, or met a stop string: {@code stop}, {@code stop_before}, {@code end_token}. */
        STOP,
        /** The answer met the output limit. */
        LENGTH,
        /** The model asks for tools. */
        TOOL_CALLS,
        /** The service withheld the rest. */
        CONTENT_FILTER,
        /** A word that is not known here. */
        OTHER;

        /** As routes see it: lower case. */
        public String headerValue() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Understands the words of every dialect, in any case: CLOVA Studio itself writes {@code length} and {@code LENGTH}. */
    public static StopReason of(String raw) {
        return new StopReason(
                switch (raw.trim().toLowerCase(Locale.ROOT)) {
                    case "stop", "stop_before", "end_token" -> Kind.STOP;
                    case "length" -> Kind.LENGTH;
                    case "tool_calls" -> Kind.TOOL_CALLS;
                    case "content_filter" -> Kind.CONTENT_FILTER;
                    default -> Kind.OTHER;
                },
                raw);
    }
}
