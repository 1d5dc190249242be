package io.github.camelclova.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;

/** The least that reads the text out of CLOVA Studio's events: it knows one way to write them and no mistakes. */
final class HandParser {

    private static final byte[] EVENT_TOKEN = "event:token".getBytes(UTF_8);
    private static final byte[] DATA = "data:".getBytes(UTF_8);
    private static final byte[] CONTENT = "\"content\":\"".getBytes(UTF_8);

    private final Consumer<String> tokens;
    private byte[] bytes = new byte[16 * 1024];
    private int length;
    private boolean isToken;

    HandParser(Consumer<String> tokens) {
        this.tokens = tokens;
    }

    void feed(ByteBuffer piece) {
        int more = piece.remaining();
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * (length + more));
        }
        piece.get(bytes, length, more);
        int from = 0;
        int searched = length;
        length += more;
        for (int at = searched; at < length; at++) {
            if (bytes[at] == '\n') {
                line(from, at);
                from = at + 1;
            }
        }
        System.arraycopy(bytes, from, bytes, 0, length - from);
        length -= from;
    }

    private void line(int from, int to) {
        if (startsWith(EVENT_TOKEN, from, to)) {
            isToken = true;
        } else if (from == to) {
            isToken = false;
        } else if (isToken && startsWith(DATA, from, to)) {
            tokens.accept(content(bytes, from, to));
        }
    }

    private boolean startsWith(byte[] prefix, int from, int to) {
        return to - from >= prefix.length && Arrays.equals(bytes, from, from + prefix.length, prefix, 0, prefix.length);
    }

    /** The first member {@code content} of a document. */
    static String content(byte[] document, int from, int to) {
        int start = from;
        while (!Arrays.equals(document, start, start + CONTENT.length, CONTENT, 0, CONTENT.length)) {
            start++;
        }
        start += CONTENT.length;
        int end = start;
        while (end < to && document[end] != '"') {
            end++;
        }
        return new String(document, start, end - start, UTF_8);
    }
}
