package io.github.camelclova.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.chat.Excerpt;
import io.github.camelclova.transport.SseEvent;
import java.util.Optional;

/** The data of an event as a JSON document. */
final class EventDocument {

    static final String END_MARKER = "[DONE]";

    private EventDocument() {}

    /** The end marker that OpenAI's streams have and every dialect tolerates. */
    static boolean isEndMarker(SseEvent event) {
        return event.length() < 2 * END_MARKER.length() && event.text().trim().equals(END_MARKER);
    }

    /**
     * Empty for an event that the end of the body cut off, and for one without data, which some services send to keep the
     * connection alive; an error event is neither.
     *
     * @throws io.github.camelclova.chat.ClovaUnreadableException if the event is whole and no JSON object
     */
    static Optional<JsonNode> of(SseEvent event, StreamAssembly assembly) {
        if (event.text().isBlank() && !event.name().equals("error")) {
            return Optional.empty();
        }
        Optional<JsonNode> document = read(event.text()).filter(JsonNode::isObject);
        if (document.isEmpty() && event.closed()) {
            throw assembly.unreadable("the %s event is not a JSON object".formatted(Excerpt.of(event.name())));
        }
        return document;
    }

    private static Optional<JsonNode> read(String json) {
        try {
            return Optional.of(Json.read(json));
        } catch (JsonProcessingException malformed) {
            return Optional.empty();
        }
    }
}
