package io.github.camelclova.testing;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** What is left to write of one reply. Called on the event loop of its connection. */
interface Pieces {

    /** The next piece, which is then no longer here; null when there is none now, or none any more. */
    @Nullable
    ByteBuf next();

    /** True when there will never be another piece. */
    boolean isExhausted();

    /** Whether the framing is brought to its end after the last piece. Asked once exhausted. */
    boolean finishesFraming();

    /** Asked once exhausted. */
    Ending ending();

    /** The head is on the wire; from now on {@code wakeUp}, callable from any thread, asks for pieces that came later. */
    default void started(Runnable wakeUp) {}

    /** The socket has taken so many bytes of the pieces. */
    default void written(int bytes) {}

    /** The connection is gone; no further piece will be asked for. */
    default void clientGone() {}
}
