package io.github.camelclova.examples.moderatedchat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/** The page's and the server's common language. */
final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static String of(Object value) {
        return new String(bytesOf(value), UTF_8);
    }

    /** In UTF-8, whatever the platform's charset. */
    static byte[] bytesOf(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON can say " + value.getClass(), e);
        }
    }

    /** Throws {@link RefusedException} when it is none. */
    static JsonNode read(byte[] document) {
        try {
            return MAPPER.readTree(document);
        } catch (IOException e) {
            throw new RefusedException(400, "unreadable");
        }
    }
}
