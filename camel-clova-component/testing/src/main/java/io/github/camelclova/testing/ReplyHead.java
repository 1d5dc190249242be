package io.github.camelclova.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Status and headers of a reply. A header that was set by hand takes the place of the one that the framing would write, so
 * that a length can be wrong; a withheld one is not written unless set by hand later.
 */
record ReplyHead(int status, List<Map.Entry<String, String>> headers, Set<String> withheld, Framing framing) {

    private static final String SERVER = "camel-clova-stand-in";

    ReplyHead {
        if (status < 100 || status > 999) {
            throw new IllegalArgumentException("not an HTTP status: " + status);
        }
        headers = List.copyOf(headers);
        withheld = Set.copyOf(withheld);
        requireNonNull(framing, "framing");
    }

    static ReplyHead of(int status, String contentType, Framing framing) {
        return new ReplyHead(status, List.of(), Set.of(), framing).with("Content-Type", contentType);
    }

    ReplyHead withStatus(int other) {
        return new ReplyHead(other, headers, withheld, framing);
    }

    ReplyHead withFraming(Framing other) {
        return new ReplyHead(status, headers, withheld, other);
    }

    ReplyHead with(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new ReplyHead(status, more, withheld, framing);
    }

    ReplyHead without(String name) {
        List<Map.Entry<String, String>> fewer = headers.stream()
                .filter(header -> !header.getKey().equalsIgnoreCase(name))
                .toList();
        Set<String> more = new TreeSet<>(withheld);
        more.add(name.toLowerCase(Locale.ROOT));
        return new ReplyHead(status, fewer, more, framing);
    }

    /** The status line, the headers and the empty line, for a body that is said to have so many bytes. */
    byte[] bytes(int length) {
        StringBuilder text = new StringBuilder("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(HttpResponseStatus.valueOf(status).reasonPhrase())
                .append("\r\n");
        automatic(length).forEach((name, value) -> {
            if (!withheld.contains(name.toLowerCase(Locale.ROOT)) && !isSet(name)) {
                text.append(name).append(": ").append(value).append("\r\n");
            }
        });
        headers.forEach(header -> text.append(header.getKey())
                .append(": ")
                .append(header.getValue())
                .append("\r\n"));
        return text.append("\r\n").toString().getBytes(UTF_8);
    }

    private Map<String, String> automatic(int length) {
        Map<String, String> automatic = new LinkedHashMap<>();
        automatic.put("Server", SERVER);
        switch (framing) {
            case CHUNKED -> automatic.put("Transfer-Encoding", "chunked");
            case LENGTH -> automatic.put("Content-Length", Integer.toString(length));
            case UNTIL_CLOSE -> automatic.put("Connection", "close");
            case RAW -> throw new IllegalStateException("a raw reply has no head");
        }
        return automatic;
    }

    private boolean isSet(String name) {
        return headers.stream().anyMatch(header -> header.getKey().equalsIgnoreCase(name));
    }
}
