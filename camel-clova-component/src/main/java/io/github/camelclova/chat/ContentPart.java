package io.github.camelclova.chat;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A part of what a message says: text, or an image by address or by its bytes. Only the role user has images. */
public sealed interface ContentPart {

    static ContentPart text(String text) {
        return new Text(text);
    }

    /**
     * An image that the service fetches.
     *
     * @throws IllegalArgumentException unless it is an {@code http} or {@code https} URL with a host
     */
    static ContentPart imageUrl(String url) {
        try {
            return new ImageUrl(new URI(url));
        } catch (URISyntaxException malformed) {
            // Without a cause, which would quote it: addresses of images can be secrets.
            throw new IllegalArgumentException("the address of an image is no URL");
        }
    }

    /**
     * An image in one of the formats of {@link ImageFormat}. Copies the bytes.
     *
     * @throws IllegalArgumentException if the bytes are in none of them, or too many
     */
    static ContentPart image(byte[] bytes) {
        return new ImageBytes(ByteBuffer.wrap(bytes.clone()), "");
    }

    /**
     * An image whose format need not be one of {@link ImageFormat}; not every service takes such a one. Copies the bytes.
     *
     * @param mediaType such as {@code image/png}
     * @throws IllegalArgumentException if it is no such type, or the bytes are not what it says, or too many
     */
    static ContentPart image(byte[] bytes, String mediaType) {
        requireNonNull(mediaType, "mediaType");
        return new ImageBytes(ByteBuffer.wrap(bytes.clone()), mediaType);
    }

    record Text(String text) implements ContentPart {

        public Text {
            requireNonNull(text, "text");
        }

        /** Says how much was said, never what. */
        @Override
        public String toString() {
            return "Text[%d characters]".formatted(text.length());
        }
    }

    /**
     * An image that the service fetches; this component never does.
     *
     * @param url {@code http} or {@code https}
     */
    record ImageUrl(URI url) implements ContentPart {

        private static final Set<String> SCHEMES = Set.of("http", "https");

        public ImageUrl {
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            if (!SCHEMES.contains(scheme) || url.getHost() == null) {
                throw new IllegalArgumentException("the address of an image needs http or https and a host");
            }
        }

        /** Leaves the address out, which can be a secret. */
        @Override
        public String toString() {
            return "ImageUrl[%s]".formatted(url.getScheme());
        }
    }

    /**
     * The bytes of an image, 1 to {@link #LARGEST}.
     *
     * @param bytes read-only; not copied, so whoever made the value must leave them as they are
     * @param mediaType that of the bytes where they tell it, and else what was said when the value was made
     */
    record ImageBytes(ByteBuffer bytes, String mediaType) implements ContentPart {

        /** 20 MiB. */
        public static final int LARGEST = 20 * 1024 * 1024;

        private static final Pattern IMAGE = Pattern.compile("image/[a-z0-9][a-z0-9.+-]{0,60}");

        public ImageBytes {
            bytes = bytes.slice().asReadOnlyBuffer();
            if (!bytes.hasRemaining()) {
                throw new IllegalArgumentException("an image without a byte is none");
            }
            if (bytes.remaining() > LARGEST) {
                throw tooLarge();
            }
            mediaType = mediaType(bytes, mediaType.trim().toLowerCase(Locale.ROOT));
        }

        private static String mediaType(ByteBuffer bytes, String said) {
            Optional<ImageFormat> format = ImageFormat.of(bytes);
            if (format.isPresent()) {
                return format.get().mediaType();
            }
            if (said.isEmpty()) {
                throw new IllegalArgumentException("the bytes are no image in the formats " + ImageFormat.names());
            }
            if (!IMAGE.matcher(said).matches()) {
                throw new IllegalArgumentException("'%s' is no type of an image".formatted(Excerpt.of(said)));
            }
            if (ImageFormat.ofMediaType(said).isPresent()) {
                throw new IllegalArgumentException("the bytes are no %s".formatted(said));
            }
            return said;
        }

        /** The refusal of an image that is too large, for those who know it before they have read it. */
        public static IllegalArgumentException tooLarge() {
            return new IllegalArgumentException("an image may have %d bytes at most".formatted(LARGEST));
        }

        /** From its first byte on, whoever has read it before. */
        @Override
        public ByteBuffer bytes() {
            return bytes.asReadOnlyBuffer();
        }

        @Override
        public String toString() {
            return "ImageBytes[%s, %d bytes]".formatted(mediaType, bytes.remaining());
        }
    }
}
