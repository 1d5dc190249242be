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

    private static final String CHOICES = "choices";
    private static final int CHOICE_DEPTH = 3;

    private final TokenPattern pattern = new TokenPattern();

    /** Held only while events have to be parsed: it would keep its buffers for as long as the stream is open. */
    private @Nullable JsonParser parser;

    private boolean parsesAgain;

    /** Where the text of the document last parsed begins, with its quote; -1 if it has none. */
    private int quote;

    /** The object that has the text in its member {@code content}. */
    enum Holder {
        /** {@code message}, at the top. */
        MESSAGE(2),
        /** {@code delta}, in one of the {@code choices}. */
        DELTA(CHOICE_DEPTH + 1);

        private final int depth;

        Holder(int depth) {
            this.depth = depth;
        }

        private boolean is(int atDepth, String top, String member) {
            return atDepth == depth
                    && (this == MESSAGE ? member.equals("message") : member.equals("delta") && top.equals(CHOICES));
        }
    }

    /** The text of a plain event, empty if it is; absent if the event is not plain. */
    @Nullable
    String plainText(SseEvent event, Holder holder) {
        String known = pattern.textOf(event);
        if (known != null) {
            parser = null;
            return known;
        }
        if (!isUtf8(event.array(), event.offset(), event.offset() + event.length())) {
            return null;
        }
        try {
            JsonParser json = parser();
            ByteArrayFeeder feeder = (ByteArrayFeeder) json.getNonBlockingInputFeeder();
            feeder.feedInput(event.array(), event.offset(), event.offset() + event.length());
            String text = plainText(json, holder);
            long end = json.currentLocation().getByteOffset();
            // Only blanks may follow the document; anything else is for the reader of whole documents to refuse.
            if (text != null
                    && json.nextToken() == JsonToken.NOT_AVAILABLE
                    && endsInBlanks(event, json.currentLocation().getByteOffset() - end)) {
                pattern.learn(event, quote);
                parser = parsesAgain ? json : null;
                parsesAgain = true;
                return text;
            }
            parser = null;
            return null;
        } catch (IOException malformed) {
            parser = null;
            return null;
        }
    }

    /** Blanks and no token that has only begun; what neither is nor begins one the parser refuses itself. */
    private static boolean endsInBlanks(SseEvent event, long count) {
        int to = event.offset() + event.length();
        for (int at = to - (int) count; at < to; at++) {
            if (event.array()[at] > ' ') {
                return false;
            }
        }
        return true;
    }

    private JsonParser parser() throws IOException {
        if (parser == null) {
            parser = Json.incrementalParser();
        }
        return parser;
    }

    /** Follows the names down to the text, because members of the same name elsewhere mean nothing. */
    private @Nullable String plainText(JsonParser json, Holder holder) throws IOException {
        String text = "";
        long begin = 0;
        quote = -1;
        String top = "";
        String member = "";
        int depth = 0;
        int objectsInTop = 0;
        boolean inHolder = false;
        boolean plain = true;
        while (true) {
            JsonToken token = json.nextToken();
            switch (token) {
                case START_OBJECT, START_ARRAY -> {
                    if (depth == 0) {
                        begin = position(json);
                    }
                    plain &= !TELLING.contains(member) && !(inHolder && depth == holder.depth && isContent(member));
                    depth++;
                    inHolder |= token == JsonToken.START_OBJECT && holder.is(depth, top, member);
                    // A second choice has to be told from the first.
                    plain &= depth != CHOICE_DEPTH || !top.equals(CHOICES) || ++objectsInTop == 1;
                    member = "";
                }
                case END_OBJECT, END_ARRAY -> {
                    inHolder &= depth != holder.depth;
                    if (--depth == 0) {
                        return plain && token == JsonToken.END_OBJECT ? text : null;
                    }
                }
                case FIELD_NAME -> {
                    member = json.currentName();
                    top = depth == 1 ? member : top;
                }
                case VALUE_STRING -> {
                    if (inHolder && depth == holder.depth && isContent(member)) {
                        text = json.getText();
                        quote = (int) (position(json) - begin);
                    } else {
                        plain &= tellsNothing(member);
                    }
                    member = "";
                }
                case VALUE_NUMBER_INT -> {
                    boolean first = member.equals("index") && json.getTextLength() == 1 && json.getIntValue() == 0;
                    plain &= (first || tellsNothing(member)) && json.getTextLength() <= Json.LONGEST_NUMBER;
                    member = "";
                }
                case VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> {
                    plain &= tellsNothing(member) && json.getTextLength() <= Json.LONGEST_NUMBER;
                    member = "";
                }
                case NOT_AVAILABLE -> {
                    // The document is not whole: what comes next must not be read as its rest.
                    parser = null;
                    return null;
                }
                default -> member = "";
            }
            if (depth == 0 && token != JsonToken.FIELD_NAME) {
                return null;
            }
        }
    }

    private static long position(JsonParser json) {
        return json.currentTokenLocation().getByteOffset();
    }

    private static boolean isContent(String member) {
        return member.equals("content");
    }

    private static boolean tellsNothing(String member) {
        return !TELLING.contains(member) && !member.equals("index");
    }

    /** The parser is lenient where the decoder of a document is not: longer forms than needed, and halves of pairs. */
    private static boolean isUtf8(byte[] array, int from, int to) {
        for (int at = from; at < to; at++) {
            if (array[at] >= 0) {
                continue;
            }
            int first = array[at] & 0xFF;
            int second = at + 1 < to ? array[at + 1] & 0xFF : 0;
            boolean valid =
                    switch (first) {
                        case 0xC0, 0xC1 -> false;
                        case 0xE0 -> second >= 0xA0;
                        case 0xED -> second < 0xA0;
                        case 0xF0 -> second >= 0x90;
                        case 0xF4 -> second < 0x90;
                        default -> first < 0xF5;
                    };
            if (!valid) {
                return false;
            }
        }
        return true;
    }
}
