package io.github.camelclova.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A record as the text of a JSON object. */
public final class JsonRecord {

    private JsonRecord() {}

    /**
     * The record with one more field, or another value of it.
     *
     * @param registry as for {@link JsonText#of}
     * @throws IllegalArgumentException if the text is no JSON object, or the value cannot be written as JSON
     */
    public static String with(
            @Nullable String json, String field, Object value, Function<Class<?>, @Nullable Object> registry) {
        if (parsed(json) instanceof ObjectNode object) {
            object.set(field, parsed(JsonText.of(value, registry)));
            return new String(Json.write(object), StandardCharsets.UTF_8);
        }
        throw new IllegalArgumentException("The record is no JSON object, so it can have no field " + field);
    }

    private static @Nullable JsonNode parsed(@Nullable String json) {
        try {
            return json == null ? null : Json.read(json);
        } catch (JsonProcessingException malformed) {
            return null;
        }
    }
}
