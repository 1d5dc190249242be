package io.github.camelclova.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Values of the application as JSON text. */
public final class JsonText {

    private static final ObjectMapper PLAIN = new ObjectMapper();

    private JsonText() {}

    /**
     * A value as JSON text.
     *
     * @param registry finds the one instance of a class, to write with the application's own {@code ObjectMapper}
     * @throws IllegalArgumentException if it cannot be written as JSON; the message names its class and no value
     */
    public static String of(@Nullable Object value, Function<Class<?>, @Nullable Object> registry) {
        ObjectMapper mapper = registry.apply(ObjectMapper.class) instanceof ObjectMapper theirs ? theirs : PLAIN;
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException unfit) {
            // Its message and cause quote the value.
            throw new IllegalArgumentException("%s cannot be written as JSON"
                    .formatted(value == null ? "null" : value.getClass().getName()));
        }
    }
}
