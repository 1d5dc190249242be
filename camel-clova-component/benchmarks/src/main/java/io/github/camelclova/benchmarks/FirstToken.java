package io.github.camelclova.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** How long the first token takes, from the question to the route, over a connection that stands. */
final class FirstToken {

    private static final int STREAMS_A_ROUND = 50;
    private static final int WARM_UP = 20;
    private static final Plan TWO_TOKENS = Plan.paced(2, Duration.ofMillis(2));

    private FirstToken() {}

    static void run(Sides all, List<Side> sides, int rounds) {
        Map<Side, long[]> nanos = new EnumMap<>(Side.class);
        sides.forEach(side -> nanos.put(side, new long[rounds * STREAMS_A_ROUND]));
        for (int at = -WARM_UP * STREAMS_A_ROUND; at < rounds * STREAMS_A_ROUND; at++) {
            for (Side side : sides) {
                long took = first(all, side);
                if (at >= 0) {
                    nanos.getOrDefault(side, new long[0])[at] = took;
                }
            }
        }
        Table table = new Table("side", "first token after ms: median", "90 %");
        nanos.forEach((side, each) -> {
            Arrays.sort(each);
            table.row(
                    side,
                    "%.3f".formatted(each[each.length / 2] / 1e6),
                    "%.3f".formatted(each[each.length * 9 / 10] / 1e6));
        });
        System.out.println(table);
    }

    private static long first(Sides all, Side side) {
        AtomicLong came = new AtomicLong();
        long asked = System.nanoTime();
        all.stream(side, TWO_TOKENS, text -> came.compareAndSet(0, System.nanoTime()))
                .join();
        return came.get() - asked;
    }
}
