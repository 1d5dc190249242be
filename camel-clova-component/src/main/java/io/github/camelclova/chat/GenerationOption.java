package io.github.camelclova.chat;

import java.util.List;
import java.util.Map;

/** What a route may ask of the generation. Every dialect spells and bounds these in its own way, or cannot say them. */
public enum GenerationOption {
    TEMPERATURE("temperature", Double.class),
    TOP_P("topP", Double.class),
    TOP_K("topK", Integer.class),
    MAX_TOKENS("maxTokens", Integer.class),
    REPEAT_PENALTY("repeatPenalty", Double.class),
    FREQUENCY_PENALTY("frequencyPenalty", Double.class),
    PRESENCE_PENALTY("presencePenalty", Double.class),
    STOP("stop", List.class),
    SEED("seed", Long.class),
    N("n", Integer.class),
    LOGPROBS("logprobs", Boolean.class),
    TOP_LOGPROBS("topLogprobs", Integer.class),
    USER("user", String.class),
    RESPONSE_FORMAT("responseFormat", String.class),
    THINKING_EFFORT("thinkingEffort", String.class),
    /** Definitions of functions, each a map of {@code name}, {@code description} and {@code parameters}. */
    TOOLS("tools", List.class),
    /** {@code none}, {@code auto}, or the name of a function. */
    TOOL_CHOICE("toolChoice", String.class),
    /** A JSON Schema, as a map. */
    JSON_SCHEMA("jsonSchema", Map.class);

    private final String optionName;
    private final Class<?> type;

    GenerationOption(String optionName, Class<?> type) {
        this.optionName = optionName;
        this.type = type;
    }

    /** The name of the URI option. */
    public String optionName() {
        return optionName;
    }

    /** The type of its values; {@link List} stands for a list of strings. */
    public Class<?> type() {
        return type;
    }
}
