package io.github.camelclova.protocol;

import io.github.camelclova.chat.Answer;
import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.chat.Completion;
import io.github.camelclova.chat.CompletionEvent;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.quota.Place;
import io.github.camelclova.transport.Deadline;
import io.github.camelclova.transport.HttpCall;
import io.github.camelclova.transport.RunningCall;
import io.github.camelclova.transport.Secrets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An answer on its way, token by token. Calls are retried as long as nothing has been handed on.
 *
 * <p>One thread at a time takes; everything else may be called from any thread. A stream ends with the result or a failure
 * being taken, or with a cancel; until then it holds a connection and no thread.
 */
public final class ChatStream implements CompletionStream {

    private final HttpCall call;
    private final Place place;
    private final Deadline deadline;
    private final StreamOptions options;
    private final @Nullable Predicate<Completion> clears;
    private final ChatClient client;
    private final StreamListener listener;
    private final CallListener.Call told;
    private final EventQueue queue;
    private final CompletableFuture<StreamHead> opened = new CompletableFuture<>();
    private final AtomicBoolean openedOrNot = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile boolean handedOn;
    private int handedOnLength;
    private volatile @Nullable StreamAttempt attempt;
    private volatile @Nullable ScheduledFuture<?> timer;
    private final AtomicInteger taken = new AtomicInteger();
    /** The text of the tokens that were held back, once they may be taken. */
    private volatile @Nullable String released;

    private final AtomicInteger attempts = new AtomicInteger();

    ChatStream(
            HttpCall call,
            Place place,
            Deadline deadline,
            StreamOptions options,
            @Nullable Predicate<Completion> clears,
            ChatClient client,
            StreamListener listener,
            CallListener.Call told) {
        this.call = call;
        this.place = place;
        this.deadline = deadline;
        this.options = options;
        this.clears = clears;
        this.client = client;
        this.listener = listener;
        this.told = told;
        this.queue = new EventQueue(listener::ready);
    }

    @Override
    public void start() {
        timer = client.clock.schedule(this::timeIsOver, deadline.nanosLeft(), TimeUnit.NANOSECONDS);
        if (client.isClosed()) {
            cancel(ChatClient.STOPS);
        } else {
            client.begin(call, this::attempt);
        }
    }

    @Override
    public CompletableFuture<StreamHead> opened() {
        return opened;
    }

    @Override
    public @Nullable CompletionEvent poll() {
        try {
            CompletionEvent event = queue.poll();
            note(event);
            return event;
        } catch (RuntimeException failure) {
            endWith(failure);
            throw failure;
        }
    }

    @Override
    public CompletionEvent take() throws InterruptedException {
        try {
            CompletionEvent event = queue.take();
            note(event);
            return event;
        } catch (RuntimeException failure) {
            endWith(failure);
            throw failure;
        }
    }

    private void endWith(RuntimeException failure) {
        // Whoever cut the stream off did not know of a token that was taken at that moment.
        if (!end() && failure instanceof ClovaException cut) {
            cut.keepPartialText(text());
        }
    }

    private void note(@Nullable CompletionEvent event) {
        if (event instanceof CompletionEvent.Token token) {
            taken.addAndGet(token.text().length());
        } else if (event instanceof CompletionEvent.Result) {
            end();
        }
    }

    @Override
    public String text() {
        int length = taken.get();
        String judged = released;
        StreamAttempt running = attempt;
        return judged != null
                ? judged.substring(0, length)
                : running == null ? "" : running.text().substring(0, length);
    }

    /** It does not change any more once a token has been taken. */
    @Override
    public int attempts() {
        return attempts.get();
    }

    @Override
    public void cancel(String why) {
        cutOff(new ClovaCancelledException(why, failure()));
    }

    private void timeIsOver() {
        StreamAttempt running = attempt;
        if (running != null && !isBehind() && running.completeNow()) {
            // Only the end marker was awaited, and the answer is as whole without it.
            return;
        }
        cutOff(new ClovaTimeoutException("requestTimeout", deadline.limit(), failure(), null));
    }

    private Failure failure() {
        StreamAttempt running = attempt;
        return running == null ? Failure.of(call.requestId()) : running.failure();
    }

    private void cutOff(ClovaException why) {
        if (!end()) {
            return;
        }
        why.keepPartialText(text());
        told.failed(why);
        StreamAttempt running = attempt;
        if (running != null) {
            running.abort(why);
        }
        place.leave();
        settleOpened(() -> opened.completeExceptionally(why));
        listener.cutOff(why);
        queue.cutOff(why);
    }

    /** True for the first end. */
    private boolean end() {
        if (!over.compareAndSet(false, true)) {
            return false;
        }
        ScheduledFuture<?> running = timer;
        if (running != null) {
            running.cancel(false);
        }
        told.closed();
        client.ended(this);
        return true;
    }

    private void attempt() {
        if (!over.get()) {
            place.ask(Duration.ofNanos(deadline.nanosLeft()), new Allowed());
        }
    }

    private final class Allowed implements Place.Caller {

        @Override
        public void granted() {
            told.waited(place.waited());
            if (!over.get()) {
                call();
            }
        }

        @Override
        public void denied(ClovaException why) {
            told.waited(place.waited());
            if (deadline.nanosLeft() <= 0) {
                timeIsOver();
                return;
            }
            told.failed(why);
            settleOpened(() -> opened.completeExceptionally(why));
            queue.fail(why);
        }
    }

    private void call() {
        attempts.incrementAndGet();
        StreamAttempt next = new StreamAttempt(this, client);
        attempt = next;
        next.open(client.transport, call, client.limits);
        if (over.get()) {
            next.abort(new ClovaCancelledException("given up before it began", Failure.of(call.requestId())));
        }
    }

    // What an attempt tells; on an I/O thread, or on the clock's.

    StreamOptions options() {
        return options;
    }

    Secrets secrets() {
        return call.secrets();
    }

    String requestId() {
        return call.requestId();
    }

    void headCame(Map<String, String> headers) {
        place.remaining(headers);
    }

    void begins(StreamHead head) {
        settleOpened(() -> opened.complete(head));
    }

    /** Which comes first is settled here: the executor may run what comes later before it. */
    private void settleOpened(Runnable outcome) {
        if (openedOrNot.compareAndSet(false, true)) {
            client.executor.execute(outcome);
        }
    }

    void handOn(CompletionEvent event) {
        if (!handedOn) {
            handedOn = true;
            if (!(event instanceof CompletionEvent.Result)) {
                told.firstToken();
            }
        }
        if (event instanceof CompletionEvent.Token token) {
            handedOnLength += token.text().length();
        }
        queue.add(event);
    }

    /** The bytes of one read; they are granted when the events that they brought have been taken. */
    void credit(RunningCall from, int bytes) {
        queue.credit(from, bytes);
    }

    /** Whether events wait to be taken. */
    boolean isBehind() {
        return queue.isBehind();
    }

    /** Whether an attempt has to keep its tokens until it is complete. */
    boolean holds() {
        return clears != null;
    }

    /** Hands the result on, and before it the tokens that were held back, if the answer is clear. */
    void completed(Completion completion, List<CompletionEvent> held, StreamHead head) {
        place.answered(completion.usage());
        told.answered(completion.usage(), completion.model(), head.rateLimit());
        CompletionEvent.Result result = new CompletionEvent.Result(
                new Answer(completion, head.requestId(), head.statusCode(), head.attempts(), head.rateLimit()));
        Predicate<Completion> judge = clears;
        if (judge == null) {
            handOn(result);
        } else {
            // On the taker's thread: a policy may be anybody's code, and I/O threads run none of that.
            queue.addJudged(() -> release(judge, held, result));
        }
    }

    private List<CompletionEvent> release(
            Predicate<Completion> judge, List<CompletionEvent> held, CompletionEvent.Result result) {
        Completion judged = result.answer().completion();
        List<CompletionEvent> events = new ArrayList<>();
        if (judge.test(judged)) {
            // What was judged is the result's text, so tokens that say anything else are not handed on.
            String text = judged.text();
            released = text;
            events.addAll(joined(held).equals(text) ? held : List.of(new CompletionEvent.Token(text)));
        }
        events.add(result);
        return events;
    }

    private static String joined(List<CompletionEvent> events) {
        StringBuilder text = new StringBuilder();
        for (CompletionEvent event : events) {
            if (event instanceof CompletionEvent.Token token) {
                text.append(token.text());
            }
        }
        return text.toString();
    }

    /** The connection is free again, or gone. */
    void bodyEnded() {
        place.ended();
    }

    void failed(ClovaException failure, String receivedText) {
        place.failed(failure);
        Optional<Duration> pause =
                handedOn || over.get() ? Optional.empty() : client.retry.pause(failure, attempts.get(), deadline);
        if (pause.isPresent()) {
            told.retries();
            client.later(pause.get(), this::attempt);
            return;
        }
        // What is held back, or less than a unit, is nobody's: not the failure's either.
        failure.keepPartialText(receivedText.substring(0, Math.min(handedOnLength, receivedText.length())));
        told.failed(failure);
        settleOpened(() -> opened.completeExceptionally(failure));
        queue.fail(failure);
    }
}
