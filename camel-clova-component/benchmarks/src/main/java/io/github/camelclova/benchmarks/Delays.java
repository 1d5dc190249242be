package io.github.camelclova.benchmarks;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** How long stamped tokens were under way, from the service's write to the end of the route. */
final class Delays implements Consumer<String> {

    private final long[] micros;
    private final AtomicInteger count = new AtomicInteger();

    Delays(int tokens) {
        micros = new long[tokens];
    }

    @Override
    public void accept(String stamp) {
        // The closing message has no stamp.
        if (!stamp.isEmpty()) {
            long now = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
            micros[count.getAndIncrement()] = now - Long.parseLong(stamp);
        }
    }

    int count() {
        return count.get();
    }

    String millis(double percentile) {
        long[] sorted = Arrays.copyOf(micros, count());
        Arrays.sort(sorted);
        return "%.2f"
                .formatted(sorted[(int) Math.min(sorted.length - 1L, Math.round(percentile * sorted.length))] / 1000.0);
    }
}
