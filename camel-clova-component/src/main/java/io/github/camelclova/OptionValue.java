package io.github.camelclova;

import static java.util.stream.Collectors.joining;

import io.github.camelclova.chat.Excerpt;
import io.github.camelclova.chat.GenerationOption;
import io.github.camelclova.chat.GenerationOptions;
import io.github.camelclova.protocol.Dialect;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads and checks one value of an option, or of a header that overrides one. Refusals name where the value came from. */
final class OptionValue {

    private OptionValue() {}

    static IllegalArgumentException refused(String option, String problem) {
        return new IllegalArgumentException("Option %s: %s".formatted(option, problem));
    }

    /** One of a few words, in any case, as the constant of the same name. */
    static <E extends Enum<E>> E oneOf(String option, String word, Class<E> type) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(word.trim()))
                .findFirst()
                .orElseThrow(() -> refused(
                        option,
                        "'%s' is none of %s"
                                .formatted(
                                        Excerpt.of(word),
                                        Arrays.stream(type.getEnumConstants())
                                                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                                                .collect(joining(", ")))));
    }

    /**
     * The value as the type of its option. Numbers may be text, but a whole number must be whole.
     *
     * @param source such as {@code Option topK}, for the message
     */
    static Object parse(String source, GenerationOption option, Object value) {
        try {
            if (option == GenerationOption.TOOLS || option == GenerationOption.JSON_SCHEMA) {
                return value;
            }
            String text = value.toString().trim();
            if (option.type() == Double.class) {
                return new BigDecimal(text).doubleValue();
            } else if (option.type() == Integer.class) {
                return new BigDecimal(text).intValueExact();
            } else if (option.type() == Long.class) {
                return new BigDecimal(text).longValueExact();
            } else if (option.type() == List.class) {
                return list(source, value);
            }
            return option.type() == Boolean.class ? value : text;
        } catch (ArithmeticException | NumberFormatException notSuchANumber) {
            throw new IllegalArgumentException(
                    "%s: '%s' is not %s".formatted(source, Excerpt.of(value.toString()), kind(option)), notSuchANumber);
        }
    }

    private static String kind(GenerationOption option) {
        return option.type() == Double.class ? "a number" : "a whole number";
    }

    /** Entries are trimmed, but one that is only white space is meant to be that. */
    private static List<String> list(String source, Object value) {
        Object listed = value instanceof Object[] array ? Arrays.asList(array) : value;
        Stream<String> entries = listed instanceof Collection<?> collection
                ? collection.stream().map(each -> Objects.toString(each, ""))
                : Arrays.stream(listed.toString().split(",", -1)).map(each -> each.isBlank() ? each : each.trim());
        List<String> list = entries.toList();
        if (list.isEmpty() || list.contains("")) {
            throw new IllegalArgumentException(source + ": has an empty entry");
        }
        return list;
    }

    static void requireInRange(
            String source, Dialect dialect, GenerationOption option, Object value, @Nullable String model) {
        dialect.problem(option, value, model).ifPresent(problem -> {
            throw new IllegalArgumentException(source + ": " + problem);
        });
    }

    static void requireWithin(String source, GenerationOptions asked, int maxTokensLimit) {
        asked.get(GenerationOption.MAX_TOKENS)
                .filter(maxTokens -> (Integer) maxTokens > maxTokensLimit)
                .ifPresent(maxTokens -> {
                    throw new IllegalArgumentException("%s: %s is more than maxTokensLimit, which is %d"
                            .formatted(source, maxTokens, maxTokensLimit));
                });
    }
}
