package io.github.camelclova.moderation;

import static java.util.Objects.requireNonNull;

import io.github.camelclova.chat.Hazard;
import io.github.camelclova.chat.Verdict;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Flags an answer by the hazard of its categories.
 *
 * @param level what counts where no threshold is set
 * @param thresholds the mildest hazard that is still flagged, by category; {@link Threshold#NEVER} flags none by score.
 *     They win over the level
 * @param unjudged what is done when a category has no verdict to rely on
 * @param flagPartial whether an answer that the filter has read only in part is flagged
 */
public record ThresholdPolicy(Level level, Map<String, Threshold> thresholds, Unjudged unjudged, boolean flagPartial) {

    /** The reason given when something was not judged. */
    public static final String UNJUDGED_REASON = "unjudged";

    /** The reason given when the filter has not read the whole answer. */
    public static final String PARTIAL_REASON = "partial";

    public enum Level {
        OFF(Threshold.NEVER),
        MODERATE(Threshold.LIKELY),
        STRICT(Threshold.POSSIBLE);

        private final Threshold threshold;

        Level(Threshold threshold) {
            this.threshold = threshold;
        }
    }

    public enum Threshold {
        NEVER,
        LIKELY,
        POSSIBLE;

        boolean flags(Hazard hazard) {
            return switch (this) {
                case NEVER -> false;
                case LIKELY -> hazard == Hazard.LIKELY;
                case POSSIBLE -> hazard == Hazard.LIKELY || hazard == Hazard.POSSIBLE;
            };
        }
    }

    public enum Unjudged {
        FLAG,
        FAIL,
        PASS
    }

    public ThresholdPolicy {
        requireNonNull(level, "level");
        requireNonNull(unjudged, "unjudged");
        thresholds = Map.copyOf(thresholds);
    }

    /** Whether there is anything to enforce. */
    public boolean isOn() {
        return level != Level.OFF || !thresholds.isEmpty();
    }

    /**
     * Judges an answer. The same category listed twice counts as the worse of the two, and a category that is not
     * documented counts like one that is.
     *
     * @param verdicts absent when the service sent no filter result
     */
    public Judgement judge(@Nullable List<Verdict> verdicts, String answer) {
        Safety safety = Safety.of(verdicts);
        Coverage coverage = Coverage.of(answer);
        if (!isOn()) {
            return new Judgement(safety, List.of(), coverage, false);
        }
        boolean somethingUnjudged = Safety.leavesSomethingUnjudged(verdicts);
        Stream<String> categories = verdicts == null
                ? Stream.empty()
                : verdicts.stream().filter(this::breaks).map(Verdict::category).distinct();
        Stream<String> byUnjudged =
                somethingUnjudged && unjudged != Unjudged.PASS ? Stream.of(UNJUDGED_REASON) : Stream.empty();
        Stream<String> byCoverage =
                coverage == Coverage.PARTIAL && flagPartial ? Stream.of(PARTIAL_REASON) : Stream.empty();
        List<String> reasons = Stream.of(categories, byUnjudged, byCoverage)
                .flatMap(each -> each)
                .toList();
        return new Judgement(safety, reasons, coverage, somethingUnjudged && unjudged == Unjudged.FAIL);
    }

    private boolean breaks(Verdict verdict) {
        return thresholds.getOrDefault(verdict.category(), level.threshold).flags(verdict.hazard());
    }
}
