package io.github.camelclova.transport;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A whole response.
 *
 * @param headers by lower-case name; of a repeated header the first value
 * @param body after decompression
 * @param secrets that were sent for it
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody, and copied nowhere.
public record HttpReply(int status, Map<String, String> headers, byte[] body, Secrets secrets) {

    public HttpReply {
        headers = Map.copyOf(headers);
    }

    /** Of a call without secrets. */
    public HttpReply(int status, Map<String, String> headers, byte[] body) {
        this(status, headers, body, Secrets.NONE);
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** The body as UTF-8, whatever charset a header claims; JSON and event streams have no other. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
