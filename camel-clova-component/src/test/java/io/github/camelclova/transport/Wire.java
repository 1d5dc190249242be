package io.github.camelclova.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bodies: how they are written down in tests, and how they are fed to a decoder. */
final class Wire {

    private static final Pattern PIECE = Pattern.compile("\\\\x(?<byte>..)|\\\\(u....|.)|[^\\\\]+");

    private Wire() {}

    /** The bytes of a text in which {@code \r \n \t \0 \s \\ \xHH} and <code>&#92;uHHHH</code> stand for what cannot be seen. */
    static byte[] bytes(String visible) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher piece = PIECE.matcher(visible);
        while (piece.find()) {
            if (piece.group("byte") != null) {
                bytes.write(Integer.parseInt(piece.group("byte"), 16));
            } else {
                bytes.writeBytes(character(piece.group()).getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    /** The text that is written down with the same escapes, but without bytes. */
    static String text(String visible) {
        return PIECE.matcher(visible).replaceAll(piece -> Matcher.quoteReplacement(character(piece.group())));
    }

    private static String character(String piece) {
        if (!piece.startsWith("\\")) {
            return piece;
        }
        return switch (piece.charAt(1)) {
            case 'r' -> "\r";
            case 'n' -> "\n";
            case 't' -> "\t";
            case '0' -> "\0";
            case 's' -> " ";
            case '\\' -> "\\";
            case 'u' -> String.valueOf((char) Integer.parseInt(piece.substring(2), 16));
            default -> throw new IllegalArgumentException(piece);
        };
    }

    /** The body as one read. */
    static List<byte[]> whole(byte[] body) {
        return List.of(body);
    }

    /** The body in reads of these sizes, again and again; 0 is a read that brought nothing. */
    static List<byte[]> cut(byte[] body, List<Integer> sizes) {
        List<byte[]> reads = new ArrayList<>();
        int from = 0;
        for (int i = 0; from < body.length; i++) {
            int to = Math.min(body.length, from + sizes.get(i % sizes.size()));
            reads.add(Arrays.copyOfRange(body, from, to));
            from = to;
        }
        return reads;
    }

    /** The body in two reads. */
    static List<byte[]> cutAt(byte[] body, int position) {
        return List.of(Arrays.copyOf(body, position), Arrays.copyOfRange(body, position, body.length));
    }

    static List<Received> decode(List<byte[]> reads) {
        return decode(reads, Memory.HEAP);
    }

    static List<Received> decode(List<byte[]> reads, Memory memory) {
        List<Received> received = new ArrayList<>();
        SseDecoder decoder = new SseDecoder(event -> received.add(Received.of(event)), Integer.MAX_VALUE);
        reads.forEach(read -> feed(decoder, read, memory));
        decoder.end();
        return received;
    }

    /** Feeds one read and then spoils its buffer, as the next read of a connection would. */
    static void feed(SseDecoder decoder, byte[] read, Memory memory) {
        ByteBuffer buffer = memory.hold(read);
        ByteBuffer fed = memory == Memory.READ_ONLY ? buffer.asReadOnlyBuffer() : buffer;
        decoder.feed(fed);
        if (fed.hasRemaining()) {
            throw new AssertionError(fed.remaining() + " bytes were left in the buffer");
        }
        buffer.clear();
        while (buffer.hasRemaining()) {
            buffer.put((byte) '#');
        }
    }

    /** Where a read lies. */
    enum Memory {
        HEAP,
        /** In the middle of an array that has other bytes around it, seen through a slice. */
        HEAP_SLICE,
        DIRECT,
        READ_ONLY;

        ByteBuffer hold(byte[] read) {
            return switch (this) {
                case HEAP, READ_ONLY -> ByteBuffer.wrap(read.clone());
                case DIRECT -> ByteBuffer.allocateDirect(read.length).put(read).flip();
                case HEAP_SLICE -> {
                    byte[] array = new byte[read.length + 7];
                    Arrays.fill(array, (byte) '\n');
                    System.arraycopy(read, 0, array, 4, read.length);
                    ByteBuffer slice =
                            ByteBuffer.wrap(array, 3, read.length + 3).slice();
                    yield slice.position(1).limit(1 + read.length);
                }
            };
        }
    }
}
