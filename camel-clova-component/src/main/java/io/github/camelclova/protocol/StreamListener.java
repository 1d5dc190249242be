package io.github.camelclova.protocol;

import io.github.camelclova.chat.ClovaException;

/** Hears from a {@link ChatStream}, on any thread, I/O threads among them: it must not block and runs no route code. */
public interface StreamListener {

    /** Something waits to be taken, after {@link ChatStream#poll} had found nothing. */
    void ready();

    /**
     * The stream was given up from outside: by {@link ChatStream#cancel}, by a stop, or because {@code requestTimeout} is
     * over. What was waiting is gone, and this failure is what {@link ChatStream#poll} throws next. Called at most once, and
     * not after the result or a failure has been taken.
     */
    void cutOff(ClovaException why);
}
