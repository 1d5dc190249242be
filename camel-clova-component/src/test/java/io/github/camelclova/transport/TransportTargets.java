package io.github.camelclova.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;

/** What may be fed with any bytes, and what must then be true. */
public final class TransportTargets {

    private static final int MOST_BYTES = 10_000;

    private TransportTargets() {}

    /** A body of events reads the same in any pieces, or is refused for its size in all of them. */
    public static void events(byte[] body) {
        List<String> whole = decoded(body, body.length + 1);

        assertThat(decoded(body, 1)).isEqualTo(whole);
        assertThat(decoded(body, 7)).isEqualTo(whole);
    }

    private static List<String> decoded(byte[] body, int readSize) {
        List<String> events = new ArrayList<>();
        SseDecoder decoder = new SseDecoder(
                event -> events.add(
                        event.name() + "|" + event.text() + "|" + event.lastEventId() + "|" + event.closed()),
                MOST_BYTES);
        try {
            for (int at = 0; at < body.length; at += readSize) {
                decoder.feed(ByteBuffer.wrap(body, at, Math.min(readSize, body.length - at)));
            }
            decoder.end();
        } catch (EventTooLargeException tooLarge) {
            events.add("too large: " + tooLarge.eventName());
        }
        return events;
    }

    /** Packed bytes give the same in any pieces, or are refused in all of them. */
    public static void gzip(byte[] packed) {
        String whole = unpacked(packed, packed.length + 1);

        assertThat(unpacked(packed, 1)).isEqualTo(whole);
    }

    private static String unpacked(byte[] packed, int readSize) {
        GzipDecoder decoder = new GzipDecoder();
        long[] seen = {0, 1};
        try {
            for (int at = 0; at < packed.length; at += readSize) {
                decoder.feed(ByteBuffer.wrap(packed, at, Math.min(readSize, packed.length - at)), piece -> {
                    while (piece.hasRemaining()) {
                        seen[0]++;
                        seen[1] = seen[1] * 31 + piece.get();
                    }
                });
            }
            return "%d bytes %x, whole: %s".formatted(seen[0], seen[1], decoder.isDone());
        } catch (ZipException refused) {
            return "refused";
        } finally {
            decoder.close();
        }
    }

    /** A head is over where its empty line is, however it is cut. */
    public static void head(byte[] response) {
        assertThat(isInHead(response, 1)).isEqualTo(isInHead(response, response.length + 1));
    }

    private static boolean isInHead(byte[] response, int readSize) {
        HeadWatch watch = new HeadWatch();
        watch.asked();
        for (int at = 0; at < response.length; at += readSize) {
            watch.came(ByteBuffer.wrap(response), at, Math.min(at + readSize, response.length));
        }
        return watch.isInHead();
    }
}
