package io.github.camelclova.chat;

import java.util.List;

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
    THINKING_EFFORT("thinkingEffort", String.class);

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
