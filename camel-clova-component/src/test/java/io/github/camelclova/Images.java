package io.github.camelclova;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Images as the JDK writes them, and in the one format that it cannot write as libwebp does. */
public final class Images {

    private Images() {}

    public static byte[] png(int width, int height) {
        return image("png", width, height);
    }

    /** In the format {@code bmp}, {@code gif}, {@code jpeg} or {@code png}. */
    public static byte[] image(String format, int width, int height) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out)) {
                throw new IllegalArgumentException(format);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    /** An image that says it is so large; there is nothing in it but its first bytes, and zeros up to its length. */
    public static byte[] hollowPng(int width, int height, int length) {
        byte[] hollow = Arrays.copyOf(png(1, 1), length);
        ByteBuffer.wrap(hollow).putInt(16, width).putInt(20, height);
        return hollow;
    }

    /** The one called {@code lossy}, {@code lossless} or {@code extended}, 37 x 23 pixels, or {@code tiny}, 4 x 4. */
    public static byte[] webp(String name) {
        try (InputStream file = Images.class.getResourceAsStream("/images/" + name + ".webp")) {
            return file.readAllBytes();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
