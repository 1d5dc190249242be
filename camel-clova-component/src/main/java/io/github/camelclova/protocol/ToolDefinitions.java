package io.github.camelclova.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The functions that a model may ask for, as the option {@code tools} defines them. */
public final class ToolDefinitions {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private ToolDefinitions() {}

    /** Whether every service takes it for the name of a function. */
    public static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /**
     * Reads a JSON list of functions, each bare or within {@code {"type":"function","function":{...}}}.
     *
     * @return a map of {@code name}, {@code parameters} and, where there is one, {@code description} for each
     * @throws IllegalArgumentException naming the entry that is none
     */
    public static List<Map<String, Object>> parse(String json) {
        List<Map<String, Object>> functions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode entry : list(json)) {
            JsonNode function = entry.path("function").isObject() ? entry.path("function") : entry;
            String name = function.path("name").asText("");
            String where = "entry " + functions.size();
            if (!isName(name)) {
                throw new IllegalArgumentException(where + " needs a name of 1 to 64 letters, digits, _ or -");
            }
            if (function.hasNonNull("description")
                    && !function.path("description").isTextual()) {
                throw new IllegalArgumentException(where + " has a description that is no text");
            }
            if (function.hasNonNull("parameters")
                    && !function.path("parameters").isObject()) {
                throw new IllegalArgumentException(where + " has parameters that are no JSON Schema of an object");
            }
            if (!names.add(name)) {
                throw new IllegalArgumentException(where + " has the name of another, " + name);
            }
            Map<String, Object> definition = Json.map(function);
            // CLOVA has asked for parameters at one time and not at another.
            definition.putIfAbsent("parameters", Map.of("type", "object", "properties", Map.of()));
            functions.add(definition);
        }
        if (functions.isEmpty()) {
            throw new IllegalArgumentException("has no function");
        }
        return functions;
    }

    private static JsonNode list(String json) {
        try {
            JsonNode list = Json.read(json);
            if (list.isArray()) {
                return list;
            }
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("malformed JSON " + Json.place(malformed));
        }
        throw new IllegalArgumentException("is no JSON list of functions");
    }
}
