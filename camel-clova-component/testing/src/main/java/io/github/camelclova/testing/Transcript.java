package io.github.camelclova.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/**
 * A wire exchange kept as a test fixture: the body of an answer, usually a {@code text/event-stream}. Immutable; every method
 * that changes something returns another transcript.
 *
 * @param text the body, exactly; it is sent in UTF-8
 */
public record Transcript(String text) {

    private static final Pattern FIELD = Pattern.compile("(?m)^([a-z]+):(?! )");
    private static final Pattern LINE_END = Pattern.compile("\r?\n");

    public Transcript {
        requireNonNull(text, "text");
    }

    /** The text as it is. */
    public static Transcript of(String text) {
        return new Transcript(text);
    }

    /**
     * Reads a resource of the class path in UTF-8, through the context class loader of the calling thread. Throws
     * {@link IllegalArgumentException} when there is none of this name.
     */
    public static Transcript load(String resource) {
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        if (loader == null) {
            loader = ClassLoader.getSystemClassLoader();
        }
        try (InputStream stream = loader.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalArgumentException("no transcript on the class path: " + resource);
            }
            return new Transcript(new String(stream.readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the transcript " + resource, e);
        }
    }

    /** The body as it is sent; the array is the caller's. */
    public byte[] bytes() {
        return text.getBytes(UTF_8);
    }

    /** Without the last event and the empty line that closes it; of a single event nothing is left. */
    public Transcript withoutLastEvent() {
        String separator = text.contains("\r\n") ? "\r\n\r\n" : "\n\n";
        int end = text.stripTrailing().lastIndexOf(separator);
        return new Transcript(end < 0 ? "" : text.substring(0, end + separator.length()));
    }

    /** With CR LF at the end of every line. */
    public Transcript withCrLf() {
        return new Transcript(LINE_END.matcher(text).replaceAll("\r\n"));
    }

    /** With one space after the colon of every field, where CLOVA Studio writes none. */
    public Transcript withSpacesAfterColons() {
        return new Transcript(FIELD.matcher(text).replaceAll("$1: "));
    }

    /** With more text at the end. */
    public Transcript then(String more) {
        return new Transcript(text + more);
    }
}
