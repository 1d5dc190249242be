package io.github.camelclova.protocol;

import static java.util.Objects.requireNonNull;

import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.chat.Usage;
import io.github.camelclova.quota.Place;
import io.github.camelclova.transport.Deadline;
import io.github.camelclova.transport.HttpCall;
import io.github.camelclova.transport.HttpReply;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One request and its tries, until one of them brings an answer or none is left. */
final class PendingAnswer<T> extends CompletableFuture<T> implements Place.Caller {

    /** Makes an answer of a reply, or fails with what the reply is instead. */
    interface Reader<T> {

        T read(HttpReply reply, int attempts);
    }

    private static final String RATE_LIMIT = "x-ratelimit-";

    private final HttpCall call;
    private final Place place;
    private final Deadline deadline;
    private final ChatClient client;
    private final CallListener.Call told;
    private final Function<T, Usage> usage;
    private final Reader<T> reader;
    // Tries follow one another, so there is nobody to race with.
    private int attempts;

    /** @param usage what the service counted, of an answer */
    PendingAnswer(
            HttpCall call,
            Place place,
            Deadline deadline,
            ChatClient client,
            CallListener.Call told,
            Function<T, Usage> usage,
            Reader<T> reader) {
        this.call = call;
        this.place = place;
        this.deadline = deadline;
        this.client = client;
        this.told = told;
        this.usage = usage;
        this.reader = reader;
        whenComplete((answer, failure) -> place.leave());
    }

    HttpCall call() {
        return call;
    }

    void cancel(String why) {
        // Before anybody goes on with the failure, which may take its time.
        place.leave();
        completeExceptionally(new ClovaCancelledException(why, Failure.of(call.requestId())));
    }

    /** Tells the listener first, so that it knows before anybody goes on. */
    @Override
    public boolean completeExceptionally(Throwable failure) {
        told.failed(failure);
        return super.completeExceptionally(failure);
    }

    void attempt() {
        if (!isDone()) {
            place.ask(Duration.ofNanos(deadline.nanosLeft()), this);
        }
    }

    @Override
    public void denied(ClovaException why) {
        told.waited(place.waited());
        boolean stepIsOver = deadline.nanosLeft() <= 0;
        completeExceptionally(
                stepIsOver
                        ? new ClovaTimeoutException(
                                "requestTimeout", deadline.limit(), Failure.of(call.requestId()), null)
                        : why);
    }

    @Override
    public void granted() {
        told.waited(place.waited());
        if (client.isClosed()) {
            // The place may be that of another call that the stop gave up first.
            cancel(ChatClient.STOPS);
        }
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
                place.remaining(reply.headers());
                T answer = reader.read(reply, attempts);
                place.answered(usage.apply(answer));
                place.ended();
                complete(answer);
            } else if (failure instanceof ClovaException ours) {
                retryOrFail(ours);
            } else {
                completeExceptionally(requireNonNull(failure));
            }
        } catch (ClovaException refusal) {
            retryOrFail(refusal);
        } catch (RuntimeException | Error unexpected) {
            completeExceptionally(unexpected);
        }
        return null;
    }

    static Map<String, String> rateLimit(Map<String, String> headers) {
        Map<String, String> rateLimit = new HashMap<>();
        headers.forEach((name, value) -> {
            if (name.startsWith(RATE_LIMIT)) {
                rateLimit.put(name, value);
            }
        });
        return rateLimit;
    }

    private void retryOrFail(ClovaException failure) {
        place.failed(failure);
        Optional<Duration> pause = client.retry.pause(failure, attempts, deadline);
        if (pause.isEmpty() || isDone()) {
            completeExceptionally(failure);
            return;
        }
        told.retries();
        client.later(pause.get(), this::attempt);
    }
}
