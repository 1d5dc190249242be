package io.github.camelclova.benchmarks;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What a token costs when they come as fast as they can be read. */
final class HotStream {

    private static final int TOKENS = 20_000;
    private static final int STREAMS = 10;
    private static final int WARM_UP = 10;

    private HotStream() {}

    static void run(Sides all, List<Side> sides, int rounds) {
        Series series = Series.run(sides, WARM_UP, rounds, side -> () -> streams(all, side, STREAMS));
        System.out.println(series.table("token", TOKENS * STREAMS, Side.FLOOR));
    }

    static void first(Sides all, Side side) {
        Sample sample = Sample.of(() -> streams(all, side, 1));
        System.out.println(new Table("side", "CPU µs a token", "wall ms")
                .row(
                        side,
                        "%.1f".formatted(sample.cpuNanos() / 1000.0 / TOKENS),
                        "%.0f".formatted(sample.wallNanos() / 1e6)));
    }

    private static void streams(Sides all, Side side, int streams) {
        LongAdder tokens = new LongAdder();
        for (int i = 0; i < streams; i++) {
            all.stream(side, Plan.hot(TOKENS), text -> tokens.increment()).join();
        }
        if (tokens.sum() < (long) TOKENS * streams) {
            throw new IllegalStateException("tokens are missing");
        }
    }
}
