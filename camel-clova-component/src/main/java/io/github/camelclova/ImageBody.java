package io.github.camelclova;

import io.github.camelclova.chat.ContentPart.ImageBytes;
import io.github.camelclova.chat.ImageFormat;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.jspecify.annotations.Nullable;

/**
 * Finds the image that a body of bytes is: by what the header {@code Content-Type} or a file's name says, or by the bytes
 * themselves. Reads no more than an image may have.
 */
final class ImageBody {

    private final Message message;

    private ImageBody(Message message) {
        this.message = message;
    }

    /** The body, as something that can be looked into and then read from its beginning. */
    static Object rereadable(Object body) {
        return body instanceof InputStream stream && !(body instanceof StreamCache) && !stream.markSupported()
                ? new BufferedInputStream(stream)
                : body;
    }

    /**
     * The image; absent for every other body, which then is as it was.
     *
     * @throws IllegalArgumentException if it is said to be an image and is not, or cannot be read, or is too large
     */
    static @Nullable ImageBytes of(Message message, Object rereadable) {
        try {
            return new ImageBody(message).of(rereadable, null);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("The message body cannot be read", unreadable);
        } catch (IllegalArgumentException unfit) {
            throw new IllegalArgumentException("The message body: " + unfit.getMessage(), unfit);
        }
    }

    private @Nullable ImageBytes of(@Nullable Object body, @Nullable String fileName) throws IOException {
        if (body instanceof byte[] bytes) {
            return isImage(bytes, fileName) ? image(ByteBuffer.wrap(bytes), fileName) : null;
        } else if (body instanceof StreamCache cache && body instanceof InputStream stream) {
            return cached(cache, stream, fileName);
        } else if (body instanceof InputStream stream) {
            return streamed(stream, fileName);
        } else if (body instanceof File file) {
            return read(file.toPath());
        } else if (body instanceof Path file) {
            return read(file);
        } else if (body instanceof WrappedFile<?> wrapped) {
            Object content = wrapped.getFile() instanceof File local ? local : wrapped.getBody();
            return of(content, message.getHeader(Exchange.FILE_NAME, String.class));
        }
        return null;
    }

    private @Nullable ImageBytes cached(StreamCache cache, InputStream stream, @Nullable String fileName)
            throws IOException {
        cache.reset();
        try {
            if (!isImage(stream.readNBytes(ImageFormat.HEAD), fileName)) {
                return null;
            }
            if (cache.length() > ImageBytes.LARGEST) {
                throw ImageBytes.tooLarge();
            }
            cache.reset();
            return image(stream, fileName);
        } finally {
            cache.reset();
        }
    }

    private @Nullable ImageBytes streamed(InputStream stream, @Nullable String fileName) throws IOException {
        boolean isImage = said(fileName).isPresent();
        if (!isImage && stream.markSupported()) {
            stream.mark(ImageFormat.HEAD);
            isImage = isImage(stream.readNBytes(ImageFormat.HEAD), fileName);
            stream.reset();
        }
        return isImage ? image(stream, fileName) : null;
    }

    private @Nullable ImageBytes read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        try (InputStream stream = Files.newInputStream(file)) {
            if (!isImage(stream.readNBytes(ImageFormat.HEAD), name)) {
                return null;
            }
        }
        if (Files.size(file) > ImageBytes.LARGEST) {
            throw ImageBytes.tooLarge();
        }
        try (InputStream stream = Files.newInputStream(file)) {
            return image(stream, name);
        }
    }

    private ImageBytes image(InputStream stream, @Nullable String fileName) throws IOException {
        return image(ByteBuffer.wrap(stream.readNBytes(ImageBytes.LARGEST + 1)), fileName);
    }

    private ImageBytes image(ByteBuffer bytes, @Nullable String fileName) {
        return new ImageBytes(bytes, said(fileName).orElse(""));
    }

    private boolean isImage(byte[] head, @Nullable String fileName) {
        return said(fileName).isPresent()
                || ImageFormat.of(ByteBuffer.wrap(head)).isPresent();
    }

    /** The media type that the header or the file's name claims, without parameters. */
    private Optional<String> said(@Nullable String fileName) {
        String header = message.getHeader(Exchange.CONTENT_TYPE, "", String.class);
        String type = header.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        if (type.startsWith("image/")) {
            return Optional.of(type);
        }
        return Optional.ofNullable(fileName).flatMap(ImageFormat::ofFileName).map(ImageFormat::mediaType);
    }
}
