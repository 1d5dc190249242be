package io.github.camelclova.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;

/**
 * Follows the bytes of one connection as far as the head of a response goes, to tell a head that the end of the connection
 * has cut. The HTTP client takes such a head for a whole one, with the headers that had come by then.
 */
final class HeadWatch {

    private static final byte[] BEGINNING = "HTTP/".getBytes(US_ASCII);
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    private boolean isAwaited;
    private int seen;
    private int inLine;
    private boolean isInformation;

    /** Bytes of a request go out, and a head is to come. */
    void asked() {
        if (!isAwaited) {
            isAwaited = true;
            begin();
        }
    }

    /** Takes the bytes that were read, which begin with a head or go on with it. */
    void came(ByteBuffer bytes, int from, int to) {
        for (int at = from; isAwaited && at < to; at++) {
            take(bytes.get(at));
        }
    }

    /** True if some of a head has come but not all of it. */
    boolean isInHead() {
        return isAwaited && seen > 0;
    }

    private void begin() {
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
