package io.github.camelclova.chat;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The generation options that were asked for. One that is absent is not sent: the service decides. */
public record GenerationOptions(Map<GenerationOption, Object> values) {

    public static final GenerationOptions NONE = new GenerationOptions(Map.of());

    /**
     * Checks and copies the values.
     *
     * @throws IllegalArgumentException if a value is not of its option's type
     */
    public GenerationOptions {
        Map<GenerationOption, Object> copy = new EnumMap<>(GenerationOption.class);
        values.forEach((option, value) -> copy.put(option, checked(option, value)));
        values = Collections.unmodifiableMap(copy);
    }

    private static Object checked(GenerationOption option, Object value) {
        if (!option.type().isInstance(value)) {
            throw new IllegalArgumentException("%s takes a %s and not a %s"
                    .formatted(
                            option.optionName(),
                            option.type().getSimpleName(),
                            value.getClass().getSimpleName()));
        }
        return value instanceof List<?> list ? List.copyOf(list) : value;
    }

    public Optional<Object> get(GenerationOption option) {
        return Optional.ofNullable(values.get(option));
    }

    public boolean has(GenerationOption option) {
        return values.containsKey(option);
    }

    /** These options but one. */
    public GenerationOptions without(GenerationOption option) {
        if (!has(option)) {
            return this;
        }
        Map<GenerationOption, Object> others = new EnumMap<>(values);
        others.remove(option);
        return new GenerationOptions(others);
    }

    /** These options with some of them replaced or added. */
    public GenerationOptions with(Map<GenerationOption, Object> overrides) {
        if (overrides.isEmpty()) {
            return this;
        }
        Map<GenerationOption, Object> merged = new EnumMap<>(GenerationOption.class);
        merged.putAll(values);
        merged.putAll(overrides);
        return new GenerationOptions(merged);
    }
}
