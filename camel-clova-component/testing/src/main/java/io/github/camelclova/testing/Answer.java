package io.github.camelclova.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What the stand-in answers to a prompt, before a dialect spells it. Everything but the time follows from the prompt.
 *
 * @param thinking the tokens of the thinking text; empty unless the prompt asked for it
 * @param tokens the tokens of the answer
 * @param cut true when the cap of the prompt left something out
 */
record Answer(Prompt prompt, List<String> thinking, List<String> tokens, boolean cut, Instant at) {

    private static final long LARGEST_SEED = 4_294_967_295L;

    Answer {
        requireNonNull(prompt, "prompt");
        thinking = List.copyOf(thinking);
        tokens = List.copyOf(tokens);
        requireNonNull(at, "at");
    }

    static Answer to(Prompt prompt, boolean thinks, UnaryOperator<String> text) {
        String message = prompt.lastUserText();
        List<String> thinking = thinks ? Tokens.of(AnswerText.thinking(message)) : List.of();
        List<String> tokens = Tokens.of(text.apply(message));
        int cap = prompt.cap().orElse(Integer.MAX_VALUE);
        int thought = Math.min(cap, thinking.size());
        int said = Math.min(cap - thought, tokens.size());
        boolean cut = thought + said < thinking.size() + tokens.size();
        return new Answer(prompt, thinking.subList(0, thought), tokens.subList(0, said), cut, Instant.now());
    }

    String text() {
        return String.join("", tokens);
    }

    String thinkingText() {
        return String.join("", thinking);
    }

    int promptTokens() {
        return prompt.tokens();
    }

    int completionTokens() {
        return thinking.size() + tokens.size();
    }

    /** The seed of the request, or one that follows from the prompt when it has none. */
    long seed() {
        long asked = prompt.asked().path("seed").asLong();
        return asked > 0 && asked <= LARGEST_SEED
                ? asked
                : Math.max(1, Integer.toUnsignedLong(prompt.key().hashCode()));
    }

    /** An id for the event of this number. */
    String id(int number) {
        return UUID.nameUUIDFromBytes((prompt.key() + "\n" + number).getBytes(UTF_8))
                .toString();
    }
}
