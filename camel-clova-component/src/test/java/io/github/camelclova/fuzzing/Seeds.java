package io.github.camelclova.fuzzing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelclova.Images;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** What fuzzing begins with: every transcript, plain and packed, images, and what no transcript has. */
final class Seeds {

    private Seeds() {}

    static List<byte[]> all() {
        List<byte[]> seeds = new ArrayList<>(transcripts());
        List.copyOf(seeds).stream().limit(5).map(Seeds::packed).forEach(seeds::add);
        for (String format : List.of("bmp", "gif", "jpeg", "png")) {
            seeds.add(Images.image(format, 37, 23));
        }
        for (String webp : List.of("lossy", "lossless", "extended", "tiny")) {
            seeds.add(Images.webp(webp));
        }
        for (String text : List.of(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n\r\n",
                "[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"x\"}]}]",
                "[{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\","
                        + "\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},"
                        + "{\"role\":\"tool\",\"tool_call_id\":\"a\",\"content\":\"1\"}]",
                "[{\"tokens\":3,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}]")) {
            seeds.add(text.getBytes(UTF_8));
        }
        return seeds;
    }

    private static List<byte[]> transcripts() {
        try (Stream<Path> files =
                Files.walk(Path.of(Seeds.class.getResource("/transcripts").toURI()))) {
            List<byte[]> bodies = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                bodies.add(Files.readAllBytes(file));
            }
            return bodies;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] packed(byte[] plain) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    /** Writes each seed once for each of these targets. */
    static Path write(Path folder, List<Targets> targets) throws IOException {
        Files.createDirectories(folder);
        int number = 0;
        for (byte[] seed : all()) {
            for (int target = 0; target < targets.size(); target++) {
                Files.write(folder.resolve("%04d".formatted(number++)), Targets.Input.bytes(target, seed));
            }
        }
        return folder;
    }
}
