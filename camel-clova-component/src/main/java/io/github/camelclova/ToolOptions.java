package io.github.camelclova;

import io.github.camelclova.protocol.ToolDefinition;
import io.github.camelclova.protocol.ToolDefinitions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The options of a route that is a tool. Every refusal is an {@link IllegalArgumentException} that names the option. */
final class ToolOptions {

    /** What stands before the name of the tool, as an operation does. */
    static final String OPERATION = "tool";

    static final String PREFIX = "parameter.";

    private static final Set<String> TYPES = Set.of("string", "number", "integer", "boolean", "array", "object");
    private static final Set<String> DETAILS = Set.of("description", "required", "enum");

    private ToolOptions() {}

    static ToolDefinition check(ClovaEndpoint endpoint) {
        String name = name("toolName", String.valueOf(endpoint.getToolName()));
        String description = endpoint.getDescription();
        if (description == null || description.isBlank()) {
            throw OptionValue.refused("description", "is missing; it is what the model chooses the tool by");
        }
        String schema = EndpointOptions.text(endpoint, "parameters", endpoint.getParameters());
        if (schema == null) {
            return definition(name, description, endpoint.getParameter());
        }
        if (!endpoint.getParameter().isEmpty()) {
            throw OptionValue.refused("parameters", "cannot stand beside parameter.*");
        }
        try {
            return ToolDefinition.of(name, description, schema);
        } catch (IllegalArgumentException unusable) {
            throw OptionValue.refused("parameters", String.valueOf(unusable.getMessage()));
        }
    }

    /** The name of a tool, in an option. */
    static String name(String option, String name) {
        if (!ToolDefinitions.isName(name)) {
            throw OptionValue.refused(option, "a tool has a name of 1 to 64 letters, digits, _ or -");
        }
        return name;
    }

    private static ToolDefinition definition(String name, String description, Map<String, Object> options) {
        Map<String, Map<String, Object>> properties = new TreeMap<>();
        List<String> required = new ArrayList<>();
        // In order of name, so that a type comes before the details that depend on it.
        new TreeMap<>(options)
                .forEach((option, value) -> parameter(option, value.toString().trim(), properties, required));
        return ToolDefinition.of(name, description, properties, required);
    }

    private static void parameter(
            String option, String value, Map<String, Map<String, Object>> properties, List<String> required) {
        int dot = option.indexOf('.');
        String name = name(PREFIX + option, dot < 0 ? option : option.substring(0, dot));
        Map<String, Object> property =
                properties.computeIfAbsent(name, each -> new LinkedHashMap<>(Map.of("type", "string")));
        if (dot < 0) {
            type(option, value, property);
            return;
        }
        switch (option.substring(dot + 1)) {
            case "description" -> property.put("description", value);
            case "required" -> {
                if (isTrue(option, value)) {
                    required.add(name);
                }
            }
            case "enum" ->
                property.put(
                        "enum",
                        Arrays.stream(value.split(",", -1))
                                .map(each -> constant(option, each.trim(), property.get("type")))
                                .toList());
            default ->
                throw OptionValue.refused(
                        PREFIX + option,
                        "behind the name there may be one of %s"
                                .formatted(DETAILS.stream().sorted().toList()));
        }
    }

    private static void type(String option, String type, Map<String, Object> property) {
        if (!TYPES.contains(type)) {
            throw OptionValue.refused(
                    PREFIX + option,
                    "the type is none of %s".formatted(TYPES.stream().sorted().toList()));
        }
        property.put("type", type);
        if (type.equals("array")) {
            // Some services refuse an array that does not say what is in it.
            property.put("items", Map.of());
        }
    }

    private static boolean isTrue(String option, String value) {
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw OptionValue.refused(PREFIX + option, "is neither true nor false");
        }
        return Boolean.parseBoolean(value);
    }

    private static Object constant(String option, String value, @Nullable Object type) {
        if (value.isEmpty()) {
            throw OptionValue.refused(PREFIX + option, "has an empty entry");
        }
        if ("string".equals(type)) {
            return value;
        }
        try {
            return new BigDecimal(value);
        } catch (NumberFormatException noNumber) {
            throw OptionValue.refused(
                    PREFIX + option, "an entry does not have the type %s, or that type has no enum".formatted(type));
        }
    }
}
