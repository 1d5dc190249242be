package io.github.camelclova.chat;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A function that the model wants called. Everything in it was written by the model: it names no header, file or class.
 *
 * @param id repeats in the message that brings the function's result; empty where the service sent none
 * @param arguments by name; empty when {@code json} is not a JSON object
 * @param json the arguments as JSON text, as received
 */
public record ToolCall(String id, String name, Map<String, Object> arguments, String json) {

    public ToolCall {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
        requireNonNull(json, "json");
        // Not Map.copyOf: an argument may be null.
        arguments = Collections.unmodifiableMap(new LinkedHashMap<>(arguments));
    }
}
