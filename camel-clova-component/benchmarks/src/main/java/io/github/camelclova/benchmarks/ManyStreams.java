package io.github.camelclova.benchmarks;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** What a token waits for when many streams are open. */
final class ManyStreams {

    private static final int TOKENS = 100;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final int STREAMS = 1000;
    private static final int WARM_UPS = 2;
    private static final int BLOCKING_STREAMS = 100;
    private static final int BLOCKED_TOKEN = 100;
    private static final long BLOCK_MILLIS = 10;

    private ManyStreams() {}

    static void run(Sides all, Side side) throws InterruptedException {
        for (int i = 0; i < WARM_UPS; i++) {
            open(all, side, STREAMS, new Delays(STREAMS * TOKENS));
        }
        Delays delays = new Delays(STREAMS * TOKENS);
        int[] completed = {0};
        Sample sample = Sample.of(() -> completed[0] = open(all, side, STREAMS, delays));
        System.out.println(new Table(
                        "side",
                        "streams completed",
                        "tokens",
                        "delay ms: median",
                        "99 %",
                        "99.9 %",
                        "CPU µs a token",
                        "threads")
                .row(
                        side,
                        completed[0],
                        delays.count(),
                        delays.millis(0.5),
                        delays.millis(0.99),
                        delays.millis(0.999),
                        "%.1f".formatted(sample.cpuNanos() / 1000.0 / delays.count()),
                        ManagementFactory.getThreadMXBean().getPeakThreadCount()));
    }

    /** The tokens that block are left out of the delays. */
    static void runBlocking(Sides all, Side side) throws InterruptedException {
        for (int round = 0; round < 2; round++) {
            Delays delays = new Delays(BLOCKING_STREAMS * TOKENS);
            AtomicInteger number = new AtomicInteger();
            Consumer<String> sink = stamp -> {
                if (!stamp.isEmpty() && number.incrementAndGet() % BLOCKED_TOKEN == 0) {
                    block();
                } else {
                    delays.accept(stamp);
                }
            };
            open(all, side, BLOCKING_STREAMS, sink);
            if (round > 0) {
                System.out.println(new Table("side", "delay of other tokens, ms: median", "99 %", "99.9 %")
                        .row(side, delays.millis(0.5), delays.millis(0.99), delays.millis(0.999)));
            }
        }
    }

    private static void block() {
        try {
            Thread.sleep(BLOCK_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** How many ended well. */
    private static int open(Sides all, Side side, int streams, Consumer<String> sink) {
        List<CompletableFuture<?>> running = new ArrayList<>();
        for (int i = 0; i < streams; i++) {
            running.add(all.stream(side, Plan.paced(TOKENS, PAUSE), sink));
        }
        int completed = 0;
        for (CompletableFuture<?> stream : running) {
            if (stream.handle((done, failure) -> failure == null).join()) {
                completed++;
            }
        }
        return completed;
    }
}
