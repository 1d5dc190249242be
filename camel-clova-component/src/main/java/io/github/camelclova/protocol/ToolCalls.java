package io.github.camelclova.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads finished tool calls. CLOVA's arguments are an object, OpenAI's are text; both are met on either side. */
final class ToolCalls {

    private ToolCalls() {}

    static List<ToolCall> of(JsonNode toolCalls) {
        List<ToolCall> calls = new ArrayList<>();
        toolCalls.forEach(call -> calls.add(call(call)));
        return calls;
    }

    private static ToolCall call(JsonNode call) {
        JsonNode function = call.path("function");
        JsonNode arguments = function.path("arguments");
        String json = arguments.isTextual() ? arguments.textValue() : arguments.isObject() ? arguments.toString() : "";
        return finished(
                Objects.requireNonNullElse(Member.text(call, "id"), ""),
                Objects.requireNonNullElse(Member.text(function, "name"), ""),
                json);
    }

    /** A call from its parts; arguments that are no JSON object stay text. */
    static ToolCall finished(String id, String name, String json) {
        return new ToolCall(id, name, arguments(json), json);
    }

    private static Map<String, Object> arguments(String json) {
        try {
            return Json.map(Json.read(json));
        } catch (JsonProcessingException notJson) {
            return Map.of();
        }
    }
}
