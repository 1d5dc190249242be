package io.github.camelclova.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.ToIntFunction;

/**
 * Turns the bytes of a {@code text/event-stream} body into events, by the HTML Living Standard, section 9.2.6
 * "Interpreting an event stream". However the body is cut into reads, the events are the same.
 *
 * <p>It differs from the standard in one point: a block that the body ends without a blank line is not dropped but handed
 * out as an event that is not {@linkplain SseEvent#closed() closed}, because services forget the last blank line and only
 * the reader of the data can tell whether it is whole.
 *
 * <p>The size of an event is the number of bytes in all its lines since the last blank line, comments and unknown fields
 * included, line ends and the byte order mark not. It is held against the limit of the event's name as bytes come, so that
 * a line without an end is refused in time. Until its name has come an event is {@code message}: the larger limit of
 * another name does not cover what stands before the {@code event} line. A name that comes late, or a second one, is held
 * against all that came before it.
 *
 * <p>Data that lies in one line and one read is not copied. Other bytes are copied a fixed number of times, so the work
 * grows with the body alone, also when it comes byte by byte. Memory grows with the event at hand and is given back after
 * it, but for the last id.
 *
 * <p>For one thread at a time. Any failure, whether of a limit or of the sink, is the end of the decoder.
 */
public final class SseDecoder {

    /** The name of an event without one. */
    static final String UNNAMED = "message";

    private static final String[] KNOWN_NAMES = {"token", "result", "signal", "error", UNNAMED};
    private static final byte[][] KNOWN_NAME_BYTES =
            Arrays.stream(KNOWN_NAMES).map(name -> name.getBytes(US_ASCII)).toArray(byte[][]::new);

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] DATA = "data".getBytes(US_ASCII);
    private static final byte[] EVENT = "event".getBytes(US_ASCII);
    private static final byte[] ID = "id".getBytes(US_ASCII);
    private static final byte[] RETRY = "retry".getBytes(US_ASCII);

    private static final byte[] NOTHING = {};
    private static final int SMALLEST_BUFFER = 512;
    private static final int LARGEST_IDLE_BUFFER = 64 * 1024;
    private static final int COPY_SIZE = 8 * 1024;

    private final SseSink sink;
    private final ToIntFunction<String> maxEventSize;
    private final int maxUnnamedSize;
    private final SseEvent event = new SseEvent();

    private boolean usable = true;
    private boolean skipsLineFeed;
    /** How many bytes of a byte order mark have come, or -1 once the beginning of the body is behind us. */
    private int markBytes;

    private String name = UNNAMED;
    private int limit;
    private long size;

    /** The data of the block so far: in {@link #kept}, or still where it was read. */
    private byte[] data = NOTHING;

    private int dataOffset;
    private int dataLength;
    private boolean hasData;

    /** What outlives a read: data up to {@link #keptData}, then up to {@link #keptEnd} a line whose end has not come. */
    private byte[] kept = NOTHING;

    private int keptData;
    private int keptEnd;

    /** For buffers that have no array of their own. */
    private byte[] copy = NOTHING;

    private long retryMillis = -1;
    private long bytesTouched;

    /** A decoder with the same limit, in bytes, for every event. */
    public SseDecoder(SseSink sink, int maxEventSize) {
        this(sink, name -> maxEventSize);
    }

    /** A decoder that asks for the limit, in bytes, by the name of the event; {@code message} stands for no name. */
    public SseDecoder(SseSink sink, ToIntFunction<String> maxEventSize) {
        this.sink = requireNonNull(sink, "sink");
        this.maxEventSize = requireNonNull(maxEventSize, "maxEventSize");
        this.maxUnnamedSize = maxEventSize.applyAsInt(UNNAMED);
        this.limit = maxUnnamedSize;
    }

    /**
     * Takes all bytes that remain in the buffer and hands out the events they close. The buffer is not looked at again
     * afterwards.
     *
     * @throws EventTooLargeException if an event is larger than its limit; those before it were handed out
     * @throws IllegalStateException after the end, after a failure, and when called by the sink
     */
    public void feed(ByteBuffer bytes) {
        open();
        if (bytes.hasArray()) {
            int start = bytes.arrayOffset() + bytes.position();
            read(bytes.array(), start, start + bytes.remaining());
            bytes.position(bytes.limit());
        } else {
            while (bytes.hasRemaining()) {
                int length = Math.min(bytes.remaining(), COPY_SIZE);
                if (copy.length < length) {
                    copy = new byte[Math.min(Math.max(length, SMALLEST_BUFFER), COPY_SIZE)];
                }
                bytes.get(copy, 0, length);
                read(copy, 0, length);
            }
        }
        usable = true;
    }

    /**
     * Says that the body is over. If it ends inside a block that has data, that block is handed out as an event that is
     * not closed, a last line without its end being part of it.
     *
     * @throws IllegalStateException after the end, after a failure, and when called by the sink
     */
    public void end() {
        open();
        if (keptEnd > keptData) {
            line(kept, keptData, keptEnd);
        }
        dispatch(false);
    }

    /** The last valid {@code retry} field; empty if there was none. */
    OptionalLong retryMillis() {
        return retryMillis < 0 ? OptionalLong.empty() : OptionalLong.of(retryMillis);
    }

    /** The work done so far: one for each byte looked at for the end of its line, and one each time it was copied. */
    long bytesTouched() {
        return bytesTouched;
    }

    /** The size of the buffer for what outlives a read, in bytes. */
    int bytesKept() {
        return kept.length;
    }

    private void open() {
        if (!usable) {
            throw new IllegalStateException("the event stream has ended or failed");
        }
        usable = false;
    }

    private void read(byte[] bytes, int from, int to) {
        int next = skipMark(bytes, from, to);
        if (skipsLineFeed && next < to) {
            skipsLineFeed = false;
            if (bytes[next] == '\n') {
                next++;
            }
        }
        while (next < to) {
            int end = lineEnd(bytes, next, to);
            bytesTouched += Math.min(end + 1, to) - next;
            if (end == to) {
                keepData();
                keepLine(bytes, next, to);
                return;
            }
            if (keptEnd > keptData) {
                keepLine(bytes, next, end);
                line(kept, keptData, keptEnd);
            } else if (end == next) {
                dispatch(true);
            } else {
                count(end - next);
                line(bytes, next, end);
            }
            next = end + 1;
            if (bytes[end] == '\r') {
                if (next == to) {
                    skipsLineFeed = true;
                } else if (bytes[next] == '\n') {
                    next++;
                }
            }
        }
        keepData();
    }

    private int skipMark(byte[] bytes, int from, int to) {
        int next = from;
        while (markBytes >= 0 && next < to) {
            if (bytes[next] != BYTE_ORDER_MARK[markBytes]) {
                settleMark();
            } else {
                next++;
                markBytes = markBytes == 2 ? -1 : markBytes + 1;
            }
        }
        return next;
    }

    /** The first bytes of a mark that did not become one are the beginning of the first line. */
    private void settleMark() {
        if (markBytes > 0) {
            keepLine(BYTE_ORDER_MARK, 0, markBytes);
        }
        markBytes = -1;
    }

    private static int lineEnd(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = bytes[i];
            if (b == '\n' || b == '\r') {
                return i;
            }
        }
        return to;
    }

    /** Takes a whole line that is not blank. */
    private void line(byte[] bytes, int from, int to) {
        // The first byte tells the fields apart; a comment or an unknown field is not looked at any further.
        switch (bytes[from]) {
            case 'd' -> {
                int value = value(DATA, bytes, from, to);
                if (value >= 0) {
                    addData(bytes, value, to);
                }
            }
            case 'e' -> {
                int value = value(EVENT, bytes, from, to);
                if (value >= 0) {
                    setName(bytes, value, to);
                }
            }
            case 'i' -> {
                int value = value(ID, bytes, from, to);
                if (value >= 0) {
                    setId(bytes, value, to);
                }
            }
            case 'r' -> {
                int value = value(RETRY, bytes, from, to);
                if (value >= 0) {
                    setRetry(bytes, value, to);
                }
            }
            default -> {}
        }
        keptEnd = keptData;
    }

    /** Where the value begins if the line is of this field, else -1. */
    private static int value(byte[] field, byte[] bytes, int from, int to) {
        int colon = from + field.length;
        if (colon > to || !Arrays.equals(bytes, from, colon, field, 0, field.length)) {
            return -1;
        }
        if (colon == to) {
            return to;
        }
        if (bytes[colon] != ':') {
            return -1;
        }
        int value = colon + 1;
        return value < to && bytes[value] == ' ' ? value + 1 : value;
    }

    private void addData(byte[] bytes, int from, int to) {
        int length = to - from;
        if (!hasData) {
            hasData = true;
            data = bytes;
            dataOffset = from;
            dataLength = length;
            if (bytes == kept) {
                keptData = to;
            }
            return;
        }
        keepData();
        reserve(keptData + 1 + length);
        kept[keptData] = '\n';
        System.arraycopy(bytes, from, kept, keptData + 1, length);
        bytesTouched += length + 1;
        keptData += length + 1;
        dataLength += length + 1;
    }

    private void setName(byte[] bytes, int from, int to) {
        name = from == to ? UNNAMED : nameOf(bytes, from, to);
        limit = maxEventSize.applyAsInt(name);
        count(0);
    }

    private static String nameOf(byte[] bytes, int from, int to) {
        for (int i = 0; i < KNOWN_NAMES.length; i++) {
            byte[] known = KNOWN_NAME_BYTES[i];
            if (Arrays.equals(bytes, from, to, known, 0, known.length)) {
                return KNOWN_NAMES[i];
            }
        }
        return new String(bytes, from, to - from, UTF_8);
    }

    private void setId(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == 0) {
                return;
            }
        }
        event.identify(bytes, from, to);
        bytesTouched += to - from;
    }

    private void setRetry(byte[] bytes, int from, int to) {
        long millis = 0;
        for (int i = from; i < to; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return;
            }
            millis = millis > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : millis * 10 + digit;
        }
        if (from < to) {
            retryMillis = millis;
        }
    }

    private void dispatch(boolean closed) {
        if (hasData) {
            event.show(name, data, dataOffset, dataLength, closed);
            sink.event(event);
            event.hide();
        }
        name = UNNAMED;
        limit = maxUnnamedSize;
        size = 0;
        data = NOTHING;
        dataLength = 0;
        hasData = false;
        keptData = 0;
        keptEnd = 0;
        if (kept.length > LARGEST_IDLE_BUFFER) {
            kept = NOTHING;
        }
    }

    private void count(int more) {
        size += more;
        if (size > limit) {
            throw new EventTooLargeException(name, size, limit);
        }
    }

    private void keepLine(byte[] bytes, int from, int to) {
        int length = to - from;
        count(length);
        reserve(keptEnd + length);
        System.arraycopy(bytes, from, kept, keptEnd, length);
        bytesTouched += length;
        keptEnd += length;
    }

    private void keepData() {
        if (hasData && data != kept) {
            reserve(dataLength);
            System.arraycopy(data, dataOffset, kept, 0, dataLength);
            bytesTouched += dataLength;
            data = kept;
            dataOffset = 0;
            keptData = dataLength;
            keptEnd = dataLength;
        }
    }

    private void reserve(int capacity) {
        if (capacity <= kept.length) {
            return;
        }
        // The limit also bounds what is kept, so the buffer never has to be larger.
        long roomy = Math.min(Math.max(2L * kept.length, SMALLEST_BUFFER), limit);
        byte[] grown = Arrays.copyOf(kept, (int) Math.max(roomy, capacity));
        bytesTouched += keptEnd;
        if (data == kept) {
            data = grown;
        }
        kept = grown;
    }
}
