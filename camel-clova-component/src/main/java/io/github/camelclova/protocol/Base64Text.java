package io.github.camelclova.protocol;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/** Bytes as a Base64 text of JSON, written piece by piece: there is no second whole copy of what may be 20 MiB. */
final class Base64Text extends JsonSerializable.Base {

    /** A multiple of three, so that only the last piece is padded. */
    private static final int PIECE = 24 * 1024;

    private final String prefix;
    private final ByteBuffer bytes;

    /** @param prefix stands before the Base64 text; with nothing in it that JSON would escape */
    Base64Text(String prefix, ByteBuffer bytes) {
        this.prefix = prefix;
        this.bytes = bytes;
    }

    /** Characters that so many bytes become. */
    static long length(int bytes) {
        return (bytes + 2L) / 3 * 4;
    }

    @Override
    public void serialize(JsonGenerator json, SerializerProvider serializers) throws IOException {
        json.writeRawValue('"' + prefix);
        ByteBuffer rest = bytes.duplicate();
        byte[] piece = new byte[PIECE];
        while (rest.hasRemaining()) {
            int count = Math.min(PIECE, rest.remaining());
            rest.get(piece, 0, count);
            json.writeRaw(Base64.getEncoder().encodeToString(count == PIECE ? piece : Arrays.copyOf(piece, count)));
        }
        json.writeRaw('"');
    }

    @Override
    public void serializeWithType(JsonGenerator json, SerializerProvider serializers, TypeSerializer types)
            throws IOException {
        serialize(json, serializers);
    }
}
