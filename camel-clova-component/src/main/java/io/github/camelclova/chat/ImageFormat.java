package io.github.camelclova.chat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.joining;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The formats of images that are told by their first bytes. */
public enum ImageFormat {
    BMP,
    GIF,
    JPEG,
    PNG,
    WEBP;

    /** Bytes that are enough to tell. */
    public static final int HEAD = 32;

    private static final String IMAGE = "image/";
    private static final Set<Integer> BMP_HEADER_SIZES = Set.of(12, 16, 40, 52, 56, 64, 108, 124);

    /** Such as {@code image/png}. */
    public String mediaType() {
        return IMAGE + name().toLowerCase(Locale.ROOT);
    }

    static String names() {
        return Arrays.stream(values()).map(Enum::name).collect(joining(", "));
    }

    /** By a media type without parameters, also one that is common and not standard. */
    public static Optional<ImageFormat> ofMediaType(String mediaType) {
        String lower = mediaType.toLowerCase(Locale.ROOT);
        return lower.startsWith(IMAGE) ? ofWord(lower.substring(IMAGE.length())) : Optional.empty();
    }

    /** By the end of a file's name or of the path in a URL. */
    public static Optional<ImageFormat> ofFileName(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? Optional.empty() : ofWord(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    }

    /** By a subtype of a media type or the end of a file's name. */
    private static Optional<ImageFormat> ofWord(String word) {
        return switch (word) {
            case "bmp", "x-bmp", "x-ms-bmp" -> Optional.of(BMP);
            case "gif" -> Optional.of(GIF);
            case "jpeg", "jpg", "pjpeg" -> Optional.of(JPEG);
            case "png", "x-png" -> Optional.of(PNG);
            case "webp" -> Optional.of(WEBP);
            default -> Optional.empty();
        };
    }

    /** By the bytes themselves. No text begins as an image does. */
    public static Optional<ImageFormat> of(ByteBuffer image) {
        ByteBuffer bytes = image.slice().order(ByteOrder.LITTLE_ENDIAN);
        return Arrays.stream(values()).filter(format -> format.begins(bytes)).findFirst();
    }

    private boolean begins(ByteBuffer bytes) {
        return switch (this) {
            // "BM" and "GIF89a" may begin a sentence: what follows in the formats cannot.
            case BMP -> has(bytes, 0, "BM") && has(bytes, 14, 4) && BMP_HEADER_SIZES.contains(bytes.getInt(14));
            case GIF -> (has(bytes, 0, "GIF87a") || has(bytes, 0, "GIF89a")) && has(bytes, 12, 1) && bytes.get(12) == 0;
            case JPEG -> has(bytes, 0, "\u00ff\u00d8\u00ff");
            case PNG -> has(bytes, 0, "\u0089PNG\r\n\u001a\n");
            case WEBP ->
                has(bytes, 0, "RIFF")
                        && (has(bytes, 8, "WEBPVP8 ") || has(bytes, 8, "WEBPVP8L") || has(bytes, 8, "WEBPVP8X"));
        };
    }

    static boolean has(ByteBuffer bytes, int at, int count) {
        return bytes.limit() - count >= at;
    }

    static boolean has(ByteBuffer bytes, int at, String latin) {
        byte[] wanted = latin.getBytes(ISO_8859_1);
        if (!has(bytes, at, wanted.length)) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes.get(at + i) != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
