package io.github.camelclova.transport;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip (RFC 1952, several members too) as it arrives, a small piece at a time, so that neither a cut anywhere nor a bomb matters: the
 * taker sees each piece before the next is made. The JDK's own stream would have to wait for bytes.
 */
final class GzipDecoder {

    private static final int PIECE = 8192;
    private static final int FIRST_OCTET = 0x1f;
    private static final int FIXED_HEADER = 10;
    private static final int TRAILER = 8;
    private static final int FLAG_HEADER_CRC = 2;
    private static final int FLAG_EXTRA = 4;
    private static final int FLAG_NAME = 8;
    private static final int FLAG_COMMENT = 16;

    private enum Part {
        FIXED_HEADER,
        EXTRA_LENGTH,
        EXTRA,
        NAME,
        COMMENT,
        HEADER_CRC,
        BODY,
        TRAILER,
        DONE
    }

    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] piece = new byte[PIECE];
    private Part part = Part.FIXED_HEADER;
    private int seen;
    private int flags;
    private long number;
    private boolean isForeign;

    /** @throws ZipException if this is no gzip, or its checksum is wrong */
    void feed(ByteBuffer packed, Consumer<ByteBuffer> taker) throws ZipException {
        while (packed.hasRemaining()) {
            if (part == Part.DONE) {
                afterMember(packed);
            }
            if (part == Part.BODY) {
                inflate(packed, taker);
            } else if (part != Part.DONE) {
                step(packed.get() & 0xff);
            }
        }
    }

    /** Another member, or what the JDK's stream and browsers pass over, too. */
    private void afterMember(ByteBuffer packed) {
        if (isForeign || packed.get(packed.position()) != FIRST_OCTET) {
            isForeign = true;
            packed.position(packed.limit());
        } else {
            inflater.reset();
            crc.reset();
            next(Part.FIXED_HEADER);
        }
    }

    /** True once the whole document, checksum included, has been seen, and for an empty body. */
    boolean isDone() {
        return part == Part.DONE || (part == Part.FIXED_HEADER && seen == 0);
    }

    void close() {
        inflater.end();
    }

    private void step(int octet) throws ZipException {
        switch (part) {
            case FIXED_HEADER -> fixedHeader(octet);
            case EXTRA_LENGTH -> {
                number |= (long) octet << (8 * seen++);
                if (seen == 2) {
                    next(number == 0 ? afterExtra() : Part.EXTRA);
                }
            }
            case EXTRA -> {
                if (--number == 0) {
                    next(afterExtra());
                }
            }
            case NAME -> {
                if (octet == 0) {
                    next(afterName());
                }
            }
            case COMMENT -> {
                if (octet == 0) {
                    next(afterComment());
                }
            }
            case HEADER_CRC -> {
                if (++seen == 2) {
                    next(Part.BODY);
                }
            }
            case TRAILER -> trailer(octet);
            case BODY, DONE -> throw new IllegalStateException(part.name());
        }
    }

    private void fixedHeader(int octet) throws ZipException {
        boolean wrong =
                (seen == 0 && octet != FIRST_OCTET) || (seen == 1 && octet != 0x8b) || (seen == 2 && octet != 8);
        if (wrong) {
            throw new ZipException("not gzip");
        }
        if (seen == 3) {
            flags = octet;
        }
        if (++seen == FIXED_HEADER) {
            next((flags & FLAG_EXTRA) != 0 ? Part.EXTRA_LENGTH : afterExtra());
        }
    }

    private Part afterExtra() {
        return (flags & FLAG_NAME) != 0 ? Part.NAME : afterName();
    }

    private Part afterName() {
        return (flags & FLAG_COMMENT) != 0 ? Part.COMMENT : afterComment();
    }

    private Part afterComment() {
        return (flags & FLAG_HEADER_CRC) != 0 ? Part.HEADER_CRC : Part.BODY;
    }

    private void next(Part following) {
        boolean countsDown = following == Part.EXTRA;
        part = following;
        seen = 0;
        if (!countsDown) {
            number = 0;
        }
    }

    private void inflate(ByteBuffer packed, Consumer<ByteBuffer> taker) throws ZipException {
        inflater.setInput(packed);
        try {
            while (!inflater.finished()) {
                int made = inflater.inflate(piece);
                if (made == 0) {
                    if (inflater.needsDictionary()) {
                        throw new ZipException("needs a dictionary");
                    }
                    return;
                }
                crc.update(piece, 0, made);
                taker.accept(ByteBuffer.wrap(piece, 0, made));
            }
        } catch (DataFormatException broken) {
            throw (ZipException) new ZipException("broken gzip").initCause(broken);
        }
        next(Part.TRAILER);
    }

    private void trailer(int octet) throws ZipException {
        if (seen < 4) {
            number |= (long) octet << (8 * seen);
        }
        if (++seen == TRAILER) {
            if (number != crc.getValue()) {
                throw new ZipException("wrong checksum");
            }
            next(Part.DONE);
        }
    }
}
