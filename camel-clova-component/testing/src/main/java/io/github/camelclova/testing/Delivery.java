package io.github.camelclova.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The writing of one reply. It lives on the event loop of its connection and holds no thread: it waits by being called again,
 * when a pause is over, when the socket takes more, or when a live reply has more.
 */
final class Delivery {

    /** After so many writes in a row the other connections of the event loop get their turn. */
    private static final int TURN = 64;

    private final Channel channel;
    private final Reply reply;
    private final Pieces pieces;
    private final Ending atLeast;
    private final Runnable whenDone;
    private boolean writing;
    private boolean paused = true;
    private boolean over;
    private @Nullable Future<?> timer;

    /** Where the reply would keep the connection, {@code atLeast} says whether its client wants that. */
    Delivery(Channel channel, Reply reply, Ending atLeast, Runnable whenDone) {
        this.channel = channel;
        this.reply = reply;
        this.pieces = reply.pieces();
        this.atLeast = atLeast;
        this.whenDone = whenDone;
    }

    void start() {
        after(reply.pacing().beforeHead(), this::writeHead);
    }

    /** Goes on after the socket was full. */
    void resume() {
        if (writing || paused || over) {
            return;
        }
        writing = true;
        try {
            writeTurn();
        } finally {
            writing = false;
        }
    }

    /** The connection is gone. */
    void abandon() {
        if (timer != null) {
            timer.cancel(false);
        }
        if (!over) {
            over = true;
            pieces.clientGone();
        }
    }

    private void writeHead() {
        Writes.flush(channel, Unpooled.wrappedBuffer(reply.headBytes()), this::started);
        after(reply.pacing().beforeBody(), this::goOn);
    }

    private void started() {
        pieces.started(() -> channel.eventLoop().execute(this::resume));
        resume();
    }

    private void goOn() {
        paused = false;
        resume();
    }

    private void writeTurn() {
        for (int writes = 0; writes < TURN; writes++) {
            if (over || !channel.isWritable()) {
                return;
            }
            ByteBuf piece = pieces.next();
            if (piece == null) {
                if (pieces.isExhausted()) {
                    finish();
                }
                return;
            }
            int length = piece.readableBytes();
            Writes.flush(channel, reply.framing().frame(piece), () -> pieces.written(length));
            Duration pause = reply.pacing().betweenWrites();
            if (!pause.isZero() && !pieces.isExhausted()) {
                paused = true;
                after(pause, this::goOn);
                return;
            }
        }
        paused = true;
        channel.eventLoop().execute(this::goOn);
    }

    private void finish() {
        over = true;
        Writes.flush(channel, pieces.finishesFraming() ? reply.framing().end() : Unpooled.EMPTY_BUFFER, () -> {
            Ending ending = pieces.ending() == Ending.KEEP_ALIVE ? atLeast : pieces.ending();
            if (ending == Ending.KEEP_ALIVE) {
                whenDone.run();
            } else {
                Writes.end(channel, ending);
            }
        });
    }

    private void after(Duration wait, Runnable step) {
        if (wait.isZero()) {
            step.run();
            return;
        }
        EventLoop loop = channel.eventLoop();
        timer = loop.schedule(step, wait.toNanos(), TimeUnit.NANOSECONDS);
    }
}
