package io.github.camelclova.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/** Packs with the JDK and unpacks with our decoder, cut anywhere. */
final class Gzip {

    private static final int FIXED_HEADER = 10;

    private Gzip() {}

    static byte[] packed(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The same document with other flags and these bytes behind its fixed header. */
    static byte[] withHeader(byte[] packed, int flags, byte[] fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(packed, 0, FIXED_HEADER);
        bytes.writeBytes(fields);
        bytes.write(packed, FIXED_HEADER, packed.length - FIXED_HEADER);
        byte[] all = bytes.toByteArray();
        all[3] = (byte) flags;
        return all;
    }

    /** What a decoder makes of bytes that come in pieces. */
    @SuppressWarnings("ArrayRecordComponent") // Two of them are never compared.
    record Unpacked(byte[] bytes, boolean done) {}

    static Unpacked unpacked(byte[] packed, int pieceSize) throws ZipException {
        GzipDecoder decoder = new GzipDecoder();
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        try {
            for (int from = 0; from < packed.length; from += pieceSize) {
                ByteBuffer piece = ByteBuffer.wrap(packed, from, Math.min(pieceSize, packed.length - from));
                decoder.feed(piece, made -> {
                    byte[] bytes = new byte[made.remaining()];
                    made.get(bytes);
                    plain.writeBytes(bytes);
                });
            }
            return new Unpacked(plain.toByteArray(), decoder.isDone());
        } finally {
            decoder.close();
        }
    }
}
