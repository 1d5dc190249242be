package io.github.camelclova.moderation;

import static java.util.Objects.requireNonNull;

import io.github.camelclova.chat.Hazard;
import io.github.camelclova.chat.Verdict;
import java.util.List;
import java.util.Map;

/**
 * Flags an answer by the hazard of its categories. The same category listed twice counts as the worse of the two, and a
 * category that is not documented counts like one that is.
 *
 * @param level what counts where no threshold is set
 * @param thresholds the mildest hazard that is still flagged, by category; they win over the level
 */
public record ThresholdPolicy(Level level, Map<String, Threshold> thresholds) implements AiFilterPolicy {

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

    public ThresholdPolicy {
        requireNonNull(level, "level");
        thresholds = Map.copyOf(thresholds);
    }

    /** Whether there is anything to enforce. */
    public boolean isOn() {
        return level != Level.OFF || !thresholds.isEmpty();
    }

    @Override
    public List<String> broken(List<Verdict> verdicts, String answer) {
        return verdicts.stream()
                .filter(this::breaks)
                .map(Verdict::category)
                .distinct()
                .toList();
    }

    private boolean breaks(Verdict verdict) {
        return thresholds.getOrDefault(verdict.category(), level.threshold).flags(verdict.hazard());
    }
}
