package io.github.camelclova.transport;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One POST of a JSON document, or a GET where there is none.
 *
 * @param requestId for exceptions
 * @param headers as they are sent, beside content type and length
 * @param secretHeaders the same for those whose value must show in no log
 * @param body absent for a GET
 */
@SuppressWarnings("ArrayRecordComponent") // The body is written once and read once.
public record HttpCall(
        String requestId,
        URI uri,
        Map<String, String> headers,
        Map<String, String> secretHeaders,
        byte @Nullable [] body) {

    public HttpCall {
        headers = Map.copyOf(headers);
        secretHeaders = Map.copyOf(secretHeaders);
    }

    public Secrets secrets() {
        return new Secrets(secretHeaders.values());
    }

    /** Names the target and nothing else. */
    @Override
    public String toString() {
        return "HttpCall[" + requestId + " to " + uri + "]";
    }
}
