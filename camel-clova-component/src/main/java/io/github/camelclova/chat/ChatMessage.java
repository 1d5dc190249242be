package io.github.camelclova.chat;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One turn of a conversation.
 *
 * @param text empty where an assistant did nothing but call tools
 * @param toolCalls what the assistant asked for; empty for other roles
 * @param toolCallId the call whose result this is; present for the role tool and no other
 */
public record ChatMessage(
        Role role,
        String text,
        List<ToolCall> toolCalls,
        @Nullable String toolCallId) {

    /**
     * Checks that the parts fit the role.
     *
     * @throws IllegalArgumentException if they do not
     */
    public ChatMessage {
        requireNonNull(role, "role");
        requireNonNull(text, "text");
        toolCalls = List.copyOf(toolCalls);
        if (role != Role.ASSISTANT && !toolCalls.isEmpty()) {
            throw new IllegalArgumentException("only the role assistant has tool calls");
        }
        if ((role == Role.TOOL) != (toolCallId != null)) {
            throw new IllegalArgumentException("the role tool, and no other, needs the id of its tool call");
        }
    }

    /** A message that calls no tool and brings no result of one. */
    public ChatMessage(Role role, String text) {
        this(role, text, List.of(), null);
    }

    public static ChatMessage system(String text) {
        return new ChatMessage(Role.SYSTEM, text);
    }

    public static ChatMessage user(String text) {
        return new ChatMessage(Role.USER, text);
    }

    public static ChatMessage assistant(String text) {
        return new ChatMessage(Role.ASSISTANT, text);
    }

    /** What the model said when it asked for tools; it goes before their results. */
    public static ChatMessage assistant(String text, List<ToolCall> toolCalls) {
        return new ChatMessage(Role.ASSISTANT, text, toolCalls, null);
    }

    /** The result of a tool call. */
    public static ChatMessage tool(String toolCallId, String result) {
        return new ChatMessage(Role.TOOL, result, List.of(), toolCallId);
    }

    /** Says how much was said, never what: prompts and answers stay out of logs. */
    @Override
    public String toString() {
        return "ChatMessage[%s, %d characters]".formatted(role.wireName(), text.length());
    }
}
