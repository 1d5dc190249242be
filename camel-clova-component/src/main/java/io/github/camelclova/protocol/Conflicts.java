package io.github.camelclova.protocol;

import static io.github.camelclova.chat.GenerationOption.JSON_SCHEMA;
import static io.github.camelclova.chat.GenerationOption.LOGPROBS;
import static io.github.camelclova.chat.GenerationOption.MAX_TOKENS;
import static io.github.camelclova.chat.GenerationOption.RESPONSE_FORMAT;
import static io.github.camelclova.chat.GenerationOption.STOP;
import static io.github.camelclova.chat.GenerationOption.THINKING_EFFORT;
import static io.github.camelclova.chat.GenerationOption.TOOLS;
import static io.github.camelclova.chat.GenerationOption.TOOL_CHOICE;
import static io.github.camelclova.chat.GenerationOption.TOP_LOGPROBS;

import io.github.camelclova.chat.GenerationOption;
import io.github.camelclova.chat.GenerationOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Options that do not go together, though each for itself is fine.
 *
 * <p>Source: CLOVA Studio's pages Chat Completions v3, function calling, structured outputs and thinking.
 */
final class Conflicts {

    /** What v3 wants to be allowed to answer at least when there are tools. */
    private static final int LEAST_TOKENS_WITH_TOOLS = 1024;

    private static final Set<String> MODELS_WITHOUT_THINKING = Set.of("HCX-005", "HCX-DASH-002");
    private static final Set<String> CHOICES = Set.of("none", "auto");
    private static final String SCHEMAS = "jsonSchema or outputClass";
    private static final String REQUIRED = "required";

    private final Dialect dialect;
    private final GenerationOptions options;
    private final @Nullable String model;

    private Conflicts(Dialect dialect, GenerationOptions options, @Nullable String model) {
        this.dialect = dialect;
        this.options = options;
        this.model = model;
    }

    /** The first conflict, in words; empty if there is none. */
    static Optional<String> first(Dialect dialect, GenerationOptions options, @Nullable String model) {
        Conflicts conflicts = new Conflicts(dialect, options, model);
        Optional<String> general = conflicts.general();
        return general.isPresent() || dialect != Dialect.CLOVA_V3 ? general : conflicts.v3();
    }

    static Optional<String> ofAnyModel(Dialect dialect, GenerationOptions options) {
        return new Conflicts(dialect, options, null).general();
    }

    private Optional<String> general() {
        if (options.has(TOP_LOGPROBS)
                && !Boolean.TRUE.equals(options.get(LOGPROBS).orElse(false))) {
            return Optional.of("topLogprobs needs logprobs=true");
        }
        if (options.has(JSON_SCHEMA) && options.has(RESPONSE_FORMAT)) {
            return Optional.of("responseFormat cannot stand beside %s, which set it".formatted(SCHEMAS));
        }
        return toolChoice();
    }

    private Optional<String> toolChoice() {
        Object choice = options.get(TOOL_CHOICE).orElse(null);
        if (choice == null) {
            return Optional.empty();
        }
        if (!options.has(TOOLS)) {
            return Optional.of("toolChoice needs tools");
        }
        boolean known = CHOICES.contains(choice)
                || (choice.equals(REQUIRED) && dialect == Dialect.OPENAI)
                || tools().anyMatch(tool -> choice.equals(tool.get("name")));
        return known
                ? Optional.empty()
                : Optional.of(
                        "toolChoice=%s is neither none, auto nor the name of a tool, and dialect %s takes nothing else"
                                .formatted(choice, dialect.id()));
    }

    private Stream<Map<?, ?>> tools() {
        return ((List<?>) options.get(TOOLS).orElse(List.of())).stream().map(tool -> (Map<?, ?>) tool);
    }

    private Optional<String> v3() {
        Object effort = options.get(THINKING_EFFORT).orElse(null);
        boolean asksToThink = effort != null && !effort.equals(Spellings.NO_THINKING);
        if (asksToThink && (model == null || MODELS_WITHOUT_THINKING.contains(model))) {
            return Optional.of("thinkingEffort=%s needs a model that thinks, such as %s"
                    .formatted(effort, Spellings.THINKING_MODEL));
        }
        // An effort that is not said is "low".
        boolean thinks = Spellings.THINKING_MODEL.equals(model) && !Spellings.NO_THINKING.equals(effort);
        if (thinks) {
            for (var option : List.of(STOP, TOOLS, JSON_SCHEMA)) {
                if (options.has(option)) {
                    return Optional.of("%s cannot be used while %s thinks; it needs thinkingEffort=none"
                            .formatted(named(option), model));
                }
            }
        }
        return model == null ? taskConflict() : v3Features();
    }

    private Optional<String> taskConflict() {
        return Stream.of(TOOLS, JSON_SCHEMA)
                .filter(options::has)
                .map(option -> named(option) + " cannot be used with a tuned task")
                .findFirst();
    }

    private static String named(GenerationOption option) {
        return option == JSON_SCHEMA ? SCHEMAS : option.optionName();
    }

    private Optional<String> v3Features() {
        if (options.has(TOOLS) && options.has(JSON_SCHEMA)) {
            return Optional.of("tools cannot stand beside %s in dialect %s".formatted(SCHEMAS, dialect.id()));
        }
        if (options.has(JSON_SCHEMA) && MODELS_WITHOUT_THINKING.contains(String.valueOf(model))) {
            return Optional.of("%s needs a model with structured outputs, such as %s"
                    .formatted(SCHEMAS, Spellings.THINKING_MODEL));
        }
        Optional<Object> silent = tools().filter(tool -> tool.get("description") == null)
                .map(tool -> (Object) tool.get("name"))
                .findFirst();
        if (silent.isPresent()) {
            return Optional.of("tools need a description each in dialect %s, and %s has none"
                    .formatted(dialect.id(), silent.get()));
        }
        Object maxTokens = options.get(MAX_TOKENS).orElse(null);
        if (options.has(TOOLS) && maxTokens instanceof Integer most && most < LEAST_TOKENS_WITH_TOOLS) {
            return Optional.of("maxTokens=%d is less than the %d that dialect %s wants beside tools"
                    .formatted(most, LEAST_TOKENS_WITH_TOOLS, dialect.id()));
        }
        return Optional.empty();
    }
}
