package io.github.camelclova;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the options say of the routes that the model may call.
 *
 * @param names of the tools, at least one
 * @param maxRounds how often the model may call tools before it has to answer, at least once
 */
record ToolSettings(List<String> names, int maxRounds, OnToolError onError) {

    enum OnToolError {
        REPORT,
        FAIL
    }

    ToolSettings {
        names = List.copyOf(names);
    }

    /** Absent when the model may call none. */
    static @Nullable ToolSettings check(ClovaConfiguration options) {
        OnToolError onError = OptionValue.oneOf("toolErrorPolicy", options.getToolErrorPolicy(), OnToolError.class);
        if (options.getMaxToolRounds() < 1) {
            throw OptionValue.refused("maxToolRounds", "%d is less than 1".formatted(options.getMaxToolRounds()));
        }
        List<String> names = names(options);
        Integer n = options.getN();
        if (!names.isEmpty() && n != null && n > 1) {
            throw OptionValue.refused("n", "tools are called for one answer; use n=1 or no toolRoutes");
        }
        return names.isEmpty() ? null : new ToolSettings(names, options.getMaxToolRounds(), onError);
    }

    /** Those of the option {@code toolRoutes}; empty if it is absent. */
    static List<String> names(ClovaConfiguration options) {
        String list = options.getToolRoutes();
        if (list == null || list.isBlank()) {
            return List.of();
        }
        List<String> names = Arrays.stream(list.split(",", -1))
                .map(name -> ToolOptions.name("toolRoutes", name.trim()))
                .toList();
        if (names.stream().distinct().count() < names.size()) {
            throw OptionValue.refused("toolRoutes", "has a name twice");
        }
        return names;
    }
}
