package io.github.camelclova.benchmarks;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** What a stream holds while it waits for its next token. */
final class OpenStreams {

    private static final int STREAMS = 1000;
    private static final Plan ENDLESS = Plan.paced(1000, Duration.ofMinutes(1));

    private OpenStreams() {}

    static void run(Sides all, Side side) throws InterruptedException {
        open(all, side, 1);
        long before = Heap.live();
        open(all, side, STREAMS);
        long after = Heap.live();
        System.out.println(new Table("side", "live bytes a stream").row(side, (after - before) / STREAMS));
    }

    /** Opens streams and comes back when each has brought its first token. */
    private static void open(Sides all, Side side, int streams) throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(streams);
        for (int i = 0; i < streams; i++) {
            all.stream(side, ENDLESS, stamp -> begun.countDown());
        }
        begun.await();
    }
}
