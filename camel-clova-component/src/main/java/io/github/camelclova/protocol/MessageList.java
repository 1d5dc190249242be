package io.github.camelclova.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.Role;
import io.github.camelclova.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A conversation as JSON text or maps: objects with {@code role} and {@code content} and, where tools are called, {@code
 * toolCalls} and {@code toolCallId} (or the same in snake case).
 */
public final class MessageList {

    private static final List<String> TOOL_CALLS = List.of("toolCalls", "tool_calls");
    private static final List<String> MEMBERS =
            List.of("content", "toolCalls", "tool_calls", "toolCallId", "tool_call_id");

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
        ObjectNode entry = Json.object().put("role", String.valueOf(map.get("role")));
        // What else is in the map is nobody's business: it may be anything, and not even JSON.
        for (String name : MEMBERS) {
            Object value = map.get(name);
            if (value instanceof List<?> calls) {
                ArrayNode array = entry.putArray(name);
                calls.forEach(call ->
                        array.add(call instanceof ToolCall ready ? WireForm.openAiToolCall(ready) : Json.node(call)));
            } else if (value instanceof String text) {
                entry.put(name, text);
            } else if (value != null) {
                entry.putPOJO(name, value);
            }
        }
        return message(entry, position);
    }

    private static List<ToolCall> toolCalls(JsonNode calls, int position) {
        List<ToolCall> read = calls.isNull() ? List.of() : ToolCalls.of(calls);
        boolean isList = calls.isArray() || calls.isNull() || calls.isMissingNode();
        if (!isList || read.stream().anyMatch(call -> call.name().isEmpty())) {
            throw new IllegalArgumentException(
                    "entry %d needs its tool calls as a list with id and function each".formatted(position));
        }
        return read;
    }

    private static ChatMessage message(JsonNode entry, int position) {
        JsonNode role = entry.path("role");
        JsonNode content = entry.path("content");
        List<ToolCall> calls = new ArrayList<>();
        TOOL_CALLS.forEach(name -> calls.addAll(toolCalls(entry.path(name), position)));
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
