package io.github.camelclova.chat;

import static java.util.Objects.requireNonNull;

/** One turn of a conversation. */
public record ChatMessage(Role role, String text) {

    public ChatMessage {
        requireNonNull(role, "role");
        requireNonNull(text, "text");
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

    /** Says how much was said, never what: prompts and answers stay out of logs. */
    @Override
    public String toString() {
        return "ChatMessage[%s, %d characters]".formatted(role.wireName(), text.length());
    }
}
