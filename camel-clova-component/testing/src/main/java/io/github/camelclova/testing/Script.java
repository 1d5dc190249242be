package io.github.camelclova.testing;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** What is answered next: the queued replies in turn, then the fallback. */
final class Script {

    private final Function<ReceivedRequest, Reply> unscripted;
    private final Deque<Reply> queue = new ArrayDeque<>();
    private Function<ReceivedRequest, Reply> fallback;

    Script(Function<ReceivedRequest, Reply> unscripted) {
        this.unscripted = unscripted;
        this.fallback = unscripted;
    }

    synchronized void queue(List<Reply> replies) {
        queue.addAll(replies);
    }

    synchronized void fallBackOn(Function<ReceivedRequest, Reply> script) {
        fallback = requireNonNull(script, "script");
    }

    synchronized void clear() {
        queue.clear();
        fallback = unscripted;
    }

    /** A script that throws is answered for with status 500, so that its client does not wait in vain. */
    Reply replyTo(ReceivedRequest request) {
        try {
            return requireNonNull(next().apply(request), "reply");
        } catch (RuntimeException | AssertionError e) {
            return Reply.text(500, "text/plain", "the script of the stand-in failed: " + e);
        }
    }

    private synchronized Function<ReceivedRequest, Reply> next() {
        Reply queued = queue.poll();
        return queued == null ? fallback : request -> queued;
    }
}
