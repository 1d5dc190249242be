package io.github.camelclova.examples.springboot;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter.SseEventBuilder;

/**
 * Whoever waits for an answer, at the other end of a connection. Sending waits while they do not read. Once they have gone,
 * or the answer has ended, nothing is sent any more.
 */
final class Listener {

    /** Where the route finds the listener of a token. */
    static final String HEADER = "listener";

    /** The component sees to it that no answer takes for ever. */
    private static final long NO_TIMEOUT = 0;

    /** What is known when an answer is whole; a service need not say either. */
    record Result(@Nullable String stopReason, @Nullable Integer totalTokens) {}

    private final SseEmitter events = new SseEmitter(NO_TIMEOUT);
    private final ReentrantLock sending = new ReentrantLock();
    private volatile boolean open = true;

    Listener() {
        events.onCompletion(() -> open = false);
        events.onError(failure -> open = false);
    }

    SseEmitter events() {
        return events;
    }

    boolean isOpen() {
        return open;
    }

    void token(String text) {
        send(event("token", Map.of("text", text)));
    }

    void result(Result result) {
        end(event("result", result));
    }

    /** What went wrong is in the log; whoever listens need not know. */
    void fail() {
        end(event("error", Map.of("message", "The answer broke off.")));
    }

    /** Only by writing does a server learn that somebody has gone. Waits for nobody: who is being written to is there. */
    void probe() {
        if (sending.tryLock()) {
            try {
                send(SseEmitter.event().comment("still here"));
            } finally {
                sending.unlock();
            }
        }
    }

    private static SseEventBuilder event(String name, Object data) {
        return SseEmitter.event().name(name).data(data, MediaType.APPLICATION_JSON);
    }

    private void send(SseEventBuilder event) {
        sending.lock();
        try {
            if (open) {
                events.send(event);
            }
        } catch (IOException | IllegalStateException gone) {
            // The web server closes what cannot be written to.
            open = false;
        } finally {
            sending.unlock();
        }
    }

    private void end(SseEventBuilder event) {
        sending.lock();
        try {
            if (open) {
                send(event);
                open = false;
                events.complete();
            }
        } finally {
            sending.unlock();
        }
    }
}
