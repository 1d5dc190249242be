package io.github.camelclova.examples.moderatedchat;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** One question and its answer on the way. */
public final class Chat {

    private final String id;
    private final String question;
    private final Mode mode;
    private final EventStream events;
    private Closeable tokens;
    private boolean stopped;

    Chat(String id, String question, Mode mode, Consumer<Chat> whenLeft) {
        this.id = id;
        this.question = question;
        this.mode = mode;
        this.events = new EventStream(() -> whenLeft.accept(this));
    }

    /** Whoever knows it can cancel the answer. */
    public String getId() {
        return id;
    }

    public Mode getMode() {
        return mode;
    }

    String question() {
        return question;
    }

    EventStream events() {
        return events;
    }

    /** The answer has begun; closing the tokens stops the service. */
    void begin(Closeable begun) {
        synchronized (this) {
            tokens = begun;
            if (!stopped) {
                return;
            }
        }
        close(begun);
    }

    /** Stops the service, at once or as soon as it begins to answer. */
    void stop() {
        Closeable running;
        synchronized (this) {
            stopped = true;
            running = tokens;
        }
        if (running != null) {
            close(running);
        }
    }

    private static void close(Closeable tokens) {
        try {
            tokens.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
