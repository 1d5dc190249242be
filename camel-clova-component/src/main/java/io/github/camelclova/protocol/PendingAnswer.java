package io.github.camelclova.protocol;

import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.transport.Deadline;
import io.github.camelclova.transport.HttpCall;
import io.github.camelclova.transport.HttpReply;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One request and its tries, until one of them brings an answer or none is left. */
final class PendingAnswer<T> extends CompletableFuture<T> {

    /** Makes an answer of a reply, or fails with what the reply is instead. */
    interface Reader<T> {

        T read(HttpReply reply, int attempts);
    }

    private static final String RATE_LIMIT = "x-ratelimit-";

    private final HttpCall call;
    private final Deadline deadline;
    private final ChatClient client;
    private final Reader<T> reader;
    // Tries follow one another, so there is nobody to race with.
    private int attempts;

    PendingAnswer(HttpCall call, Deadline deadline, ChatClient client, Reader<T> reader) {
        this.call = call;
        this.deadline = deadline;
        this.client = client;
        this.reader = reader;
    }

    HttpCall call() {
        return call;
    }

    void cancel(String why) {
        completeExceptionally(new ClovaCancelledException(why, Failure.of(call.requestId())));
    }

    void attempt() {
        if (isDone()) {
            return;
        }
        attempts++;
        CompletableFuture<HttpReply> reply = client.transport.send(call, client.limits, deadline);
        whenComplete((answer, failure) -> reply.cancel(false));
        reply.handleAsync(this::replied, client.executor);
    }

    private @Nullable Void replied(@Nullable HttpReply reply, @Nullable Throwable failure) {
        try {
            if (reply != null) {
                complete(reader.read(reply, attempts));
            } else if (failure instanceof ClovaException ours) {
                retryOrFail(ours);
            } else {
                completeExceptionally(failure);
            }
        } catch (ClovaException refusal) {
            retryOrFail(refusal);
        } catch (RuntimeException | Error unexpected) {
            completeExceptionally(unexpected);
        }
        return null;
    }

    static Map<String, String> rateLimit(Map<String, String> headers) {
        Map<String, String> rateLimit = new HashMap<>(headers);
        rateLimit.keySet().removeIf(name -> !name.startsWith(RATE_LIMIT));
        return rateLimit;
    }

    private void retryOrFail(ClovaException failure) {
        Optional<Duration> pause = client.retry.pause(failure, attempts, deadline);
        if (pause.isEmpty() || isDone()) {
            completeExceptionally(failure);
            return;
        }
        client.later(pause.get(), this::attempt);
    }
}
