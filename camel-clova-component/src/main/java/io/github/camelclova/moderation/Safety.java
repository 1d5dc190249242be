package io.github.camelclova.moderation;

import io.github.camelclova.chat.Hazard;
import io.github.camelclova.chat.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the AI filter's verdicts say together. It is about the scores alone: no policy changes it. */
public enum Safety {
    SAFE,
    SUSPECT,
    UNSAFE,
    /** At least one category has no verdict to rely on, and none is known to be harmful. Never to be taken for safe. */
    UNJUDGED;

    /** The categories that CLOVA Studio documents for every filter result. One that is missing was not judged. */
    private static final Set<String> DOCUMENTED = Set.of("insult", "discrimination", "sexualHarassment");

    /**
     * Sums the verdicts up, the worst first.
     *
     * @param verdicts absent when the service sent no filter result
     */
    public static Safety of(@Nullable List<Verdict> verdicts) {
        if (verdicts == null) {
            return UNJUDGED;
        }
        if (verdicts.stream().anyMatch(verdict -> verdict.hazard() == Hazard.LIKELY)) {
            return UNSAFE;
        }
        if (verdicts.stream().anyMatch(Verdict::unjudged) || !coversEveryCategory(verdicts)) {
            return UNJUDGED;
        }
        return verdicts.stream().anyMatch(verdict -> verdict.hazard() == Hazard.POSSIBLE) ? SUSPECT : SAFE;
    }

    /** True when some category was not judged, whatever the others say. */
    static boolean leavesSomethingUnjudged(@Nullable List<Verdict> verdicts) {
        return verdicts == null || verdicts.stream().anyMatch(Verdict::unjudged) || !coversEveryCategory(verdicts);
    }

    private static boolean coversEveryCategory(List<Verdict> verdicts) {
        return DOCUMENTED.stream().allMatch(name -> verdicts.stream()
                .anyMatch(verdict -> verdict.category().equals(name)));
    }

    /** As routes see it: lower case. */
    public String headerValue() {
        return name().toLowerCase(Locale.ROOT);
    }
}
