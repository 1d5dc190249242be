package io.github.camelclova;

import io.github.camelclova.chat.Answer;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.CompletionEvent;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.protocol.CompletionStream;
import io.github.camelclova.protocol.StreamHead;
import io.github.camelclova.protocol.StreamListener;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.camel.RuntimeCamelException;
import org.jspecify.annotations.Nullable;

/**
 * The streams of all rounds as one: tokens come as they are made, a round of tools comes as one event for each call, and
 * only the last round has a result. The tools of a round are run when these events have been taken and the next is asked
 * for, so that whoever takes them can cancel before.
 */
final class ToolStream implements CompletionStream, StreamListener {

    /** Opens the stream of one round. */
    interface Opener {

        CompletionStream open(ChatRequest request, StreamListener listener);
    }

    private final Rounds rounds;
    private final Opener opener;
    private final StreamListener listener;
    private final CompletionStream first;
    private volatile CompletionStream round;
    private volatile @Nullable ToolRun running;
    private volatile @Nullable String cancelled;
    private volatile int earlierAttempts;

    /** The taker's alone. */
    private final ArrayDeque<CompletionEvent> announced = new ArrayDeque<>();

    /** Guarded by this. */
    private boolean takerWaits;

    ToolStream(Rounds rounds, Opener opener, StreamListener listener) {
        this.rounds = rounds;
        this.opener = opener;
        this.listener = listener;
        this.first = opener.open(rounds.request(), this);
        this.round = first;
    }

    @Override
    public void start() {
        first.start();
    }

    @Override
    public CompletableFuture<StreamHead> opened() {
        return first.opened();
    }

    @Override
    public @Nullable CompletionEvent poll() {
        ToolRun tools = running;
        if (tools == null) {
            return seen(round.poll());
        }
        CompletionEvent event = announced(tools);
        if (event == null && isDone(tools)) {
            // The next round's stream says itself when there is something to take.
            nextRound(tools);
        }
        return event;
    }

    @Override
    public CompletionEvent take() throws InterruptedException {
        while (true) {
            ToolRun tools = running;
            CompletionEvent event = tools == null ? seen(round.take()) : announced(tools);
            if (event != null) {
                return event;
            }
            if (tools != null) {
                await(tools);
                nextRound(tools);
            }
        }
    }

    private @Nullable CompletionEvent seen(@Nullable CompletionEvent event) {
        if (!(event instanceof CompletionEvent.Result result)) {
            return event;
        }
        Answer answer = result.answer();
        if (!rounds.callsTools(answer.completion())) {
            return new CompletionEvent.Result(rounds.whole(answer));
        }
        answer.completion().first().toolCalls().forEach(call -> announced.add(new CompletionEvent.Tool(call)));
        ToolRun tools = rounds.run(answer);
        running = tools;
        tools.results().whenComplete((results, failure) -> toolsDone(failure));
        if (cancelled != null) {
            giveUp(tools, cancelled);
        }
        return announced(tools);
    }

    /** Absent when all are taken; the tools are run then. */
    private @Nullable CompletionEvent announced(ToolRun tools) {
        CompletionEvent event = tools.results().isCompletedExceptionally() ? null : announced.poll();
        if (event == null) {
            tools.start();
        }
        return event;
    }

    private synchronized boolean isDone(ToolRun tools) {
        boolean done = tools.results().isDone();
        takerWaits = !done;
        return done;
    }

    private void toolsDone(@Nullable Throwable failure) {
        if (failure instanceof ClovaException why) {
            listener.cutOff(why);
        }
        boolean wake;
        synchronized (this) {
            wake = takerWaits;
            takerWaits = false;
        }
        if (wake) {
            listener.ready();
        }
    }

    private static void await(ToolRun tools) throws InterruptedException {
        try {
            tools.results().get();
        } catch (ExecutionException failed) {
            // The next round tells.
        }
    }

    /** Throws what the tools failed with, if they did. */
    private void nextRound(ToolRun tools) {
        rounds.next(results(tools));
        int attempts = attempts();
        CompletionStream next = opener.open(rounds.request(), this);
        earlierAttempts = attempts;
        round = next;
        running = null;
        next.start();
        if (cancelled != null) {
            next.cancel(cancelled);
        }
    }

    private static List<ChatMessage> results(ToolRun tools) {
        try {
            return tools.results().join();
        } catch (CompletionException failed) {
            throw RuntimeCamelException.wrapRuntimeException(failed.getCause());
        }
    }

    @Override
    public String text() {
        return running == null ? round.text() : "";
    }

    @Override
    public int attempts() {
        return earlierAttempts + round.attempts();
    }

    @Override
    public void cancel(String why) {
        // Said before anything else, for a round that begins meanwhile.
        cancelled = why;
        ToolRun tools = running;
        if (tools == null) {
            round.cancel(why);
        } else {
            giveUp(tools, why);
        }
    }

    private void giveUp(ToolRun tools, String why) {
        tools.giveUp(new ClovaCancelledException(why, Failure.of(tools.requestId())));
    }

    // What the stream of a round tells.

    @Override
    public void ready() {
        listener.ready();
    }

    @Override
    public void cutOff(ClovaException why) {
        listener.cutOff(why);
    }
}
