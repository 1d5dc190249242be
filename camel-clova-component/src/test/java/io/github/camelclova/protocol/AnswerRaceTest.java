package io.github.camelclova.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.camelclova.Race;
import io.github.camelclova.chat.Answer;
import io.github.camelclova.chat.ClovaConnectionException;
import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.protocol.HeldConnections.Connection;
import io.github.camelclova.quota.Load;
import io.github.camelclova.transport.Deadline;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An answer may come, be given up, be too late and be stopped at one moment: one outcome, and its place is free again. */
@Tag("races")
class AnswerRaceTest {

    private static final double PART = 0.2;

    @Test
    void completionTimeoutAndCancel() {
        Race.between(CompletionTimeoutAndCancel.class, PART);
    }

    @Test
    void beginAndStop() {
        Race.between(BeginAndStop.class, PART);
    }

    @Test
    void retryAndCancel() {
        Race.between(RetryAndCancel.class, PART);
    }

    /** One question. */
    public abstract static class Parties {

        final HeldConnections connections = new HeldConnections(1, Runnable::run);
        final AtomicInteger outcomes = new AtomicInteger();
        volatile CompletableFuture<Answer> answer;

        final void ask() {
            answer = connections.client.complete(HeldConnections.REQUEST, Deadline.never());
            answer.whenComplete((done, failure) -> outcomes.incrementAndGet());
        }

        @Validate
        public void oneOutcome() {
            assertTrue(answer.isDone());
            assertEquals(1, outcomes.get());
            Connection last = connections.connection;
            assertFalse(last != null && last.isOpen());
            assertEquals(new Load(0, 0, Duration.ZERO), connections.load());
        }
    }

    public static final class CompletionTimeoutAndCancel extends Parties {

        public CompletionTimeoutAndCancel() {
            ask();
        }

        @Operation(runOnce = true)
        public void connection() {
            Connection connection = connections.connection;
            connection.receiver.head(200, Map.of("content-type", "application/json"), connection);
            connection.brings("{\"status\":{\"code\":\"20000\"},\"result\":{\"message\":{\"content\":\"a\"}}}");
            connection.end();
        }

        @Operation(runOnce = true)
        public void time() {
            connections.connection.cancel(
                    new ClovaTimeoutException("idleTimeout", Duration.ZERO, Failure.of("r"), null));
        }

        @Operation(runOnce = true)
        public void route() {
            answer.completeExceptionally(new CancellationException("given up"));
        }
    }

    public static final class BeginAndStop extends Parties {

        @Operation(runOnce = true)
        public void caller() {
            ask();
        }

        @Operation(runOnce = true)
        public void component() {
            connections.client.close();
        }
    }

    public static final class RetryAndCancel extends Parties {

        public RetryAndCancel() {
            ask();
        }

        @Operation(runOnce = true)
        public void connection() {
            connections.connection.cancel(
                    new ClovaConnectionException("broken", Failure.of("r").withRetryable(true), null));
            connections.clock.pass();
        }

        @Operation(runOnce = true)
        public void route() {
            answer.completeExceptionally(new CancellationException("given up"));
        }
    }
}
