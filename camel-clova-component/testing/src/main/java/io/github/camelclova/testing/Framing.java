package io.github.camelclova.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** How the end of a body is told to the client. */
enum Framing {
    CHUNKED,
    LENGTH,
    UNTIL_CLOSE,

    /** The bytes are a whole response already. */
    RAW;

    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(US_ASCII);

    /** One chunk for each piece; the other framings leave a piece as it is. */
    ByteBuf frame(ByteBuf piece) {
        if (this != CHUNKED) {
            return piece;
        }
        byte[] size = Integer.toHexString(piece.readableBytes()).getBytes(US_ASCII);
        return Unpooled.wrappedBuffer(
                Unpooled.wrappedBuffer(size),
                Unpooled.wrappedBuffer(LINE_END),
                piece,
                Unpooled.wrappedBuffer(LINE_END));
    }

    ByteBuf end() {
        return this == CHUNKED ? Unpooled.wrappedBuffer(LAST_CHUNK) : Unpooled.EMPTY_BUFFER;
    }
}
