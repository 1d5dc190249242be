package io.github.camelclova.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.Role;
import java.util.ArrayList;
import java.util.List;

/** A conversation as JSON text: a list of objects with {@code role} and {@code content}, as every dialect has it. */
public final class MessageList {

    private MessageList() {}

    /**
     * Reads a list of messages, or an object with a member {@code messages} that is one.
     *
     * @throws IllegalArgumentException naming the entry that is none; never quoting the text
     */
    public static List<ChatMessage> parse(String json) {
        JsonNode list;
        try {
            list = Json.read(json);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("malformed JSON at line %d, column %d"
                    .formatted(
                            malformed.getLocation().getLineNr(),
                            malformed.getLocation().getColumnNr()));
        }
        JsonNode entries = list.isObject() ? list.path("messages") : list;
        if (!entries.isArray()) {
            throw new IllegalArgumentException("a JSON list of objects with role and content is needed");
        }
        List<ChatMessage> messages = new ArrayList<>();
        entries.forEach(entry -> messages.add(message(entry, messages.size())));
        return messages;
    }

    private static ChatMessage message(JsonNode entry, int position) {
        JsonNode role = entry.path("role");
        JsonNode content = entry.path("content");
        if (!role.isTextual() || !content.isTextual()) {
            throw new IllegalArgumentException("entry %d needs role and content as text".formatted(position));
        }
        try {
            return new ChatMessage(Role.of(role.textValue()), content.textValue());
        } catch (IllegalArgumentException unknownRole) {
            throw new IllegalArgumentException(
                    "entry %d: %s".formatted(position, unknownRole.getMessage()), unknownRole);
        }
    }
}
