package io.github.camelclova.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One event of a stream, as a view of bytes that belong to somebody else.
 *
 * <p>A decoder has one event and shows it again and again: outside the call of {@link SseSink#event} its data is empty.
 * The strings it gave may be kept.
 */
public final class SseEvent {

    private static final byte[] NOTHING = {};

    private String name = SseDecoder.UNNAMED;
    private byte[] array = NOTHING;
    private int offset;
    private int length;
    private boolean closed;
    private @Nullable String text;

    private byte[] id = NOTHING;
    private int idLength;
    private @Nullable String idText = "";

    SseEvent() {}

    /** {@code message} where the stream gives no name. */
    public String name() {
        return name;
    }

    /** The array in which the data lies, in UTF-8 as it came; to be read only, and only from offset for length. */
    public byte[] array() {
        return array;
    }

    public int offset() {
        return offset;
    }

    /** In bytes; 0 is legal. */
    public int length() {
        return length;
    }

    /** The data as text, with U+FFFD in place of what is not UTF-8. Decoded when first asked for. */
    public String text() {
        if (text == null) {
            text = new String(array, offset, length, UTF_8);
        }
        return text;
    }

    /** The id that this event or the last one before it with an id has set; empty if there was none. */
    public String lastEventId() {
        if (idText == null) {
            idText = new String(id, 0, idLength, UTF_8);
        }
        return idText;
    }

    /**
     * False if the body ended before the blank line that closes an event. Data and name may then be cut anywhere, also
     * inside a character; whether they are whole only the reader of the data can tell.
     */
    public boolean closed() {
        return closed;
    }

    /** Gives the name and the size, never the data. */
    @Override
    public String toString() {
        return "SseEvent[" + name + ", " + length + " bytes" + (closed ? "]" : ", not closed]");
    }

    void show(String name, byte[] array, int offset, int length, boolean closed) {
        this.name = name;
        this.array = array;
        this.offset = offset;
        this.length = length;
        this.closed = closed;
        this.text = null;
    }

    void hide() {
        show(SseDecoder.UNNAMED, NOTHING, 0, 0, true);
    }

    void identify(byte[] bytes, int from, int to) {
        int size = to - from;
        if (size > id.length) {
            id = Arrays.copyOfRange(bytes, from, to);
        } else {
            System.arraycopy(bytes, from, id, 0, size);
        }
        idLength = size;
        idText = null;
    }
}
