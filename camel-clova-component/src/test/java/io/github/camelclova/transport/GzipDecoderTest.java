package io.github.camelclova.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GzipDecoderTest {

    private static final byte[] PLAIN = "안녕하세요, CLOVA. ".repeat(2000).getBytes(UTF_8);
    private static final byte[] PACKED = Gzip.packed(PLAIN);
    private static final byte[] EXTRA = {5, 0, 1, 2, 0, 4, 5};
    private static final byte[] NO_EXTRA = {0, 0};
    private static final byte[] NAME = "answer.json\0".getBytes(UTF_8);
    private static final byte[] COMMENT = "하나\0".getBytes(UTF_8);
    private static final byte[] HEADER_CRC = {1, 0};

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 10, 64, 8192, 1 << 20})
    void unpacksPiecesOfAnySize(int pieceSize) throws ZipException {
        Gzip.Unpacked unpacked = Gzip.unpacked(PACKED, pieceSize);

        assertThat(unpacked.bytes()).isEqualTo(PLAIN);
        assertThat(unpacked.done()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30})
    void passesOverEveryOptionalFieldOfTheHeader(int flags) throws ZipException {
        byte[] packed = Gzip.withHeader(PACKED, flags, fields(flags, EXTRA));

        assertThat(Gzip.unpacked(packed, 1).bytes()).isEqualTo(PLAIN);
        assertThat(Gzip.unpacked(packed, 1 << 20).bytes()).isEqualTo(PLAIN);
    }

    @Test
    void anExtraFieldMayBeEmpty() throws ZipException {
        byte[] packed = Gzip.withHeader(PACKED, 12, fields(12, NO_EXTRA));

        assertThat(Gzip.unpacked(packed, 1).bytes()).isEqualTo(PLAIN);
    }

    @Test
    void unpacksNothingIntoNothing() throws ZipException {
        Gzip.Unpacked unpacked = Gzip.unpacked(Gzip.packed(new byte[0]), 1);

        assertThat(unpacked.bytes()).isEmpty();
        assertThat(unpacked.done()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void refusesWhatDoesNotBeginLikeGzip(int wrongByte) {
        byte[] packed = PACKED.clone();
        packed[wrongByte] ^= 0x55;

        assertThatThrownBy(() -> Gzip.unpacked(packed, 1)).isInstanceOf(ZipException.class);
    }

    @Test
    void refusesAWrongChecksum() {
        byte[] packed = PACKED.clone();
        packed[packed.length - 8] ^= 1;

        assertThatThrownBy(() -> Gzip.unpacked(packed, 16))
                .isInstanceOf(ZipException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void refusesABodyThatIsNotDeflate() {
        byte[] packed = PACKED.clone();
        Arrays.fill(packed, 10, 40, (byte) 0xff);

        assertThatThrownBy(() -> Gzip.unpacked(packed, 16)).isInstanceOf(ZipException.class);
    }

    @Test
    void isNotDoneBeforeTheLastByteOfTheTrailer() throws ZipException {
        Gzip.Unpacked unpacked = Gzip.unpacked(Arrays.copyOf(PACKED, PACKED.length - 1), 16);

        assertThat(unpacked.bytes()).isEqualTo(PLAIN);
        assertThat(unpacked.done()).isFalse();
    }

    @Test
    void severalMembersAreOneDocument() throws ZipException {
        byte[] twice = Arrays.copyOf(PACKED, 2 * PACKED.length);
        System.arraycopy(PACKED, 0, twice, PACKED.length, PACKED.length);

        for (int readSize : new int[] {1, 16, PACKED.length, twice.length}) {
            assertThat(Gzip.unpacked(twice, readSize).bytes())
                    .startsWith(PLAIN)
                    .endsWith(PLAIN)
                    .hasSize(2 * PLAIN.length);
        }
        assertThat(Gzip.unpacked(Arrays.copyOf(twice, twice.length - 1), 16).done())
                .isFalse();
    }

    @Test
    void ignoresWhatFollowsTheDocument() throws ZipException {
        byte[] packed = Arrays.copyOf(PACKED, PACKED.length + 100);

        assertThat(Gzip.unpacked(packed, 16).bytes()).isEqualTo(PLAIN);
    }

    @Test
    void aBombIsHandedOutInSmallPiecesSoThatItsTakerCanStop() {
        byte[] bomb = Gzip.packed(new byte[50_000_000]);
        AtomicInteger taken = new AtomicInteger();
        GzipDecoder decoder = new GzipDecoder();

        assertThatThrownBy(() -> decoder.feed(ByteBuffer.wrap(bomb), piece -> {
                    if (taken.addAndGet(piece.remaining()) > 100_000) {
                        throw new IllegalStateException("enough");
                    }
                }))
                .hasMessage("enough");

        assertThat(taken.get()).isLessThan(100_000 + 8193);
        decoder.close();
    }

    private static byte[] fields(int flags, byte[] extra) {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        if ((flags & 4) != 0) {
            fields.writeBytes(extra);
        }
        if ((flags & 8) != 0) {
            fields.writeBytes(NAME);
        }
        if ((flags & 16) != 0) {
            fields.writeBytes(COMMENT);
        }
        if ((flags & 2) != 0) {
            fields.writeBytes(HEADER_CRC);
        }
        return fields.toByteArray();
    }
}
