package io.github.camelclova.benchmarks;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/** Whether the cost of a token, or what a stream holds, grows with the length of the stream. */
final class GrowingStream {

    private static final int[] LENGTHS = {1_000, 10_000, 100_000};
    private static final int TOKENS_A_SAMPLE = 200_000;
    private static final int WARM_UP = 10;

    /** The least counts: a heap has garbage to spare, never too little of what lives. */
    private static final int HEAP_SAMPLES = 5;

    private GrowingStream() {}

    static void run(Sides all, Side side) {
        for (int i = 0; i < WARM_UP; i++) {
            streams(all, side, LENGTHS[1]);
        }
        Table table =
                new Table("side", "tokens", "CPU µs a token", "bytes a token", "live KB near the end, beyond the text");
        for (int length : LENGTHS) {
            Sample sample = Sample.of(() -> streams(all, side, length));
            table.row(
                    side,
                    length,
                    "%.2f".formatted(sample.cpuNanos() / 1000.0 / TOKENS_A_SAMPLE),
                    sample.bytes() / TOKENS_A_SAMPLE,
                    LongStream.generate(() -> heldNearTheEnd(all, side, length))
                                    .limit(HEAP_SAMPLES)
                                    .min()
                                    .orElseThrow()
                            / 1024);
        }
        System.out.println(table);
    }

    private static void streams(Sides all, Side side, int length) {
        for (int i = 0; i < TOKENS_A_SAMPLE / length; i++) {
            all.stream(side, Plan.hot(length), text -> {}).join();
        }
    }

    private static long heldNearTheEnd(Sides all, Side side, int length) {
        long before = Heap.live();
        AtomicInteger tokens = new AtomicInteger();
        AtomicLong characters = new AtomicLong();
        AtomicLong held = new AtomicLong();
        Consumer<String> sink = text -> {
            int number = tokens.incrementAndGet();
            if (number < length) {
                characters.addAndGet(text.length());
            }
            if (number == length - length / 10) {
                held.set(Heap.live() - before);
            }
        };
        all.stream(side, Plan.hot(length), sink).join();
        // Hangul takes two bytes a character.
        return held.get() - 2 * characters.get();
    }
}
