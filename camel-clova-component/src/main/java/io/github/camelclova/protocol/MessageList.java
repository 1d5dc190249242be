package io.github.camelclova.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.Role;
import io.github.camelclova.chat.ToolCall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A conversation as JSON text or maps: objects with {@code role} and {@code content} and, where tools are called, {@code
 * toolCalls} and {@code toolCallId} (or the same in snake case).
 */
public final class MessageList {

    private static final List<String> TOOL_CALLS = List.of("toolCalls", "tool_calls");

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

    /**
     * Reads one message from a map of the same members; tool calls in it may be {@link ToolCall}s or maps.
     *
     * @throws IllegalArgumentException naming what is wrong and this position
     */
    public static ChatMessage of(Map<?, ?> map, int position) {
        Map<String, Object> plain = new LinkedHashMap<>();
        map.forEach((name, value) -> plain.put(String.valueOf(name), value));
        List<ToolCall> ready = new ArrayList<>();
        for (String name : TOOL_CALLS) {
            if (plain.get(name) instanceof List<?> calls && calls.stream().allMatch(ToolCall.class::isInstance)) {
                calls.forEach(call -> ready.add((ToolCall) call));
                plain.remove(name);
            }
        }
        ChatMessage message = message(Json.node(plain), position);
        return ready.isEmpty() ? message : ChatMessage.assistant(message.text(), ready);
    }

    private static ChatMessage message(JsonNode entry, int position) {
        JsonNode role = entry.path("role");
        JsonNode content = entry.path("content");
        List<ToolCall> calls = new ArrayList<>();
        TOOL_CALLS.forEach(name -> calls.addAll(ToolCalls.of(entry.path(name))));
        boolean saysNothing = (content.isNull() || content.isMissingNode()) && !calls.isEmpty();
        if (!role.isTextual() || !(content.isTextual() || saysNothing)) {
            throw new IllegalArgumentException("entry %d needs role and content as text".formatted(position));
        }
        String callId = Member.text(entry, "toolCallId");
        try {
            return new ChatMessage(
                    Role.of(role.textValue()),
                    saysNothing ? "" : content.textValue(),
                    calls,
                    callId == null ? Member.text(entry, "tool_call_id") : callId);
        } catch (IllegalArgumentException unfit) {
            throw new IllegalArgumentException("entry %d: %s".formatted(position, unfit.getMessage()), unfit);
        }
    }
}
