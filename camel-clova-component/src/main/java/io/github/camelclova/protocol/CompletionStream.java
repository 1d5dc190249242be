package io.github.camelclova.protocol;

import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.CompletionEvent;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An answer on its way, in pieces.
 *
 * <p>One thread at a time takes; everything else may be called from any thread. It ends with the result or a failure being
 * taken, or with a cancel.
 */
public interface CompletionStream {

    /** Sends the request. From now on the {@link StreamListener} may be called. */
    void start();

    /**
     * Ends when the service has begun a good answer; fails with a {@link ClovaException} if it never does. Ends on the
     * client's executor.
     */
    CompletableFuture<StreamHead> opened();

    /**
     * The next event; absent when there is none now, and the listener will be told.
     *
     * @throws ClovaException if the stream failed, once everything before that has been taken; another exception only if
     *     the judge of a held stream or a tool threw it
     */
    @Nullable
    CompletionEvent poll();

    /**
     * Waits for the next event.
     *
     * @throws ClovaException as {@link #poll} does
     */
    CompletionEvent take() throws InterruptedException;

    /** The text of the tokens that have been taken; of several rounds, those of the last. */
    String text();

    /** How many calls were made so far, in all rounds. */
    int attempts();

    /** Gives the stream up: the connection is closed at once and what waits is dropped. */
    void cancel(String why);
}
