package io.github.camelclova.chat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a conversation grows by: from what was asked to what was answered, with all tool calls and their results between.
 *
 * @param messages at least one, none of them with the role system
 * @param tokens what sending it again costs, as the service counted; absent if it did not
 */
public record Turn(List<ChatMessage> messages, @Nullable Integer tokens) {

    public Turn {
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a turn needs at least one message");
        }
    }

    /** Whether it begins with the results of tool calls, and so belongs to the turn before. */
    boolean goesOn() {
        return messages.get(0).role() == Role.TOOL;
    }

    Turn and(Turn next) {
        List<ChatMessage> both = new ArrayList<>(messages);
        both.addAll(next.messages);
        return new Turn(both, Usage.sum(tokens, next.tokens));
    }
}
