package io.github.camelclova.fuzzing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Changes bytes as a service, or an attacker in its place, might. The same seed makes the same changes. */
final class Mutations {

    private static final int LONGEST = 20_000;
    private static final int MOST_CHANGES = 6;

    private static final List<String> WORDS = List.of(
            "\n",
            "\r",
            "\r\n\r\n",
            "data:",
            "event:",
            "result",
            "error",
            "[DONE]",
            "null",
            "{}",
            "[]",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "\\u0000",
            "\\ud83d",
            "\\",
            "-1",
            "1e400",
            "99999999999999999999",
            "true",
            ",",
            ":",
            "\u0000",
            "\uFEFF",
            "\"content\":",
            "\"message\":",
            "\"role\":\"tool\"",
            "\"toolCalls\":",
            "\"index\":2147483647",
            "\"code\":20000");

    private final Random random;
    private final List<byte[]> seeds;

    Mutations(long seed, List<byte[]> seeds) {
        this.random = new Random(seed);
        this.seeds = seeds;
    }

    byte[] next() {
        byte[] bytes = any();
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0; changes--) {
            bytes = changed(bytes);
        }
        return bytes.length > LONGEST ? Arrays.copyOf(bytes, LONGEST) : bytes;
    }

    private byte[] any() {
        return seeds.get(random.nextInt(seeds.size())).clone();
    }

    private byte[] changed(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, at + random.nextInt(40));
        return switch (random.nextInt(8)) {
            case 0 -> flipped(bytes, at);
            case 1 -> spliced(bytes, at, at, new byte[] {(byte) random.nextInt(256)});
            case 2 -> spliced(bytes, at, at, word());
            case 3 -> spliced(bytes, at, to, word());
            case 4 -> spliced(bytes, at, to, new byte[0]);
            case 5 -> spliced(bytes, at, at, repeated(Arrays.copyOfRange(bytes, at, to)));
            case 6 -> Arrays.copyOf(bytes, at);
            default -> spliced(bytes, at, bytes.length, tailOf(any()));
        };
    }

    private byte[] flipped(byte[] bytes, int at) {
        if (at < bytes.length) {
            bytes[at] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private byte[] word() {
        return WORDS.get(random.nextInt(WORDS.size())).getBytes(UTF_8);
    }

    private byte[] repeated(byte[] part) {
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int times = 1 << random.nextInt(10); times > 0 && many.size() < LONGEST; times--) {
            many.writeBytes(part);
        }
        return many.toByteArray();
    }

    private byte[] tailOf(byte[] other) {
        return Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length);
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] instead) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(bytes, 0, from);
        all.writeBytes(instead);
        all.write(bytes, to, bytes.length - to);
        return all.toByteArray();
    }
}
