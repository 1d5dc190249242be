package io.github.camelclova.chat;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of the answers to a request; CLOVA Studio gives one, OpenAI-compatible services as many as {@code n} asked for.
 *
 * @param thinking the model's reasoning, if it was sent; it may repeat the system message and is no part of the answer
 * @param stopReason absent when the service gave none
 * @param logprobs the service's own structure, absent unless asked for
 */
public record Choice(
        int index,
        String text,
        @Nullable String thinking,
        @Nullable StopReason stopReason,
        List<ToolCall> toolCalls,
        @Nullable Map<String, Object> logprobs) {

    public Choice {
        requireNonNull(text, "text");
        toolCalls = List.copyOf(toolCalls);
    }
}
