package io.github.camelclova.chat;

import org.jspecify.annotations.Nullable;

/** How likely a category of the AI filter says that an answer is harmful, worst first. */
public enum Hazard {
    LIKELY,
    POSSIBLE,
    UNJUDGED,
    UNLIKELY;

    /**
     * The only place that knows the digits. The wire runs backwards: 0 is the worst score, 2 the best, and -1 says that
     * the filter itself failed. (CLOVA Studio, Chat Completions, {@code aiFilter.score}.)
     *
     * @param score absent for one that cannot be read
     */
    public static Hazard ofScore(@Nullable Integer score) {
        if (score == null) {
            return UNJUDGED;
        }
        return switch (score) {
            case 0 -> LIKELY;
            case 1 -> POSSIBLE;
            case 2 -> UNLIKELY;
            default -> UNJUDGED;
        };
    }

    /** The worst-first order makes the smaller one the worse; one that was not judged is worse than an unlikely one. */
    public boolean isWorseThan(Hazard other) {
        return compareTo(other) < 0;
    }
}
