package io.github.camelclova.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.zip.ZipException;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class GzipDecoderPropertiesTest {

    @Property(tries = 300)
    void whatTheJdkPacksIsUnpackedHoweverItIsCut(
            @ForAll @Size(max = 5000) byte[] plain, @ForAll @IntRange(min = 1, max = 700) int pieceSize)
            throws ZipException {
        Gzip.Unpacked unpacked = Gzip.unpacked(Gzip.packed(plain), pieceSize);

        assertThat(unpacked.bytes()).isEqualTo(plain);
        assertThat(unpacked.done()).isTrue();
    }

    @Property(tries = 300)
    void whatIsCutOffIsNeverTakenForTheWhole(
            @ForAll @Size(max = 2000) byte[] plain, @ForAll @IntRange(min = 1, max = 2000) int missing)
            throws ZipException {
        byte[] packed = Gzip.packed(plain);
        Assume.that(missing < packed.length);

        Gzip.Unpacked unpacked = Gzip.unpacked(Arrays.copyOf(packed, packed.length - missing), 100);

        assertThat(unpacked.done()).isFalse();
        assertThat(unpacked.bytes()).isEqualTo(Arrays.copyOf(plain, unpacked.bytes().length));
    }

    @Property(tries = 300)
    void noBytesMakeItFailInAnotherWay(
            @ForAll @Size(max = 500) byte[] bytes, @ForAll @IntRange(min = 1, max = 30) int pieceSize) {
        byte[] begun = Gzip.withHeader(Gzip.packed(new byte[0]), bytes.length % 32, bytes);

        try {
            Gzip.unpacked(begun, pieceSize);
        } catch (ZipException documented) {
            assertThat(documented).hasMessageNotContaining("null");
        }
    }
}
