package io.github.camelclova;

import io.github.camelclova.ChatSettings.FilterAction;
import io.github.camelclova.chat.Excerpt;
import io.github.camelclova.chat.Hazard;
import io.github.camelclova.moderation.AiFilterPolicy;
import io.github.camelclova.moderation.Moderation;
import io.github.camelclova.moderation.Moderation.Unjudged;
import io.github.camelclova.moderation.ThresholdPolicy;
import io.github.camelclova.moderation.ThresholdPolicy.Level;
import io.github.camelclova.moderation.ThresholdPolicy.Threshold;
import io.github.camelclova.protocol.Dialect;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.jspecify.annotations.Nullable;

/**
 * What the moderation options say.
 *
 * @param includeAiFilters absent when it is left to the service
 * @param hold whether a stream keeps its tokens back until the verdict is there
 */
record FilterOptions(@Nullable Boolean includeAiFilters, Moderation moderation, FilterAction action, boolean hold) {

    private enum Partial {
        FLAG,
        PASS
    }

    private enum Release {
        AFTER,
        HOLD
    }

    static FilterOptions check(ClovaConfiguration options, Dialect dialect, CamelContext context) {
        AiFilterPolicy policy = policy(options, context);
        Moderation moderation = new Moderation(
                policy,
                OptionValue.oneOf("aiFilterUnjudged", options.getAiFilterUnjudged(), Unjudged.class),
                partial(options) == Partial.FLAG);
        FilterAction action = OptionValue.oneOf("aiFilterAction", options.getAiFilterAction(), FilterAction.class);
        Release release = OptionValue.oneOf("aiFilterRelease", options.getAiFilterRelease(), Release.class);
        FilterOptions checked = new FilterOptions(
                include(options.getIncludeAiFilters(), moderation), moderation, action, release == Release.HOLD);
        if (!dialect.isNative()) {
            requireNoFilter(options, checked, dialect);
        }
        requireSomethingToActUpon(moderation, action, checked.hold());
        return checked;
    }

    private static void requireSomethingToActUpon(Moderation moderation, FilterAction action, boolean hold) {
        if (moderation.isOn()) {
            return;
        }
        if (action != FilterAction.HEADER) {
            throw OptionValue.refused("aiFilterAction", "needs aiFilterPolicy or an aiFilterThreshold to act upon");
        }
        if (hold) {
            throw OptionValue.refused(
                    "aiFilterRelease", "hold needs aiFilterPolicy or an aiFilterThreshold to wait for");
        }
    }

    /** Absent when nothing is to be enforced. */
    private static @Nullable AiFilterPolicy policy(ClovaConfiguration options, CamelContext context) {
        String name = options.getAiFilterPolicy().trim();
        Map<String, Threshold> thresholds = thresholds(options.getAiFilterThreshold());
        Level level = level(name);
        if (level == null) {
            AiFilterPolicy bean = bean(name, context);
            if (!thresholds.isEmpty()) {
                throw OptionValue.refused("aiFilterThreshold", "has no meaning beside a policy of one's own");
            }
            return bean;
        }
        ThresholdPolicy policy = new ThresholdPolicy(level, thresholds);
        return policy.isOn() ? policy : null;
    }

    private static @Nullable Level level(String name) {
        return Arrays.stream(Level.values())
                .filter(level -> level.name().equalsIgnoreCase(name))
                .findFirst()
                .orElse(null);
    }

    /** The name alone, of what may be a reference to a bean: Camel itself would put the text of the bean into the option. */
    static String policyName(String option) {
        return option.trim().replaceFirst("^#(bean:)?", "");
    }

    private static AiFilterPolicy bean(String name, CamelContext context) {
        AiFilterPolicy bean = context.getRegistry().lookupByNameAndType(policyName(name), AiFilterPolicy.class);
        if (bean == null) {
            throw OptionValue.refused(
                    "aiFilterPolicy",
                    "'%s' is none of off, moderate, strict, and no AiFilterPolicy of that name is in the registry"
                            .formatted(Excerpt.of(name)));
        }
        return bean;
    }

    private static Partial partial(ClovaConfiguration options) {
        String partial = options.getAiFilterPartial();
        if (partial == null) {
            return level(options.getAiFilterPolicy().trim()) == Level.STRICT ? Partial.FLAG : Partial.PASS;
        }
        return OptionValue.oneOf("aiFilterPartial", partial, Partial.class);
    }

    private static @Nullable Boolean include(@Nullable Boolean asked, Moderation moderation) {
        if (!moderation.isOn()) {
            return asked;
        }
        if (Boolean.FALSE.equals(asked)) {
            throw OptionValue.refused(
                    "includeAiFilters", "cannot be false beside a policy, which needs the filter's results");
        }
        return true;
    }

    private static void requireNoFilter(ClovaConfiguration options, FilterOptions checked, Dialect dialect) {
        Map<String, Boolean> saysSomething = new LinkedHashMap<>();
        saysSomething.put("includeAiFilters", options.getIncludeAiFilters() != null);
        saysSomething.put("aiFilterThreshold", !options.getAiFilterThreshold().isEmpty());
        saysSomething.put("aiFilterPolicy", checked.moderation().isOn());
        saysSomething.put("aiFilterAction", checked.action() != FilterAction.HEADER);
        saysSomething.put("aiFilterUnjudged", checked.moderation().unjudged() != Unjudged.FLAG);
        saysSomething.put("aiFilterPartial", options.getAiFilterPartial() != null);
        saysSomething.put("aiFilterRelease", checked.hold());
        saysSomething.forEach((option, isSaid) -> {
            if (isSaid) {
                throw OptionValue.refused(
                        option, "cannot be expressed in dialect %s, which has no AI filter".formatted(dialect.id()));
            }
        });
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
