package io.github.camelclova.chat;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The AI filter's view of one category.
 *
 * @param category such as {@code insult}; empty where the service named none
 * @param score as received, -1 to 2; absent when it was missing or unreadable
 * @param failed true when the filter says that it did not work
 * @param entry the members as received
 */
public record Verdict(String category, @Nullable Integer score, boolean failed, Map<String, Object> entry) {

    private static final String WORKED = "OK";

    public Verdict {
        requireNonNull(category, "category");
        entry = Collections.unmodifiableMap(new LinkedHashMap<>(entry));
    }

    /** Whether the {@code result} of an entry, absent where the service sent none, says that the filter did not work. */
    public static boolean isFailure(@Nullable Object result) {
        return result != null && !WORKED.equalsIgnoreCase(result.toString());
    }

    public Hazard hazard() {
        return Hazard.ofScore(score);
    }

    /** True when nothing may be concluded from the score being low. */
    public boolean unjudged() {
        return failed || hazard() == Hazard.UNJUDGED;
    }
}
