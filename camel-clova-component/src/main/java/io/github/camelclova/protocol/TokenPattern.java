package io.github.camelclova.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelclova.transport.SseEvent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The last plain event of a stream. The next one mostly differs from it in nothing but its text, and then need not be parsed:
 * whatever stands in quotes without a quote or a backslash of its own is the text, and all around it is known.
 */
final class TokenPattern {

    private byte[] bytes = {};
    private int length;

    /** The text begins behind its opening quote and ends before its closing one. */
    private int textStart;

    private int textEnd;

    /** Takes an event whose text, a plain one, is the string that begins with the quote at this offset of its data. */
    void learn(SseEvent event, int quote) {
        byte[] array = event.array();
        int from = event.offset();
        int to = from + event.length();
        // The offset counts from the opening brace.
        if (quote < 0 || array[from] != '{') {
            return;
        }
        int end = literalEnd(array, from + quote + 1, to);
        if (end == to || array[end] != '"') {
            return;
        }
        length = event.length();
        if (bytes.length < length) {
            bytes = new byte[length];
        }
        System.arraycopy(array, from, bytes, 0, length);
        textStart = quote + 1;
        textEnd = end - from;
    }

    /** The text of an event that differs in nothing else; absent if it does, or nothing was learned. */
    @Nullable
    String textOf(SseEvent event) {
        byte[] array = event.array();
        int from = event.offset();
        int to = from + event.length();
        int start = from + textStart;
        int end = to - (length - textEnd);
        boolean isSame = length > 0
                && start <= end
                && Arrays.equals(array, end, to, bytes, textEnd, length)
                && Arrays.equals(array, from, start, bytes, 0, textStart)
                && literalEnd(array, start, end) == end;
        return isSame ? new String(array, start, end - start, UTF_8) : null;
    }

    /** Where a JSON text ends to stand for itself: at a quote, a backslash or a control character. */
    private static int literalEnd(byte[] array, int from, int to) {
        int at = from;
        while (at < to && array[at] != '"' && array[at] != '\\' && (array[at] < 0 || array[at] >= ' ')) {
            at++;
        }
        return at;
    }
}
