package io.github.camelclova.chat;

import static io.github.camelclova.chat.ImageFormat.has;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * How large an image says it is, in pixels, 1 or more each. Read from the fields at its beginning; no pixel is ever
 * decoded, so an image that would fill the memory costs nothing.
 */
public record ImageSize(int width, int height) {

    private static final int UNSIGNED_SHORT = 0xffff;
    private static final int UNSIGNED_BYTE = 0xff;

    /** Empty if the bytes are in no known format, or break off before they tell. */
    public static Optional<ImageSize> of(ByteBuffer image) {
        ByteBuffer bytes = image.slice().order(ByteOrder.LITTLE_ENDIAN);
        return ImageFormat.of(bytes).map(format -> read(format, bytes)).filter(ImageSize::isPossible);
    }

    private boolean isPossible() {
        return width > 0 && height > 0;
    }

    private static ImageSize read(ImageFormat format, ByteBuffer bytes) {
        return switch (format) {
            case BMP -> bmp(bytes);
            case GIF -> new ImageSize(unsignedShort(bytes, 6), unsignedShort(bytes, 8));
            case JPEG -> jpeg(bytes.order(ByteOrder.BIG_ENDIAN));
            case PNG -> png(bytes.order(ByteOrder.BIG_ENDIAN));
            case WEBP -> webp(bytes);
        };
    }

    private static ImageSize unknown() {
        return new ImageSize(0, 0);
    }

    private static int unsignedShort(ByteBuffer bytes, int at) {
        return bytes.getShort(at) & UNSIGNED_SHORT;
    }

    private static ImageSize bmp(ByteBuffer bytes) {
        boolean isOldest = bytes.getInt(14) == 12;
        if (!has(bytes, 18, isOldest ? 4 : 8)) {
            return unknown();
        }
        // A height below zero says that the first row is the upper one.
        return isOldest
                ? new ImageSize(unsignedShort(bytes, 18), unsignedShort(bytes, 20))
                : new ImageSize(bytes.getInt(18), Math.abs(bytes.getInt(22)));
    }

    private static ImageSize png(ByteBuffer bytes) {
        return has(bytes, 12, "IHDR") && has(bytes, 16, 8)
                ? new ImageSize(bytes.getInt(16), bytes.getInt(20))
                : unknown();
    }

    /** A chain of segments, each with its length; the size is in the first one that begins a frame. */
    private static ImageSize jpeg(ByteBuffer bytes) {
        int at = 2;
        while (has(bytes, at, 4)) {
            int marker = bytes.get(at + 1) & UNSIGNED_BYTE;
            if ((bytes.get(at) & UNSIGNED_BYTE) != 0xff || marker == 0xff) {
                at++;
            } else if (standsAlone(marker)) {
                at += 2;
            } else if (beginsFrame(marker)) {
                return has(bytes, at, 9)
                        ? new ImageSize(unsignedShort(bytes, at + 7), unsignedShort(bytes, at + 5))
                        : unknown();
            } else if (marker == 0xd9 || marker == 0xda) {
                return unknown();
            } else {
                at += 2 + unsignedShort(bytes, at + 2);
            }
        }
        return unknown();
    }

    private static boolean standsAlone(int marker) {
        return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7);
    }

    private static boolean beginsFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private static ImageSize webp(ByteBuffer bytes) {
        return switch (bytes.get(15)) {
            // With extras: 24 bits each, one less than the size.
            case 'X' ->
                has(bytes, 24, 6)
                        ? new ImageSize(1 + (bytes.getInt(24) & 0xffffff), 1 + (bytes.getInt(26) >>> 8))
                        : unknown();
            // Lossless: 14 bits each, one less than the size.
            case 'L' ->
                has(bytes, 20, "/") && has(bytes, 21, 4)
                        ? new ImageSize(1 + (bytes.getInt(21) & 0x3fff), 1 + (bytes.getInt(21) >>> 14 & 0x3fff))
                        : unknown();
            default ->
                has(bytes, 23, "\u009d\u0001*") && has(bytes, 26, 4)
                        ? new ImageSize(unsignedShort(bytes, 26) & 0x3fff, unsignedShort(bytes, 28) & 0x3fff)
                        : unknown();
        };
    }
}
