package io.github.camelclova.benchmarks;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What a question with one whole answer costs, many at a time. */
final class Requests {

    private static final int[] AT_ONCE = {16, 256};
    private static final int REQUESTS = 10_000;
    private static final int WARM_UP = 5;

    private Requests() {}

    static void run(Sides all, List<Side> sides, int rounds) {
        for (int atOnce : AT_ONCE) {
            Series series = Series.run(sides, WARM_UP, rounds, side -> () -> ask(all, side, atOnce));
            System.out.printf("%d at once%n%n%s%n", atOnce, series.table("request", REQUESTS, Side.BARE));
        }
    }

    private static void ask(Sides all, Side side, int atOnce) {
        AtomicInteger left = new AtomicInteger(REQUESTS);
        CountDownLatch answers = new CountDownLatch(REQUESTS);
        AtomicReference<Throwable> failed = new AtomicReference<>();
        for (int i = 0; i < atOnce; i++) {
            next(all, side, left, answers, failed);
        }
        try {
            answers.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (failed.get() != null) {
            throw new IllegalStateException(failed.get());
        }
    }

    private static void next(
            Sides all, Side side, AtomicInteger left, CountDownLatch answers, AtomicReference<Throwable> failed) {
        if (left.getAndDecrement() <= 0) {
            return;
        }
        CompletableFuture<?> answer = all.complete(side);
        answer.whenComplete((done, failure) -> {
            if (failure != null) {
                failed.set(failure);
            }
            answers.countDown();
            next(all, side, left, answers, failed);
        });
    }
}
