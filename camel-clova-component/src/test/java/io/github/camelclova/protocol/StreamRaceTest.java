package io.github.camelclova.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.camelclova.Bell;
import io.github.camelclova.Race;
import io.github.camelclova.chat.ClovaConnectionException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.CompletionEvent;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.chat.TokenUnit;
import io.github.camelclova.protocol.HeldConnections.Connection;
import io.github.camelclova.quota.Load;
import io.github.camelclova.transport.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A stream may be completed, broken off, cancelled, stopped and too late at one moment, by threads that know nothing of each
 * other. Whoever takes from it sees one ending, and before it the tokens in order.
 */
@Tag("races")
class StreamRaceTest {

    private static final double PART = 0.2;

    @Test
    void completionAndCancel() {
        Race.between(CompletionAndCancel.class, PART);
    }

    @Test
    void takingAndCancel() {
        Race.between(TakingAndCancel.class, PART);
    }

    @Test
    void completionAndTimeout() {
        Race.between(CompletionAndTimeout.class, PART);
    }

    @Test
    void beginAndStop() {
        Race.between(BeginAndStop.class, PART);
    }

    @Test
    void retryTimeoutAndCancel() {
        Race.between(RetryTimeoutAndCancel.class, PART);
    }

    /** One stream and whoever takes from it. */
    public abstract static class Parties implements StreamListener {

        final HeldConnections connections = new HeldConnections(1, Runnable::run);
        final ChatStream stream = connections.client.stream(
                HeldConnections.REQUEST,
                Deadline.never(),
                new StreamOptions(TokenUnit.TOKEN, false, false),
                null,
                this);
        final List<String> taken = new ArrayList<>();
        final List<Object> endings = new ArrayList<>();
        private final Bell bell = new Bell();
        private int cuts;

        @Operation(runOnce = true)
        public void taker() {
            while (endings.isEmpty()) {
                bell.await();
                takeAll();
            }
        }

        private void takeAll() {
            try {
                for (CompletionEvent event = stream.poll(); event != null; event = stream.poll()) {
                    if (event instanceof CompletionEvent.Token token) {
                        taken.add(token.text());
                    } else {
                        endings.add(event);
                        return;
                    }
                }
            } catch (ClovaException failure) {
                endings.add(failure);
            }
        }

        final Connection begin() {
            Connection connection = connections.connection;
            connection.receiver.head(200, Map.of("content-type", "text/event-stream"), connection);
            connection.brings("event:token\ndata:{\"message\":{\"content\":\"a\"}}\n\n");
            connection.brings("event:token\ndata:{\"message\":{\"content\":\"b\"}}\n\n");
            return connection;
        }

        final void answer() {
            Connection connection = begin();
            connection.brings("event:result\ndata:{\"message\":{\"content\":\"ab\"},\"finishReason\":\"stop\"}\n\n");
            connection.end();
        }

        @Override
        public void ready() {
            bell.ring();
        }

        @Override
        public synchronized void cutOff(ClovaException why) {
            cuts++;
        }

        @Validate
        public void oneEnding() {
            assertEquals(1, endings.size());
            assertEquals(List.of("a", "b").subList(0, taken.size()), taken);
            if (endings.get(0) instanceof ClovaException failure) {
                assertEquals(String.join("", taken), failure.getPartialText());
            } else {
                assertEquals(2, taken.size());
            }
            assertTrue(bell.isSilent());
            assertTrue(cuts <= 1);
            assertTrue(stream.opened().isDone());
            Connection last = connections.connection;
            assertFalse(last != null && last.isOpen());
            assertEquals(new Load(0, 0, Duration.ZERO), connections.load());
        }
    }

    public static final class CompletionAndCancel extends Parties {

        public CompletionAndCancel() {
            stream.start();
        }

        @Operation(runOnce = true)
        public void connection() {
            answer();
        }

        @Operation(runOnce = true)
        public void route() {
            stream.cancel("the route cancelled");
        }
    }

    public static final class TakingAndCancel extends Parties {

        public TakingAndCancel() {
            stream.start();
            begin();
        }

        @Operation(runOnce = true)
        public void route() {
            stream.cancel("the route cancelled");
        }
    }

    public static final class CompletionAndTimeout extends Parties {

        public CompletionAndTimeout() {
            stream.start();
        }

        @Operation(runOnce = true)
        public void connection() {
            answer();
        }

        @Operation(runOnce = true)
        public void time() {
            connections.clock.pass();
        }
    }

    public static final class BeginAndStop extends Parties {

        @Operation(runOnce = true)
        public void caller() {
            stream.start();
        }

        @Operation(runOnce = true)
        public void component() {
            connections.client.close();
        }
    }

    public static final class RetryTimeoutAndCancel extends Parties {

        public RetryTimeoutAndCancel() {
            stream.start();
        }

        @Operation(runOnce = true)
        public void connection() {
            connections.connection.cancel(
                    new ClovaConnectionException("broken", Failure.of("r").withRetryable(true), null));
        }

        @Operation(runOnce = true)
        public void time() {
            connections.clock.pass();
        }

        @Operation(runOnce = true)
        public void route() {
            stream.cancel("the route cancelled");
        }
    }
}
