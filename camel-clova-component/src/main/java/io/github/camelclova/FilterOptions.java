package io.github.camelclova;

import io.github.camelclova.ChatSettings.FilterAction;
import io.github.camelclova.chat.Excerpt;
import io.github.camelclova.chat.Hazard;
import io.github.camelclova.moderation.ThresholdPolicy;
import io.github.camelclova.moderation.ThresholdPolicy.Level;
import io.github.camelclova.moderation.ThresholdPolicy.Threshold;
import io.github.camelclova.moderation.ThresholdPolicy.Unjudged;
import io.github.camelclova.protocol.Dialect;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the moderation options say.
 *
 * @param includeAiFilters absent when it is left to the service
 */
record FilterOptions(@Nullable Boolean includeAiFilters, ThresholdPolicy policy, FilterAction action) {

    private enum Partial {
        FLAG,
        PASS
    }

    static FilterOptions check(ClovaConfiguration options, Dialect dialect) {
        Level level = OptionValue.oneOf("aiFilterPolicy", options.getAiFilterPolicy(), Level.class);
        ThresholdPolicy policy = new ThresholdPolicy(
                level,
                thresholds(options.getAiFilterThreshold()),
                OptionValue.oneOf("aiFilterUnjudged", options.getAiFilterUnjudged(), Unjudged.class),
                partial(options, level) == Partial.FLAG);
        FilterAction action = OptionValue.oneOf("aiFilterAction", options.getAiFilterAction(), FilterAction.class);
        if (!dialect.isNative()) {
            requireNoFilter(options, policy, dialect);
        }
        if (action != FilterAction.HEADER && !policy.isOn()) {
            throw OptionValue.refused("aiFilterAction", "needs aiFilterPolicy or an aiFilterThreshold to act upon");
        }
        return new FilterOptions(include(options.getIncludeAiFilters(), policy), policy, action);
    }

    private static Partial partial(ClovaConfiguration options, Level level) {
        String partial = options.getAiFilterPartial();
        if (partial == null) {
            return level == Level.STRICT ? Partial.FLAG : Partial.PASS;
        }
        return OptionValue.oneOf("aiFilterPartial", partial, Partial.class);
    }

    private static @Nullable Boolean include(@Nullable Boolean asked, ThresholdPolicy policy) {
        if (!policy.isOn()) {
            return asked;
        }
        if (Boolean.FALSE.equals(asked)) {
            throw OptionValue.refused(
                    "includeAiFilters", "cannot be false beside a policy, which needs the filter's results");
        }
        return true;
    }

    private static void requireNoFilter(ClovaConfiguration options, ThresholdPolicy policy, Dialect dialect) {
        String option = options.getIncludeAiFilters() != null
                ? "includeAiFilters"
                : !options.getAiFilterThreshold().isEmpty()
                        ? "aiFilterThreshold"
                        : policy.isOn() ? "aiFilterPolicy" : null;
        if (option != null) {
            throw OptionValue.refused(
                    option, "cannot be expressed in dialect %s, which has no AI filter".formatted(dialect.id()));
        }
    }

    private static Map<String, Threshold> thresholds(Map<String, Object> byCategory) {
        Map<String, Threshold> thresholds = new HashMap<>();
        byCategory.forEach((category, score) ->
                thresholds.put(category, threshold(category, score.toString().trim())));
        return thresholds;
    }

    private static Threshold threshold(String category, String score) {
        if (score.equals("-1")) {
            return Threshold.NEVER;
        }
        Hazard hazard = score.matches("\\d") ? Hazard.ofScore(Integer.valueOf(score)) : Hazard.UNJUDGED;
        return switch (hazard) {
            case LIKELY -> Threshold.LIKELY;
            case POSSIBLE -> Threshold.POSSIBLE;
            case UNJUDGED, UNLIKELY ->
                throw OptionValue.refused(
                        "aiFilterThreshold." + Excerpt.of(category),
                        "'%s' is none of -1, 0, 1".formatted(Excerpt.of(score)));
        };
    }
}
