package io.github.camelclova.protocol;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.camelclova.chat.ToolCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A tool as the model is told of it, and the check of what the model calls it with. Thread-safe. */
public final class ToolDefinition {

    /** Arguments that are longer are not read. */
    static final int LONGEST_ARGUMENTS = 65_536;

    private final String name;
    private final String description;
    private final Map<String, Object> parameters;
    private final AnswerSchema schema;

    private ToolDefinition(String name, String description, Map<String, Object> parameters, AnswerSchema schema) {
        this.name = requireNonNull(name, "name");
        this.description = requireNonNull(description, "description");
        this.parameters = parameters;
        this.schema = schema;
    }

    /**
     * A tool whose parameters are told by a JSON Schema.
     *
     * @throws IllegalArgumentException if it is no schema of an object
     */
    public static ToolDefinition of(String name, String description, String jsonSchema) {
        AnswerSchema schema = AnswerSchema.parse(jsonSchema);
        return new ToolDefinition(name, description, schema.asMap(), schema);
    }

    /**
     * A tool with these parameters and no others.
     *
     * @param properties a JSON Schema each, by name
     * @param required those without which it cannot be called
     */
    public static ToolDefinition of(
            String name, String description, Map<String, Map<String, Object>> properties, List<String> required) {
        Map<String, Object> told = new HashMap<>(Map.of("type", "object", "properties", properties));
        if (!required.isEmpty()) {
            told.put("required", required);
        }
        // Not every service knows this rule, so they are not told.
        Map<String, Object> checked = new HashMap<>(told);
        checked.put("additionalProperties", false);
        return new ToolDefinition(name, description, told, AnswerSchema.of(checked));
    }

    public String name() {
        return name;
    }

    /** As the option {@code tools} defines a function. */
    public Map<String, Object> asMap() {
        return Map.of("name", name, "description", description, "parameters", parameters);
    }

    /** What is wrong with what the model calls it with, by place and rule; empty if nothing is. */
    public Optional<String> problem(ToolCall call) {
        if (call.json().length() > LONGEST_ARGUMENTS) {
            return Optional.of("longer than %d characters".formatted(LONGEST_ARGUMENTS));
        }
        String json = json(call);
        return json.startsWith("{") ? schema.problem(json) : Optional.of("no JSON object");
    }

    /** The arguments of a call with which nothing is wrong; the caller's own, to the last list in it. */
    public Map<String, Object> arguments(ToolCall call) {
        try {
            return Json.map(Json.read(json(call)));
        } catch (JsonProcessingException unchecked) {
            throw new IllegalArgumentException("the arguments are no JSON", unchecked);
        }
    }

    /** Some models say nothing in place of no arguments. */
    private static String json(ToolCall call) {
        return call.json().isBlank() ? "{}" : call.json().strip();
    }

    /**
     * The call as it can be sent back to a service, whatever the model made of it: services read the calls in a conversation
     * again, and refuse what they cannot read.
     *
     * @param position of the call in its round, for one that has no id
     */
    public static ToolCall repeatable(ToolCall call, int position) {
        String id = call.id().isEmpty() ? "call_" + position : call.id();
        String name = ToolDefinitions.isName(call.name()) ? call.name() : "unknown";
        boolean isObject = !call.arguments().isEmpty() && call.json().length() <= LONGEST_ARGUMENTS;
        return new ToolCall(id, name, isObject ? call.arguments() : Map.of(), isObject ? call.json() : "{}");
    }
}
