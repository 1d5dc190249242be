package io.github.camelclova.protocol;

import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.CompletionEvent;
import io.github.camelclova.transport.RunningCall;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What has arrived and was not taken yet, between the I/O thread that fills it and the one thread at a time that empties
 * it. It is bounded by the connection's window: bytes are granted to the service only when the events they brought have
 * been taken.
 *
 * <p>The taker gets all that waits at once and goes through it without the lock, so that a fast stream costs neither thread
 * a wait for the other.
 */
final class EventQueue {

    /** Grants these bytes when everything before it has been taken. */
    private record Credit(RunningCall call, int bytes) {}

    private record Failed(RuntimeException failure) {}

    /** Events that the taker itself finds out. */
    private record Judged(Supplier<List<CompletionEvent>> events) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition filled = lock.newCondition();
    private final Runnable ready;
    private ArrayDeque<Object> waiting = new ArrayDeque<>();
    private boolean takerWaits = true;
    private volatile @Nullable ClovaException cut;

    /** The taker's alone. */
    private ArrayDeque<Object> batch = new ArrayDeque<>();

    private volatile boolean isBatchLeft;

    /**
     * Begins empty.
     *
     * @param ready told when something came after {@link #poll} had found nothing
     */
    EventQueue(Runnable ready) {
        this.ready = ready;
    }

    void add(CompletionEvent event) {
        put(event);
    }

    /** Events that are found out when it is their turn, on the taker's thread; what that throws is thrown to the taker. */
    void addJudged(Supplier<List<CompletionEvent>> events) {
        put(new Judged(events));
    }

    void fail(RuntimeException failure) {
        put(new Failed(failure));
    }

    /** The bytes of one read: granted at once when they brought nothing, else when that has been taken. */
    void credit(RunningCall call, int bytes) {
        boolean waits = false;
        lock.lock();
        try {
            if (!waiting.isEmpty()) {
                waits = waiting.add(new Credit(call, bytes));
            }
        } finally {
            lock.unlock();
        }
        if (!waits) {
            call.grant(bytes);
        }
    }

    private void put(Object entry) {
        boolean wake;
        lock.lock();
        try {
            if (cut != null) {
                return;
            }
            waiting.add(entry);
            wake = wakesTaker();
        } finally {
            lock.unlock();
        }
        if (wake) {
            ready.run();
        }
    }

    /** True when the taker has to be told. */
    private boolean wakesTaker() {
        filled.signal();
        boolean wake = takerWaits;
        takerWaits = false;
        return wake;
    }

    /**
     * The next event; absent when there is none now, and {@code ready} will be run.
     *
     * @throws RuntimeException what the stream failed with, once everything before that has been taken
     */
    @Nullable
    CompletionEvent poll() {
        while (true) {
            Object entry = nextOfBatch();
            if (entry == null && !nextBatch()) {
                return null;
            }
            CompletionEvent event = entry == null ? null : opened(entry);
            if (event != null) {
                return event;
            }
        }
    }

    private @Nullable Object nextOfBatch() {
        ClovaException why = cut;
        if (why != null) {
            throw why;
        }
        Object entry = batch.poll();
        if (isBatchLeft && batch.isEmpty()) {
            isBatchLeft = false;
        }
        return entry;
    }

    /** False when there is none; then {@code ready} will be run. */
    private boolean nextBatch() {
        lock.lock();
        try {
            if (waiting.isEmpty() && cut == null) {
                takerWaits = true;
                return false;
            }
            swap();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void swap() {
        ArrayDeque<Object> empty = batch;
        batch = waiting;
        waiting = empty;
        isBatchLeft = true;
    }

    /**
     * The next event, waiting for it.
     *
     * @throws RuntimeException as {@link #poll} does
     */
    CompletionEvent take() throws InterruptedException {
        while (true) {
            Object entry = nextOfBatch();
            CompletionEvent event = entry == null ? null : opened(entry);
            if (event != null) {
                return event;
            }
            if (entry == null) {
                awaitBatch();
            }
        }
    }

    private void awaitBatch() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && cut == null) {
                filled.await();
            }
            swap();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable CompletionEvent opened(Object entry) {
        if (entry instanceof Judged judged) {
            ArrayDeque<Object> events = new ArrayDeque<>(judged.events().get());
            events.addAll(batch);
            batch = events;
            isBatchLeft = !batch.isEmpty();
            return null;
        }
        if (entry instanceof Credit credit) {
            credit.call().grant(credit.bytes());
            return null;
        }
        if (entry instanceof Failed failed) {
            throw failed.failure();
        }
        return (CompletionEvent) entry;
    }

    /** Whether something that came waits to be taken. */
    boolean isBehind() {
        lock.lock();
        try {
            return cut == null && (isBatchLeft || !waiting.isEmpty());
        } finally {
            lock.unlock();
        }
    }

    /** Drops what waits, and lets this failure be all that is taken from now on. */
    void cutOff(ClovaException why) {
        boolean wake;
        lock.lock();
        try {
            cut = why;
            waiting.clear();
            wake = wakesTaker();
        } finally {
            lock.unlock();
        }
        if (wake) {
            ready.run();
        }
    }
}
