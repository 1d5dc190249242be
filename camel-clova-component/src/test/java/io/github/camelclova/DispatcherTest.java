package io.github.camelclova;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DispatcherTest {

    private final ThreadPoolExecutor pool =
            new ThreadPoolExecutor(1, 1, 1, SECONDS, new SynchronousQueue<>(), work -> new Thread(work, "pool"));
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "clock"));
    private final Dispatcher dispatcher = new Dispatcher(pool, clock);

    @AfterEach
    void stop() {
        pool.shutdownNow();
        clock.shutdownNow();
    }

    @Test
    void workIsDoneOnThePool() throws InterruptedException {
        AtomicReference<String> thread = new AtomicReference<>();
        CountDownLatch done = new CountDownLatch(1);

        dispatcher.execute(() -> {
            thread.set(Thread.currentThread().getName());
            done.countDown();
        });

        assertThat(done.await(5, SECONDS)).isTrue();
        assertThat(thread).hasValue("pool");
    }

    @Test
    void aFullPoolIsAskedAgainUntilItHasRoomAndNothingIsLost() throws InterruptedException {
        CountDownLatch free = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(100);
        dispatcher.execute(() -> awaitQuietly(free));

        for (int i = 0; i < 100; i++) {
            dispatcher.execute(() -> {
                assertThat(Thread.currentThread().getName()).isEqualTo("pool");
                done.countDown();
            });
        }
        free.countDown();

        assertThat(done.await(10, SECONDS)).isTrue();
    }

    @Test
    void whatComesAfterThePoolStoppedIsDoneAtOnce() {
        pool.shutdown();
        AtomicReference<Thread> thread = new AtomicReference<>();

        dispatcher.execute(() -> thread.set(Thread.currentThread()));

        assertThat(thread).hasValue(Thread.currentThread());
    }

    @Test
    void whatFindsThePoolFullAndTheClockStoppedIsDoneAtOnce() {
        CountDownLatch free = new CountDownLatch(1);
        dispatcher.execute(() -> awaitQuietly(free));
        clock.shutdownNow();
        AtomicReference<Thread> thread = new AtomicReference<>();

        dispatcher.execute(() -> thread.set(Thread.currentThread()));

        assertThat(thread).hasValue(Thread.currentThread());
        free.countDown();
    }

    @Test
    void whatTheStoppedClockWouldHaveBroughtIsDoneAtTheEnd() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch free = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        dispatcher.execute(() -> {
            busy.countDown();
            awaitQuietly(free);
        });
        assertThat(busy.await(5, SECONDS)).isTrue();
        dispatcher.execute(done::countDown);
        pool.shutdown();
        clock.shutdownNow();

        dispatcher.finish();

        assertThat(done.await(5, SECONDS)).isTrue();
        free.countDown();
    }

    @Test
    void manyPiecesOfWorkCallOneThreadAtATime() throws InterruptedException {
        ThreadPoolExecutor two = pool(2, 2, 100);
        Dispatcher dispatcher = new Dispatcher(two, clock);
        CountDownLatch free = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(50);
        two.execute(() -> awaitQuietly(free));
        two.execute(() -> awaitQuietly(free));

        for (int i = 0; i < 50; i++) {
            dispatcher.execute(done::countDown);
        }

        assertThat(two.getQueue()).hasSize(1);
        free.countDown();
        assertThat(done.await(5, SECONDS)).isTrue();
        two.shutdown();
    }

    @Test
    void workThatBlocksKeepsNoOtherWaiting() throws InterruptedException {
        ThreadPoolExecutor three = pool(3, 3, 100);
        Dispatcher dispatcher = new Dispatcher(three, clock);
        CountDownLatch blocked = new CountDownLatch(2);
        CountDownLatch free = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(100);

        for (int i = 0; i < 2; i++) {
            dispatcher.execute(() -> {
                blocked.countDown();
                awaitQuietly(free);
            });
        }
        for (int i = 0; i < 100; i++) {
            dispatcher.execute(done::countDown);
        }

        assertThat(blocked.await(5, SECONDS)).isTrue();
        assertThat(done.await(5, SECONDS)).isTrue();
        free.countDown();
        three.shutdown();
    }

    @Test
    void aPoolWhoseQueueIsFullGrows() throws InterruptedException {
        ThreadPoolExecutor growing = pool(1, 3, 2);
        Dispatcher dispatcher = new Dispatcher(growing, clock);
        CountDownLatch threads = new CountDownLatch(3);

        for (int i = 0; i < 5; i++) {
            dispatcher.execute(() -> {
                threads.countDown();
                awaitQuietly(threads);
            });
        }

        assertThat(threads.await(5, SECONDS)).isTrue();
        growing.shutdown();
    }

    @Test
    void workThatThrowsTakesNoOtherWithIt() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(2);

        dispatcher.execute(() -> {
            Thread.currentThread().setUncaughtExceptionHandler((thread, thrown) -> done.countDown());
            throw new AssertionError("a broken route");
        });
        dispatcher.execute(done::countDown);

        assertThat(done.await(5, SECONDS)).isTrue();
    }

    private static ThreadPoolExecutor pool(int size, int mostThreads, int queue) {
        return new ThreadPoolExecutor(size, mostThreads, 1, SECONDS, new ArrayBlockingQueue<>(queue));
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
