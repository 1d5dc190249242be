package io.github.camelclova.examples.kafkapipeline;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.camel.Header;

/**
 * Puts answers together again from their tokens. What was asked twice comes in two streams with the same request id: each is
 * kept by itself, and the first that comes to its result is the answer. Any thread may call.
 */
public final class TokenTexts {

    private static final int MOST_OPEN = 1000;

    /** Tokens by their index, of each stream, of each request. Those of dead nodes never end; the oldest go first. */
    private final Map<String, Map<String, NavigableMap<Integer, String>>> open = new LinkedHashMap<>() {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<String, NavigableMap<Integer, String>>> eldest) {
            return size() > MOST_OPEN;
        }
    };

    /** The whole answer with its last record, and null before. The same token may come any number of times. */
    public synchronized String add(
            @Header("clova-request-id") String request,
            @Header("clova-stream") String stream,
            @Header("clova-event") String event,
            @Header("clova-index") Integer index,
            String text) {
        switch (event) {
            case "token" ->
                open.computeIfAbsent(request, any -> new LinkedHashMap<>())
                        .computeIfAbsent(stream, any -> new TreeMap<>())
                        .put(index, text);
            case "error" -> forget(request, stream);
            case "result" -> {
                open.remove(request);
                return text;
            }
            default -> throw new IllegalArgumentException("not an event of a stream: " + event);
        }
        return null;
    }

    private void forget(String request, String stream) {
        Map<String, NavigableMap<Integer, String>> streams = open.get(request);
        if (streams != null) {
            streams.remove(stream);
        }
    }

    /** The longest beginning of an answer that has come so far, without a gap; for whoever wants to show it. */
    synchronized String soFar(String request) {
        String longest = "";
        for (NavigableMap<Integer, String> tokens :
                open.getOrDefault(request, Map.of()).values()) {
            StringBuilder text = new StringBuilder();
            for (int next = 0; tokens.containsKey(next); next++) {
                text.append(tokens.get(next));
            }
            longest = text.length() > longest.length() ? text.toString() : longest;
        }
        return longest;
    }
}
