package io.github.camelclova.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ContentPart;
import io.github.camelclova.chat.GenerationOption;
import io.github.camelclova.chat.ToolCall;
import java.util.List;
import java.util.Set;

/** How messages and the options that are no plain values look in a request: CLOVA in camel case, OpenAI in snake case. */
final class WireForm {

    private static final Set<String> CHOICES = Set.of("none", "auto", "required");

    private final boolean takesParts;
    private final boolean isNative;

    WireForm(Dialect dialect) {
        this.takesParts = dialect.takesParts();
        this.isNative = dialect.isNative();
    }

    ObjectNode message(ChatMessage message) {
        ObjectNode node = Json.object().put("role", message.role().wireName());
        boolean isPlainText = message.content().size() == 1 && message.images() == 0;
        if (isPlainText || !takesParts) {
            // Never null: CLOVA refuses that even where a message only calls tools.
            node.put("content", message.text());
        } else {
            ArrayNode parts = node.putArray("content");
            message.content().forEach(part -> parts.add(part(part)));
        }
        if (!message.toolCalls().isEmpty()) {
            ArrayNode calls = node.putArray(isNative ? "toolCalls" : "tool_calls");
            message.toolCalls().forEach(call -> calls.add(toolCall(call)));
        }
        if (message.toolCallId() != null) {
            node.put(isNative ? "toolCallId" : "tool_call_id", message.toolCallId());
        }
        return node;
    }

    private ObjectNode part(ContentPart part) {
        ObjectNode node = Json.object();
        if (part instanceof ContentPart.Text text) {
            node.put("type", "text").put("text", text.text());
        } else if (part instanceof ContentPart.ImageUrl image) {
            node.put("type", "image_url")
                    .putObject(isNative ? "imageUrl" : "image_url")
                    .put("url", image.url().toString());
        } else if (part instanceof ContentPart.ImageBytes image) {
            node.put("type", "image_url")
                    .putObject(isNative ? "dataUri" : "image_url")
                    .putPOJO(isNative ? "data" : "url", data(image));
        }
        return node;
    }

    /** CLOVA takes the bytes alone, OpenAI takes them as a URL. */
    private Base64Text data(ContentPart.ImageBytes image) {
        return new Base64Text(isNative ? "" : "data:%s;base64,".formatted(image.mediaType()), image.bytes());
    }

    /** CLOVA's arguments are an object, OpenAI's are text. */
    private ObjectNode toolCall(ToolCall call) {
        ObjectNode node = openAiToolCall(call);
        if (isNative) {
            node.withObjectProperty("function").set("arguments", Json.node(call.arguments()));
        }
        return node;
    }

    static ObjectNode openAiToolCall(ToolCall call) {
        String arguments = call.json().isEmpty() ? Json.node(call.arguments()).toString() : call.json();
        ObjectNode node = Json.object().put("id", call.id()).put("type", "function");
        node.putObject("function").put("name", call.name()).put("arguments", arguments);
        return node;
    }

    JsonNode option(GenerationOption option, Object value) {
        return switch (option) {
            case TOOLS -> tools((List<?>) value);
            case TOOL_CHOICE -> toolChoice(value.toString());
            case JSON_SCHEMA -> schema(value);
            default -> Json.node(value);
        };
    }

    private static ArrayNode tools(List<?> functions) {
        ArrayNode tools = Json.object().putArray("tools");
        functions.forEach(function -> tools.addObject().put("type", "function").set("function", Json.node(function)));
        return tools;
    }

    private static JsonNode toolChoice(String choice) {
        if (CHOICES.contains(choice)) {
            return Json.node(choice);
        }
        ObjectNode named = Json.object().put("type", "function");
        named.putObject("function").put("name", choice);
        return named;
    }

    private JsonNode schema(Object schema) {
        ObjectNode format = Json.object();
        if (isNative) {
            format.put("type", "json").set("schema", Json.node(schema));
        } else {
            format.put("type", "json_schema")
                    .putObject("json_schema")
                    .put("name", "answer")
                    .put("strict", true)
                    .set("schema", Json.node(schema));
        }
        return format;
    }
}
