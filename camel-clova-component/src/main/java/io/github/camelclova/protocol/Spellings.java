package io.github.camelclova.protocol;

import static io.github.camelclova.chat.GenerationOption.FREQUENCY_PENALTY;
import static io.github.camelclova.chat.GenerationOption.JSON_SCHEMA;
import static io.github.camelclova.chat.GenerationOption.LOGPROBS;
import static io.github.camelclova.chat.GenerationOption.MAX_TOKENS;
import static io.github.camelclova.chat.GenerationOption.N;
import static io.github.camelclova.chat.GenerationOption.PRESENCE_PENALTY;
import static io.github.camelclova.chat.GenerationOption.REPEAT_PENALTY;
import static io.github.camelclova.chat.GenerationOption.RESPONSE_FORMAT;
import static io.github.camelclova.chat.GenerationOption.SEED;
import static io.github.camelclova.chat.GenerationOption.STOP;
import static io.github.camelclova.chat.GenerationOption.TEMPERATURE;
import static io.github.camelclova.chat.GenerationOption.THINKING_EFFORT;
import static io.github.camelclova.chat.GenerationOption.TOOLS;
import static io.github.camelclova.chat.GenerationOption.TOOL_CHOICE;
import static io.github.camelclova.chat.GenerationOption.TOP_K;
import static io.github.camelclova.chat.GenerationOption.TOP_LOGPROBS;
import static io.github.camelclova.chat.GenerationOption.TOP_P;
import static io.github.camelclova.chat.GenerationOption.USER;
import static io.github.camelclova.protocol.Range.above;
import static io.github.camelclova.protocol.Range.anything;
import static io.github.camelclova.protocol.Range.atLeast;
import static io.github.camelclova.protocol.Range.atMostEntries;
import static io.github.camelclova.protocol.Range.between;
import static io.github.camelclova.protocol.Range.oneOf;

import io.github.camelclova.chat.Excerpt;
import io.github.camelclova.chat.GenerationOption;
import io.github.camelclova.chat.GenerationOptions;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one table of which dialect takes which generation option, under what name and in what range. Requests are written
 * and options are checked by it.
 *
 * <p>Sources: CLOVA Studio's pages Chat Completions, Chat Completions v3 (also its thinking page) and OpenAI compatibility;
 * OpenAI's Chat Completions for the rest.
 */
record Spellings(Dialect dialect, Map<GenerationOption, Spelling> byOption) {

    /** @param member the member's name, with a dot before the name of a member inside it */
    record Spelling(String member, Range range) {}

    private static final long LARGEST_SEED = 4_294_967_295L;
    private static final int LARGEST_OUTPUT = 4_096;
    private static final int LARGEST_THINKING_OUTPUT = 32_768;
    static final String THINKING_MODEL = "HCX-007";
    static final String NO_THINKING = "none";

    private static final Map<GenerationOption, Spelling> V1 = Map.of(
            TEMPERATURE, new Spelling("temperature", above(0, 1)),
            TOP_P, new Spelling("topP", above(0, 1)),
            TOP_K, new Spelling("topK", between(0, 128)),
            MAX_TOKENS, new Spelling("maxTokens", between(1, LARGEST_OUTPUT)),
            REPEAT_PENALTY, new Spelling("repeatPenalty", above(0, 10)),
            STOP, new Spelling("stopBefore", anything()),
            SEED, new Spelling("seed", between(0, LARGEST_SEED)));

    private static final Map<GenerationOption, Spelling> V3 = Map.ofEntries(
            Map.entry(TEMPERATURE, new Spelling("temperature", between(0, 1))),
            Map.entry(TOP_P, new Spelling("topP", above(0, 1))),
            Map.entry(TOP_K, new Spelling("topK", between(0, 128))),
            Map.entry(MAX_TOKENS, new Spelling("maxTokens", between(1, LARGEST_OUTPUT))),
            Map.entry(REPEAT_PENALTY, new Spelling("repetitionPenalty", above(0, 2))),
            Map.entry(STOP, new Spelling("stop", anything())),
            Map.entry(SEED, new Spelling("seed", between(0, LARGEST_SEED))),
            Map.entry(THINKING_EFFORT, new Spelling("thinking.effort", oneOf(NO_THINKING, "low", "medium", "high"))),
            Map.entry(TOOLS, new Spelling("tools", anything())),
            Map.entry(TOOL_CHOICE, new Spelling("toolChoice", anything())),
            Map.entry(JSON_SCHEMA, new Spelling("responseFormat", anything())));

    private static final Map<GenerationOption, Spelling> OPENAI = Map.ofEntries(
            Map.entry(TEMPERATURE, new Spelling("temperature", between(0, 2))),
            Map.entry(TOP_P, new Spelling("top_p", between(0, 1))),
            Map.entry(TOP_K, new Spelling("top_k", atLeast(0))),
            Map.entry(MAX_TOKENS, new Spelling("max_tokens", atLeast(1))),
            Map.entry(REPEAT_PENALTY, new Spelling("repetition_penalty", above(0, 10))),
            Map.entry(FREQUENCY_PENALTY, new Spelling("frequency_penalty", between(-2, 2))),
            Map.entry(PRESENCE_PENALTY, new Spelling("presence_penalty", between(-2, 2))),
            Map.entry(STOP, new Spelling("stop", atMostEntries(4))),
            Map.entry(SEED, new Spelling("seed", anything())),
            Map.entry(N, new Spelling("n", atLeast(1))),
            Map.entry(LOGPROBS, new Spelling("logprobs", anything())),
            Map.entry(TOP_LOGPROBS, new Spelling("top_logprobs", between(0, 20))),
            Map.entry(USER, new Spelling("user", anything())),
            Map.entry(RESPONSE_FORMAT, new Spelling("response_format.type", oneOf("text", "json_object"))),
            Map.entry(
                    THINKING_EFFORT,
                    new Spelling("reasoning_effort", oneOf(NO_THINKING, "minimal", "low", "medium", "high"))),
            Map.entry(TOOLS, new Spelling("tools", anything())),
            Map.entry(TOOL_CHOICE, new Spelling("tool_choice", anything())),
            Map.entry(JSON_SCHEMA, new Spelling("response_format", anything())));

    private static final Spelling MAX_TOKENS_WHILE_THINKING =
            new Spelling("maxCompletionTokens", between(1, LARGEST_THINKING_OUTPUT));

    private static final Spelling REPEAT_PENALTY_OF_V1_MODELS = new Spelling("repeat_penalty", above(0, 10));

    static Spellings of(Dialect dialect) {
        return new Spellings(
                dialect,
                switch (dialect) {
                    case CLOVA_V1, CLOVA_V2 -> V1;
                    case CLOVA_V3 -> V3;
                    case OPENAI -> OPENAI;
                });
    }

    /** Absent when the dialect cannot express the option. */
    @Nullable
    Spelling spelling(GenerationOption option, @Nullable String model) {
        if (dialect == Dialect.CLOVA_V3 && option == MAX_TOKENS && THINKING_MODEL.equals(model)) {
            return MAX_TOKENS_WHILE_THINKING;
        }
        // CLOVA's OpenAI-compatible endpoint serves the models of both of its own APIs under their own words.
        if (dialect == Dialect.OPENAI && option == REPEAT_PENALTY && Dialect.isV1Model(model)) {
            return REPEAT_PENALTY_OF_V1_MODELS;
        }
        return byOption.get(option);
    }

    Optional<String> problem(GenerationOption option, Object value, @Nullable String model) {
        Spelling spelling = spelling(option, model);
        if (spelling == null) {
            return Optional.of("cannot be expressed in dialect " + dialect.id());
        }
        if (spelling.range().contains(value)) {
            return Optional.empty();
        }
        return Optional.of("%s is out of range, dialect %s takes %s"
                .formatted(
                        Excerpt.of(value.toString()),
                        dialect.id(),
                        spelling.range().describe()));
    }

    Optional<String> conflict(GenerationOptions options, @Nullable String model) {
        return Conflicts.first(dialect, options, model);
    }

    Set<String> ownMembers() {
        Set<String> members =
                new HashSet<>(Set.of("messages", "model", "stream", "includeAiFilters", "maxCompletionTokens"));
        byOption.values().forEach(spelling -> members.add(spelling.member().split("\\.", 2)[0]));
        if (dialect == Dialect.OPENAI) {
            members.removeAll(Set.of("includeAiFilters", "maxCompletionTokens"));
        }
        return members;
    }
}
