package io.github.camelclova.protocol;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import io.github.camelclova.transport.SseEvent;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fast way through the events that make up most of a stream: those that bring a piece of text and nothing else. One
 * parser serves a whole stream, and all it allocates is the text. Whatever else an event holds, this reader says that it
 * is not plain, and the event is read again as a document.
 */
final class TokenReader {

    /** Members that make an event more than a piece of text, unless they are null. */
    private static final Set<String> TELLING = Set.of(
            "stopReason",
            "finishReason",
            "finish_reason",
            "usage",
            "thinkingContent",
            "thinking_content",
            "reasoning_content",
            "reasoning",
            "toolCalls",
            "tool_calls",
            "aiFilter",
            "citations",
            "error",
            "status");

    private @Nullable JsonParser parser;

    /**
     * The text of a plain event, empty if it is; absent if the event is not plain.
     *
     * @param holder the member that has the text in its member {@code content}: {@code message} or {@code delta}
     */
    @Nullable
    String plainText(SseEvent event, String holder) {
        try {
            JsonParser json = parser();
            ByteArrayFeeder feeder = (ByteArrayFeeder) json.getNonBlockingInputFeeder();
            feeder.feedInput(event.array(), event.offset(), event.offset() + event.length());
            return plainText(json, holder);
        } catch (IOException malformed) {
            parser = null;
            return null;
        }
    }

    private JsonParser parser() throws IOException {
        if (parser == null) {
            parser = Json.incrementalParser();
        }
        return parser;
    }

    private @Nullable String plainText(JsonParser json, String holder) throws IOException {
        String text = "";
        String member = "";
        int depth = 0;
        int holderDepth = -1;
        boolean plain = true;
        while (true) {
            JsonToken token = json.nextToken();
            switch (token) {
                case START_OBJECT -> {
                    depth++;
                    if (member.equals(holder)) {
                        holderDepth = depth;
                    }
                }
                case START_ARRAY -> depth++;
                case END_OBJECT, END_ARRAY -> {
                    if (depth == holderDepth) {
                        holderDepth = -1;
                    }
                    if (--depth == 0) {
                        return plain && token == JsonToken.END_OBJECT ? text : null;
                    }
                }
                case FIELD_NAME -> member = json.currentName();
                case VALUE_STRING -> {
                    if (depth == holderDepth && member.equals("content")) {
                        text = json.getText();
                    } else {
                        plain &= !TELLING.contains(member);
                    }
                }
                case VALUE_NUMBER_INT -> plain &= !(member.equals("index") && json.getIntValue() != 0);
                case NOT_AVAILABLE -> {
                    // The document is not whole: what comes next must not be read as its rest.
                    parser = null;
                    return null;
                }
                default -> {
                    // Other numbers, true, false and null tell nothing.
                }
            }
            boolean opens = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
            if (opens && TELLING.contains(member)) {
                plain = false;
            }
            if (depth == 0 && token != JsonToken.FIELD_NAME) {
                return null;
            }
        }
    }
}
