package io.github.camelclova;

import io.github.camelclova.chat.Hazard;
import io.github.camelclova.chat.Verdict;
import io.github.camelclova.moderation.Safety;
import java.util.Collection;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Predicates over the AI filter's headers, for routes in Java. They read what {@code clova:chat} has written and judge
 * nothing anew.
 */
public final class ClovaPredicates {

    private ClovaPredicates() {}

    /** The answer broke the endpoint's policy; false where no policy was on. */
    public static Predicate flagged() {
        return ClovaPredicates::isFlagged;
    }

    /** The answer broke the endpoint's policy for this reason: a category, {@code unjudged} or {@code partial}. */
    public static Predicate flagged(String reason) {
        return exchange -> isFlagged(exchange, reason);
    }

    /** The filter's verdict is {@code unjudged}, or there is none at all. */
    public static Predicate unjudged() {
        return exchange -> {
            String verdict = exchange.getMessage().getHeader(ClovaConstants.AI_FILTER_VERDICT, String.class);
            return verdict == null || verdict.equals(Safety.UNJUDGED.headerValue());
        };
    }

    /**
     * The category is more harmful than this. A category without a score to rely on, because there is none
     * or the filter failed, counts as more harmful than anything.
     *
     * @param hazard {@code POSSIBLE} is true for likely ones; {@code UNLIKELY} for likely and possible ones
     */
    public static Predicate worseThan(String category, Hazard hazard) {
        return exchange -> {
            Hazard found = Hazard.ofScore(score(exchange, category));
            return found == Hazard.UNJUDGED || found.isWorseThan(hazard) || hasFailed(exchange, category);
        };
    }

    static boolean isFlagged(Exchange exchange) {
        return exchange.getMessage().getHeader(ClovaConstants.AI_FILTER_FLAGGED, false, Boolean.class);
    }

    static boolean isFlagged(Exchange exchange, String reason) {
        return exchange.getMessage().getHeader(ClovaConstants.AI_FILTER_REASONS) instanceof Collection<?> reasons
                && reasons.contains(reason);
    }

    private static boolean hasFailed(Exchange exchange, String category) {
        return exchange.getMessage().getHeader(ClovaConstants.AI_FILTER) instanceof Collection<?> entries
                && entries.stream()
                        .anyMatch(entry -> entry instanceof Map<?, ?> members
                                && category.equals(
                                        String.valueOf(members.get("name")).trim())
                                && Verdict.isFailure(members.get("result")));
    }

    static @Nullable Integer score(Exchange exchange, String category) {
        return exchange.getMessage().getHeader(ClovaConstants.AI_FILTER_SCORES) instanceof Map<?, ?> scores
                        && scores.get(category) instanceof Integer score
                ? score
                : null;
    }
}
