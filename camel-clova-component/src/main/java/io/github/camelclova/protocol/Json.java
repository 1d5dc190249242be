package io.github.camelclova.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The one JSON mapper of the component: bounded in depth and number length, because what it reads comes from outside, and
 * never with types named by the data.
 */
final class Json {

    /** Levels of nesting; real answers need about ten, tool arguments may need more. */
    static final int DEEPEST = 100;

    /** Digits of a number. */
    static final int LONGEST_NUMBER = 100;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private static final JsonFactory FACTORY = JsonFactory.builder()
            // UTF-8 and no other, whatever the first bytes look like.
            .disable(JsonFactory.Feature.CHARSET_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    // The size of a response is bounded before it gets here.
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** @throws JsonProcessingException if it is not one whole JSON document within the bounds */
    static JsonNode read(byte[] utf8) throws JsonProcessingException {
        try {
            int from = startsWithMark(utf8) ? BYTE_ORDER_MARK.length : 0;
            return MAPPER.readTree(utf8, from, utf8.length - from);
        } catch (JsonProcessingException malformed) {
            throw malformed;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static boolean startsWithMark(byte[] utf8) {
        int length = BYTE_ORDER_MARK.length;
        return utf8.length >= length && Arrays.equals(utf8, 0, length, BYTE_ORDER_MARK, 0, length);
    }

    /** A parser that is fed; it may read one document after the other. */
    static JsonParser incrementalParser() throws IOException {
        return FACTORY.createNonBlockingByteArrayParser();
    }

    static JsonNode read(String text) throws JsonProcessingException {
        return MAPPER.readTree(text);
    }

    static byte[] write(JsonNode document) {
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Where a text stops being JSON; it stops being read where it is too deep, and that has no place. */
    static String place(JsonProcessingException malformed) {
        JsonLocation place = malformed.getLocation();
        return place == null
                ? "beyond %d levels or %d digits".formatted(DEEPEST, LONGEST_NUMBER)
                : "at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
    }

    /** Any plain value (text, number, list, map ...) as a node. */
    static JsonNode node(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** The members of an object as plain values: maps, lists, text, numbers, nulls; empty for anything else. */
    static Map<String, Object> map(JsonNode node) {
        Map<String, Object> plain = new LinkedHashMap<>();
        node.properties()
                .forEach(member -> plain.put(member.getKey(), MAPPER.convertValue(member.getValue(), Object.class)));
        return plain;
    }
}
