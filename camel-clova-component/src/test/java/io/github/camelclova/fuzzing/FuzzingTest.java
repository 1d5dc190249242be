package io.github.camelclova.fuzzing;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever bytes come, nothing but the failures that are meant for them goes out. {@code -Dfuzzing.seconds=600} goes on for
 * so long with each target, and {@code -Dfuzzing.seed} begins elsewhere.
 */
class FuzzingTest {

    private static final List<byte[]> SEEDS = Seeds.all();
    private static final Duration EACH = Duration.ofSeconds(Long.getLong("fuzzing.seconds", 1));
    private static final long SEED = Long.getLong("fuzzing.seed", 20261122);

    @ParameterizedTest
    @EnumSource
    void noBytesDoWorseThanBeRefused(Targets target) {
        SEEDS.forEach(seed -> feed(target, seed));
        Mutations mutations = new Mutations(SEED, SEEDS);
        for (long end = System.nanoTime() + EACH.toNanos(); System.nanoTime() < end; ) {
            feed(target, mutations.next());
        }
    }

    /** Bytes that once did worse. */
    @ParameterizedTest
    @CsvFileSource(resources = "/fuzzing/findings.csv", numLinesToSkip = 1)
    void whatOnceWasFoundStaysMended(String what, Targets target, String base64) {
        feed(target, Base64.getDecoder().decode(base64));
    }

    private static void feed(Targets target, byte[] bytes) {
        try {
            target.feed(bytes);
        } catch (Throwable found) {
            throw new AssertionError(
                    "a line for fuzzing/findings.csv: %s,%s,%s"
                            .formatted(
                                    found.getClass().getSimpleName(),
                                    target,
                                    Base64.getEncoder().encodeToString(bytes)),
                    found);
        }
    }
}
