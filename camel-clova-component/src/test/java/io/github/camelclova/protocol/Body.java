package io.github.camelclova.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The body of a stream, from a transcript or written down, and the ways of cutting it into reads. */
@SuppressWarnings("ArrayRecordComponent") // Two bodies are never compared.
record Body(String name, Dialect dialect, byte[] bytes) {

    static Body written(Dialect dialect, String sse) {
        return new Body("written", dialect, sse.getBytes(UTF_8));
    }

    /** The transcript of this name, such as {@code clova-v1/emoji.sse}; its folder is the dialect. */
    static Body of(String name) {
        try {
            Dialect dialect = Dialect.of(name.substring(0, name.indexOf('/')), null);
            return new Body(name, dialect, Files.readAllBytes(folder().resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<Body> transcripts() {
        Path folder = folder();
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".sse"))
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .map(Body::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        try {
            return Path.of(Body.class.getResource("/transcripts").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    HeardStream inOneRead() {
        return HeardStream.of(dialect, List.of(bytes));
    }

    HeardStream cutAt(int position) {
        return HeardStream.of(
                dialect, List.of(Arrays.copyOf(bytes, position), Arrays.copyOfRange(bytes, position, bytes.length)));
    }

    HeardStream byteByByte() {
        return inReadsOf(List.of(1));
    }

    /** In reads of these sizes, again and again. */
    HeardStream inReadsOf(List<Integer> sizes) {
        List<byte[]> reads = new ArrayList<>();
        int from = 0;
        for (int i = 0; from < bytes.length; i++) {
            int to = Math.min(bytes.length, from + sizes.get(i % sizes.size()));
            reads.add(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        return HeardStream.of(dialect, reads);
    }

    @Override
    public String toString() {
        return name;
    }
}
