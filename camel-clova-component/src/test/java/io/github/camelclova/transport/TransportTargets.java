package io.github.camelclova.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.transport.Wire.Memory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** What may be fed with any bytes, and what must then be true. */
public final class TransportTargets {

    private static final int MOST_BYTES = 300;
    private static final List<Integer> READ_SIZES = List.of(1, 7, 0, 2, 30);
    private static final Instant NOW = Instant.parse("2026-11-21T08:49:37Z");

    private TransportTargets() {}

    /** A body of events is what the standard says in any reads, and refused at the same event for its size in all of them. */
    public static void events(byte[] body) {
        List<byte[]> cut = Wire.cut(body, READ_SIZES);
        List<Received> events = ReferenceDecoder.decode(body);

        assertThat(Wire.decode(Wire.whole(body))).isEqualTo(events);
        assertThat(Wire.decode(cut, Memory.HEAP_SLICE)).isEqualTo(events);
        assertThat(bounded(cut)).isEqualTo(bounded(Wire.whole(body)));
    }

    private static List<Object> bounded(List<byte[]> reads) {
        List<Object> events = new ArrayList<>();
        SseDecoder decoder = new SseDecoder(
                event -> events.add(Received.of(event)), name -> name.equals("result") ? 2 * MOST_BYTES : MOST_BYTES);
        try {
            reads.forEach(read -> decoder.feed(ByteBuffer.wrap(read)));
            decoder.end();
        } catch (EventTooLargeException tooLarge) {
            assertThat(tooLarge.size()).isGreaterThan(tooLarge.limit());
            events.add(tooLarge.eventName());
        }
        return events;
    }

    /** Packed bytes are what the JDK makes of them, and give the same in any pieces or are refused in all of them. */
    public static void gzip(byte[] packed) {
        List<Object> whole = unpacked(packed, packed.length + 1);

        assertThat(unpacked(packed, 1)).isEqualTo(whole);
        if (whole.contains(true)) {
            assertThat(whole.get(0)).isEqualTo(unpackedByTheJdk(packed, whole.get(0)));
        }
    }

    /** The text and whether it is all, or nothing for what is refused. */
    private static List<Object> unpacked(byte[] packed, int pieceSize) {
        try {
            Gzip.Unpacked unpacked = Gzip.unpacked(packed, pieceSize);
            return List.of(new String(unpacked.bytes(), ISO_8859_1), unpacked.done());
        } catch (ZipException refused) {
            return List.of();
        }
    }

    /** The JDK also refuses for what we pass over: a wrong length, and an empty body. */
    private static Object unpackedByTheJdk(byte[] packed, Object ours) {
        try (GZIPInputStream gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return new String(gzip.readAllBytes(), ISO_8859_1);
        } catch (IOException refused) {
            return ours;
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

    /** A wait that a header asks for is within its bounds. */
    public static void pauses(byte[] header) {
        String text = new String(header, ISO_8859_1);
        for (String name : List.of("retry-after", "retry-after-ms")) {
            Duration pause = RetryAfter.of(Map.of(name, text), NOW).orElse(RetryAfter.SHORTEST);

            assertThat(pause).isBetween(RetryAfter.SHORTEST, RetryAfter.LONGEST);
        }
    }
}
