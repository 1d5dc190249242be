package io.github.camelclova.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that came in whole.
 *
 * @param path the target as it stood in the request line, with its query
 * @param headers in the order of arrival, names as the client wrote them
 * @param bytes the body after chunks were joined; still compressed, if the client compressed it
 * @param at when the last byte of the body was read
 * @param connection the number of the connection it came on; the stand-in counts its connections from 0
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in and out; two requests are never compared
public record ReceivedRequest(
        String method, String path, List<Map.Entry<String, String>> headers, byte[] bytes, Instant at, int connection) {

    public ReceivedRequest {
        requireNonNull(method, "method");
        requireNonNull(path, "path");
        headers = List.copyOf(headers);
        bytes = bytes.clone();
        requireNonNull(at, "at");
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The first header of this name, in any case. */
    public Optional<String> header(String name) {
        return headers.stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** The body as UTF-8. */
    public String body() {
        return new String(bytes, UTF_8);
    }

    /** The body as JSON. Throws {@link IllegalArgumentException} when it is none. */
    public JsonNode json() {
        return Json.read(bytes);
    }
}
