package io.github.camelclova.protocol;

import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.ContentPart;
import io.github.camelclova.chat.GenerationOption;
import io.github.camelclova.chat.GenerationOptions;
import io.github.camelclova.chat.ToolCall;
import java.util.Map;

/**
 * The tokens that a service will charge for a request before it answers: what it is sent, and what the answer may have at
 * most. Where no most is asked for, the service's own default counts. (CLOVA Studio, rate limits and Chat Completions v3.)
 */
final class TokenEstimate {

    /** Role and end of turn. */
    private static final long PER_MESSAGE = 4;

    /** As CLOVA Studio's tokenizer counts one of usual size. */
    private static final long PER_IMAGE = 1_500;

    private static final long ASCII_PER_TOKEN = 4;
    private static final long V1_DEFAULT = 100;
    private static final long DEFAULT = 512;

    /** What HCX-007 allows itself for an answer with its thinking. */
    private static final Map<String, Long> THINKING_DEFAULTS =
            Map.of(Spellings.NO_THINKING, DEFAULT, "low", 5_120L, "medium", 10_240L, "high", 20_480L);

    private TokenEstimate() {}

    static long of(ChatRequest request, Dialect dialect) {
        long choices = request.options()
                .get(GenerationOption.N)
                .map(n -> ((Number) n).longValue())
                .orElse(1L);
        return input(request) + choices * output(request, dialect);
    }

    private static long input(ChatRequest request) {
        long tokens = 0;
        for (ChatMessage message : request.messages()) {
            tokens += PER_MESSAGE;
            for (ContentPart part : message.content()) {
                tokens += part instanceof ContentPart.Text said ? text(said.text()) : PER_IMAGE;
            }
            for (ToolCall call : message.toolCalls()) {
                tokens += text(call.name()) + text(call.json());
            }
        }
        GenerationOptions options = request.options();
        return tokens + said(options, GenerationOption.TOOLS) + said(options, GenerationOption.JSON_SCHEMA);
    }

    private static long said(GenerationOptions options, GenerationOption option) {
        return options.get(option).map(value -> text(value.toString())).orElse(0L);
    }

    /** Four letters of English, or one of Korean: rather too much than too little. */
    static long text(String text) {
        long ascii = text.chars().filter(letter -> letter < 0x80).count();
        return (ascii + ASCII_PER_TOKEN - 1) / ASCII_PER_TOKEN + text.codePointCount(0, text.length()) - ascii;
    }

    private static long output(ChatRequest request, Dialect dialect) {
        GenerationOptions options = request.options();
        return options.get(GenerationOption.MAX_TOKENS)
                .map(most -> ((Number) most).longValue())
                .orElseGet(() -> switch (dialect) {
                    case CLOVA_V1, CLOVA_V2 -> V1_DEFAULT;
                    case CLOVA_V3 -> v3Default(request);
                    case OPENAI -> DEFAULT;
                });
    }

    private static long v3Default(ChatRequest request) {
        if (!Spellings.THINKING_MODEL.equals(request.model())) {
            return DEFAULT;
        }
        Object effort = request.options().get(GenerationOption.THINKING_EFFORT).orElse("low");
        return THINKING_DEFAULTS.getOrDefault(effort.toString(), DEFAULT);
    }
}
