package io.github.camelclova;

import io.github.camelclova.ToolSettings.OnToolError;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tool calls of one round: one after the other, in the order in which the model asks for them. Runs on the component's
 * pool, and holds no thread while a route is asynchronous.
 */
final class ToolRun {

    /** Runs one call. What comes back may be of any thread, and never throws at once. */
    interface Tools {

        /** Why the call cannot be run, in words for the model; empty if it can. */
        Optional<String> problem(ToolCall call);

        CompletableFuture<String> run(ToolCall call);
    }

    /** How many calls of one round are run. Somebody who leads the model on must not make a thousand of one question. */
    static final int MOST_CALLS = 32;

    private static final Logger LOG = LoggerFactory.getLogger(ToolRun.class);

    private final String requestId;
    private final List<ToolCall> calls;
    private final List<String> ids;
    private final Tools tools;
    private final OnToolError onError;
    private final Executor executor;
    private final AtomicBoolean started = new AtomicBoolean();
    private final CompletableFuture<List<ChatMessage>> results = new CompletableFuture<>();
    private final List<ChatMessage> done = new ArrayList<>();

    /** @param ids under which the results are told, one for each call */
    ToolRun(
            String requestId,
            List<ToolCall> calls,
            List<String> ids,
            Tools tools,
            OnToolError onError,
            Executor executor) {
        this.requestId = requestId;
        this.calls = calls;
        this.ids = ids;
        this.tools = tools;
        this.onError = onError;
        this.executor = executor;
    }

    String requestId() {
        return requestId;
    }

    /** Once; later it does nothing. */
    void start() {
        if (started.compareAndSet(false, true)) {
            executor.execute(this::goOn);
        }
    }

    /**
     * The results for the model, one for each call. Fails with a {@link ClovaException} if it was given up, else with what a
     * tool failed with where the policy says so.
     */
    CompletableFuture<List<ChatMessage>> results() {
        return results;
    }

    /** Waits for no tool any more. A tool that is running cannot be called back, but no other will be run. */
    void giveUp(ClovaException why) {
        results.completeExceptionally(why);
    }

    private void goOn() {
        while (done.size() < calls.size() && !results.isDone()) {
            ToolCall call = calls.get(done.size());
            CompletableFuture<String> result = result(call);
            if (!result.isDone()) {
                result.whenCompleteAsync(
                        (text, failure) -> {
                            note(call, text, failure);
                            goOn();
                        },
                        executor);
                return;
            }
            result.whenComplete((text, failure) -> note(call, text, failure));
        }
        results.complete(List.copyOf(done));
    }

    private CompletableFuture<String> result(ToolCall call) {
        if (done.size() >= MOST_CALLS) {
            return said("only %d calls are run at once".formatted(MOST_CALLS));
        }
        try {
            Optional<String> problem = tools.problem(call);
            return problem.isPresent() ? said(problem.get()) : tools.run(call);
        } catch (RuntimeException | Error thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    private static CompletableFuture<String> said(String problem) {
        return CompletableFuture.completedFuture("Error: " + problem);
    }

    private void note(ToolCall call, @Nullable String text, @Nullable Throwable failure) {
        if (failure == null) {
            done.add(ChatMessage.tool(ids.get(done.size()), String.valueOf(text)));
            return;
        }
        Throwable cause = cause(failure);
        if (onError == OnToolError.FAIL) {
            results.completeExceptionally(cause);
            return;
        }
        // What it failed with may tell of the inside of this application, and the model tells everything.
        LOG.warn(
                "The tool {} failed with {}; the model is told that it failed",
                call.name(),
                cause.getClass().getName());
        done.add(ChatMessage.tool(ids.get(done.size()), "Error: the tool failed"));
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
        return cause == null ? failure : cause;
    }
}
