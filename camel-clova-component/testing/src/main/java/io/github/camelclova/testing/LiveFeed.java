package io.github.camelclova.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The body of a live reply: filled from the test's threads, emptied on the event loop. */
final class LiveFeed implements Pieces {

    private static final int LONGEST_PIECE = 16 * 1024;
    private static final int MUCH = 64 * 1024;

    /** No ending of its own means the reply's. */
    private record Finish(boolean finishesFraming, @Nullable Ending ending) {}

    private final Queue<ByteBuf> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicLong unwritten = new AtomicLong();
    private final AtomicBoolean claimed = new AtomicBoolean();
    private final CountDownLatch started = new CountDownLatch(1);
    private final CountDownLatch gone = new CountDownLatch(1);
    private volatile Ending usualEnding = Ending.KEEP_ALIVE;
    private volatile @Nullable Finish finish;
    private volatile @Nullable Instant goneAt;
    private volatile Runnable wakeUp = () -> {};

    LiveFeed claimed(Ending ending) {
        if (!claimed.compareAndSet(false, true)) {
            throw new IllegalStateException("a live reply can be sent only once");
        }
        usualEnding = ending;
        return this;
    }

    void send(byte[] bytes) {
        requireUnfinished();
        if (goneAt != null) {
            return;
        }
        unwritten.addAndGet(bytes.length);
        for (int from = 0; from < bytes.length; from += LONGEST_PIECE) {
            waiting.add(Unpooled.wrappedBuffer(bytes, from, Math.min(LONGEST_PIECE, bytes.length - from)));
        }
        wakeUp.run();
    }

    /** Ends as the reply's own ending says. */
    void finish() {
        end(new Finish(true, null));
    }

    void breakOff(Ending ending) {
        end(new Finish(false, ending));
    }

    private synchronized void end(Finish how) {
        requireUnfinished();
        finish = how;
        wakeUp.run();
    }

    private void requireUnfinished() {
        if (finish != null) {
            throw new IllegalStateException("this live reply is finished");
        }
    }

    long unwrittenBytes() {
        return goneAt == null ? unwritten.get() : 0;
    }

    boolean isWritable() {
        return goneAt == null && unwritten.get() < MUCH;
    }

    Optional<Instant> goneAt() {
        return Optional.ofNullable(goneAt);
    }

    void awaitStarted(Duration timeout) {
        Waiting.await(started, timeout, "the live reply was not asked for");
    }

    void awaitGone(Duration timeout) {
        Waiting.await(gone, timeout, "the client is still there");
    }

    @Override
    public @Nullable ByteBuf next() {
        return waiting.poll();
    }

    @Override
    public boolean isExhausted() {
        return finish != null && waiting.isEmpty();
    }

    @Override
    public boolean finishesFraming() {
        Finish how = finish;
        return how != null && how.finishesFraming() && ending().finishesFraming(false);
    }

    @Override
    public Ending ending() {
        Finish how = finish;
        return how == null || how.ending() == null ? usualEnding : how.ending();
    }

    @Override
    public void started(Runnable askAgain) {
        wakeUp = askAgain;
        started.countDown();
    }

    @Override
    public void written(int bytes) {
        unwritten.addAndGet(-bytes);
    }

    @Override
    public void clientGone() {
        goneAt = Instant.now();
        wakeUp = () -> {};
        waiting.clear();
        gone.countDown();
    }
}
