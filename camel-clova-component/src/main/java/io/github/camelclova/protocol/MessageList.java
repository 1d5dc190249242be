package io.github.camelclova.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ContentPart;
import io.github.camelclova.chat.Role;
import io.github.camelclova.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as JSON text or maps: objects with {@code role} and {@code content} and, where tools are called, {@code
 * toolCalls} and {@code toolCallId} (or the same in snake case). Content is text or a list of parts.
 */
public final class MessageList {

    private static final String CONTENT = "content";
    private static final List<String> TOOL_CALLS = List.of("toolCalls", "tool_calls");
    private static final List<String> MEMBERS =
            List.of(CONTENT, "toolCalls", "tool_calls", "toolCallId", "tool_call_id");

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
            throw new IllegalArgumentException("malformed JSON " + Json.place(malformed));
        }
        JsonNode entries = list.isObject() ? list.path("messages") : list;
        if (!entries.isArray()) {
            throw new IllegalArgumentException("a JSON list of objects with role and content is needed");
        }
        List<ChatMessage> messages = new ArrayList<>();
        entries.forEach(entry -> messages.add(message(entry, null, messages.size())));
        return messages;
    }

    /**
     * Reads one message from a map of the same members; tool calls in it may be {@link ToolCall}s or maps, and parts
     * {@link ContentPart}s or maps.
     *
     * @throws IllegalArgumentException naming what is wrong and this position
     */
    public static ChatMessage of(Map<?, ?> map, int position) {
        ObjectNode entry = Json.object().put("role", String.valueOf(map.get("role")));
        @Nullable List<ContentPart> content = null;
        // What else is in the map is nobody's business: it may be anything, and not even JSON.
        for (String name : MEMBERS) {
            Object value = map.get(name);
            if (value instanceof List<?> parts && name.equals(CONTENT)) {
                content = ContentParts.of(parts, position);
            } else if (value instanceof List<?> calls) {
                ArrayNode array = entry.putArray(name);
                calls.forEach(call ->
                        array.add(call instanceof ToolCall ready ? WireForm.openAiToolCall(ready) : Json.node(call)));
            } else if (value instanceof String text) {
                entry.put(name, text);
            } else if (value != null) {
                entry.putPOJO(name, value);
            }
        }
        return message(entry, content, position);
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

    /** @param read its content, if it has been read before */
    static ChatMessage message(JsonNode entry, @Nullable List<ContentPart> read, int position) {
        JsonNode role = entry.path("role");
        List<ToolCall> calls = new ArrayList<>();
        TOOL_CALLS.forEach(name -> calls.addAll(toolCalls(entry.path(name), position)));
        List<ContentPart> content = read == null ? content(entry.path(CONTENT), !calls.isEmpty(), position) : read;
        if (!role.isTextual() || content.isEmpty()) {
            throw new IllegalArgumentException(
                    "entry %d needs role and content as text, or content as a list of parts".formatted(position));
        }
        String callId = Member.text(entry, "toolCallId");
        try {
            return new ChatMessage(
                    Role.of(role.textValue()),
                    content,
                    calls,
                    callId == null ? Member.text(entry, "tool_call_id") : callId);
        } catch (IllegalArgumentException unfit) {
            throw new IllegalArgumentException("entry %d: %s".formatted(position, unfit.getMessage()), unfit);
        }
    }

    /** Empty if it is no content. */
    private static List<ContentPart> content(JsonNode content, boolean callsTools, int position) {
        if (content.isArray()) {
            return ContentParts.of(content, position);
        }
        boolean saysNothing = (content.isNull() || content.isMissingNode()) && callsTools;
        return content.isTextual() || saysNothing ? List.of(ContentPart.text(content.asText(""))) : List.of();
    }
}
