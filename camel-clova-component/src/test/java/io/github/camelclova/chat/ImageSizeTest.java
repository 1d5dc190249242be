package io.github.camelclova.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.camelclova.Images;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What the first bytes of an image tell, whatever else has happened to it. The JDK's own readers say what is right. */
class ImageSizeTest {

    private static final List<String> WRITABLE = List.of("bmp", "gif", "jpeg", "png");

    @Property(tries = 200)
    void theSizeIsWhatTheJdkReads(
            @ForAll("formats") String format,
            @ForAll @IntRange(min = 1, max = 700) int width,
            @ForAll @IntRange(min = 1, max = 700) int height)
            throws IOException {
        byte[] image = Images.image(format, width, height);

        assertThat(formatOf(image).map(ImageFormat::mediaType)).contains("image/" + format);
        assertThat(sizeOf(image)).contains(jdkSizeOf(image));
    }

    @Example
    void webpTellsItsSizeInThreeWays() {
        assertThat(sizeOf(Images.webp("lossy"))).contains(new ImageSize(37, 23));
        assertThat(sizeOf(Images.webp("lossless"))).contains(new ImageSize(37, 23));
        assertThat(sizeOf(Images.webp("extended"))).contains(new ImageSize(37, 23));
        assertThat(sizeOf(Images.webp("tiny"))).contains(new ImageSize(4, 4));
    }

    @Example
    void aBitmapMayBeginAtItsTop() {
        byte[] image = Images.image("bmp", 30, 20);
        ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putInt(22, -20);

        assertThat(sizeOf(image)).contains(new ImageSize(30, 20));
    }

    @Example
    void aBitmapOfTheOldestKindHasShortSides() {
        byte[] image = Images.image("bmp", 30, 20);
        ByteBuffer.wrap(image)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(14, 12)
                .putShort(18, (short) 31)
                .putShort(20, (short) 21);

        assertThat(sizeOf(image)).contains(new ImageSize(31, 21));
    }

    @Example
    void segmentsBeforeTheFrameOfAJpegAreSkippedHoweverLongTheyAre() {
        byte[] image = Images.image("jpeg", 30, 20);
        ByteBuffer longer = ByteBuffer.allocate(image.length + 2 + 0xffff + 3);
        // A comment with a frame in it, and fill bytes before the next marker.
        longer.put(image, 0, 2).put((byte) 0xff).put((byte) 0xfe).putShort((short) 0xffff);
        longer.put(new byte[] {(byte) 0xff, (byte) 0xc0, 0, 17, 8, 0, 1, 0, 1}).position(2 + 2 + 0xffff);
        longer.put((byte) 0xff).put((byte) 0xff).put((byte) 0xff).put(image, 2, image.length - 2);

        assertThat(sizeOf(longer.array())).contains(new ImageSize(30, 20));
    }

    @Example
    void aSizeThatNoMemoryHoldsIsReadLikeAnyOther() {
        assertThat(sizeOf(Images.hollowPng(Integer.MAX_VALUE, Integer.MAX_VALUE, 100)))
                .contains(new ImageSize(Integer.MAX_VALUE, Integer.MAX_VALUE));
    }

    @Example
    void sidesBelowOneAreNoSize() {
        assertThat(sizeOf(Images.hollowPng(0, 5, 100))).isEmpty();
        assertThat(sizeOf(Images.hollowPng(5, -1, 100))).isEmpty();
    }

    @Property(tries = 2_000)
    void mangledBytesTellAPossibleSizeOrNone(@ForAll("mangled") byte[] bytes) {
        assertThatCode(() -> sizeOf(bytes)).doesNotThrowAnyException();
        sizeOf(bytes).ifPresent(size -> {
            assertThat(size.width()).isPositive();
            assertThat(size.height()).isPositive();
        });
    }

    @Property(tries = 1_000)
    void anImageThatBreaksOffTellsItsSizeOrNone(
            @ForAll("images") byte[] image, @ForAll @IntRange(max = 400) int length) {
        byte[] brokenOff = Arrays.copyOf(image, Math.min(length, image.length));

        assertThat(sizeOf(brokenOff)).matches(size -> size.isEmpty() || size.equals(sizeOf(image)));
    }

    @Property(tries = 500)
    void whereInABufferAnImageLiesDoesNotMatter(
            @ForAll("images") byte[] image, @ForAll @IntRange(max = 50) int before) {
        ByteBuffer buffer = ByteBuffer.allocate(before + image.length + 3);
        buffer.position(before).put(image).flip().position(before);

        assertThat(ImageSize.of(buffer)).isEqualTo(sizeOf(image));
        assertThat(buffer.position()).isEqualTo(before);
    }

    @Property(tries = 1_000)
    void noTextIsTakenForAnImage(@ForAll("openings") String opening, @ForAll("texts") String text) {
        assertThat(formatOf((opening + text).getBytes(UTF_8))).isEmpty();
    }

    @Provide
    Arbitrary<String> formats() {
        return Arbitraries.of(WRITABLE);
    }

    @Provide
    Arbitrary<byte[]> images() {
        return Arbitraries.of(
                Images.image("bmp", 37, 23),
                Images.image("gif", 37, 23),
                Images.image("jpeg", 37, 23),
                Images.image("png", 37, 23),
                Images.webp("lossy"),
                Images.webp("lossless"),
                Images.webp("extended"),
                Images.webp("tiny"));
    }

    @Provide
    Arbitrary<byte[]> mangled() {
        Arbitrary<Integer> places = Arbitraries.integers().between(0, 699);
        Arbitrary<Byte> values = Arbitraries.bytes();
        return Combinators.combine(
                        images(), places.list().ofMaxSize(12), values.list().ofSize(12), places)
                .as((image, at, value, length) -> {
                    byte[] mangled = Arrays.copyOf(image, Math.min(length, image.length));
                    for (int i = 0; i < at.size() && mangled.length > 0; i++) {
                        mangled[at.get(i) % mangled.length] = value.get(i);
                    }
                    return mangled;
                });
    }

    @Provide
    Arbitrary<String> openings() {
        return Arbitraries.of("", "BM", "GIF89a", "GIF87a", "RIFF", "RIFF size WEBP", "ÿØÿ", "\u0089PNG\r\n", "PNG");
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withCharRange('가', '힣')
                .ofMaxLength(60);
    }

    private static Optional<ImageFormat> formatOf(byte[] bytes) {
        return ImageFormat.of(ByteBuffer.wrap(bytes));
    }

    private static Optional<ImageSize> sizeOf(byte[] bytes) {
        return ImageSize.of(ByteBuffer.wrap(bytes));
    }

    private static ImageSize jdkSizeOf(byte[] image) throws IOException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(image))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
            ImageReader reader = readers.next();
            reader.setInput(in);
            return new ImageSize(reader.getWidth(0), reader.getHeight(0));
        }
    }
}
