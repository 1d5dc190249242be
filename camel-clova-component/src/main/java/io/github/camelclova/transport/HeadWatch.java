package io.github.camelclova.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * Follows the bytes of one connection as far as the head of a response goes, to tell a head that the end of the connection
 * has cut. The HTTP client takes such a head for a whole one, with the headers that had come by then.
 *
 * <p>What comes behind the head is counted, to tell bytes that belong to no response. The HTTP client takes them for the
 * beginning of the next one.
 */
final class HeadWatch {

    private static final byte[] BEGINNING = "HTTP/".getBytes(US_ASCII);
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private boolean isAwaited;
    private boolean isAnswered;
    private long behind;
    /** The last bytes that came, the youngest lowest. */
    private int last;

    private int seen;
    private int inLine;
    private boolean isInformation;

    /** Bytes of a request go out, and a head is to come. */
    void asked() {
        isAnswered = false;
        if (!isAwaited) {
            isAwaited = true;
            begin();
        }
    }

    /** Takes the bytes that were read, which begin with a head or go on with it. */
    void came(ByteBuffer bytes, int from, int to) {
        int at = from;
        while (isAwaited && at < to) {
            take(bytes.get(at++));
        }
        behind += to - at;
        for (int end = Math.max(at, to - Integer.BYTES); end < to; end++) {
            last = (last << Byte.SIZE) | (bytes.get(end) & 0xff);
        }
    }

    /**
     * The response is over for the HTTP client.
     *
     * @param bodyBytes that it made of what came behind the head
     * @return false if more has come than the response
     */
    boolean answered(boolean isChunked, long bodyBytes) {
        isAnswered = true;
        return isChunked ? endsWithABlankLine() : behind == bodyBytes;
    }

    /** Whether nothing has been asked since the last response. */
    boolean isAnswered() {
        return isAnswered;
    }

    private boolean endsWithABlankLine() {
        return (last & 0xffff) == 0x0a0a || (last & 0xffffff) == 0x0a0d0a;
    }

    /** True if some of a head has come but not all of it. */
    boolean isInHead() {
        return isAwaited && seen > 0;
    }

    private void begin() {
        behind = 0;
        last = 0;
        seen = 0;
        inLine = 0;
        isInformation = false;
    }

    private void take(byte octet) {
        if (seen < BEGINNING.length && octet != BEGINNING[seen]) {
            // The HTTP client will say what it is. After an early response it is the rest of a body.
            isAwaited = false;
            return;
        }
        if (seen == STATUS_AT) {
            isInformation = octet == '1';
        }
        seen = Math.min(seen + 1, STATUS_AT + 1);
        if (octet == '\n' && inLine == 0) {
            headIsWhole();
        } else if (octet == '\n') {
            inLine = 0;
        } else if (octet != '\r') {
            inLine++;
        }
    }

    private void headIsWhole() {
        isAwaited = isInformation;
        begin();
    }
}
