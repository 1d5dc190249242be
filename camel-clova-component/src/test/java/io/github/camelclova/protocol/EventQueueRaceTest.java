package io.github.camelclova.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.camelclova.Bell;
import io.github.camelclova.Race;
import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.CompletionEvent;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.transport.RunningCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An I/O thread fills the queue, one thread at a time empties it, and anybody cuts it off. */
@Tag("races")
class EventQueueRaceTest {

    @Test
    void itIsOneQueueWhoeverMeets() {
        Race.asIfOneAfterTheOther(Operations.class, PlainQueue.class);
    }

    @Test
    void whoeverFoundNothingIsToldOfAllThatComes() {
        Race.between(ServiceAndTaker.class);
    }

    @Test
    void aCutIsTheOnlyEndingAndNothingComesAfterIt() {
        Race.between(ServiceTakerAndCut.class);
    }

    @Test
    void whoeverWaitsIsWokenByAnEventAndByACut() {
        Race.between(WaitingTakerAndCut.class);
    }

    private static ClovaException failure(String why) {
        return new ClovaCancelledException(why, Failure.of(why));
    }

    /** The two that there always are. */
    public abstract static class Parties implements RunningCall {

        final Bell bell = new Bell();
        final EventQueue queue = new EventQueue(bell::ring);
        final List<String> taken = new ArrayList<>();
        final List<String> endings = new ArrayList<>();
        int granted;

        @Operation(runOnce = true)
        public void service() {
            queue.add(new CompletionEvent.Token("a"));
            queue.credit(this, 1);
            queue.add(new CompletionEvent.Token("b"));
            queue.credit(this, 2);
            queue.fail(failure("failed"));
        }

        @Operation(runOnce = true)
        public void taker() {
            while (endings.isEmpty()) {
                bell.await();
                takeAll();
            }
        }

        private void takeAll() {
            try {
                for (CompletionEvent event = queue.poll(); event != null; event = queue.poll()) {
                    taken.add(((CompletionEvent.Token) event).text());
                }
            } catch (ClovaException ending) {
                endings.add(ending.getRequestId());
            }
        }

        @Override
        public void cancel(ClovaException why) {
            throw new AssertionError("nobody cancels a connection here");
        }

        @Override
        public synchronized void grant(int bytes) {
            granted += bytes;
        }
    }

    public static final class ServiceAndTaker extends Parties {

        @Validate
        public void allWasTaken() {
            assertEquals(List.of("a", "b"), taken);
            assertEquals(List.of("failed"), endings);
            assertEquals(3, granted);
            assertTrue(bell.isSilent());
        }
    }

    public static final class ServiceTakerAndCut extends Parties {

        @Operation(runOnce = true)
        public void route() {
            queue.cutOff(failure("cut"));
        }

        @Validate
        public void oneEnding() {
            assertEquals(List.of("a", "b").subList(0, taken.size()), taken);
            assertEquals(1, endings.size());
            assertTrue(endings.contains("cut") || taken.size() == 2);
            assertTrue(bell.isSilent());
        }
    }

    public static final class WaitingTakerAndCut {

        private final EventQueue queue = new EventQueue(() -> {});
        private final List<String> taken = new ArrayList<>();
        private String ending;

        @Operation(runOnce = true)
        public void service() {
            queue.add(new CompletionEvent.Token("a"));
        }

        @Operation(runOnce = true)
        public void route() {
            queue.cutOff(failure("cut"));
        }

        @Operation(runOnce = true)
        public void taker() throws InterruptedException {
            try {
                while (true) {
                    taken.add(((CompletionEvent.Token) queue.take()).text());
                }
            } catch (ClovaException cut) {
                ending = cut.getRequestId();
            }
        }

        @Validate
        public void oneEnding() {
            assertEquals(List.of("a").subList(0, taken.size()), taken);
            assertEquals("cut", ending);
        }
    }

    @Param(name = "text", gen = IntGen.class, conf = "1:9")
    public static final class Operations {

        private final EventQueue queue = new EventQueue(() -> {});

        @Operation(nonParallelGroup = "service")
        public void add(@Param(name = "text") int text) {
            queue.add(new CompletionEvent.Token(String.valueOf(text)));
        }

        @Operation(nonParallelGroup = "taker")
        public String poll() {
            CompletionEvent event = queue.poll();
            return event == null ? null : ((CompletionEvent.Token) event).text();
        }

        @Operation
        public boolean isBehind() {
            return queue.isBehind();
        }

        @Operation(runOnce = true)
        public void cutOff() {
            queue.cutOff(failure("cut"));
        }
    }

    /** What is to be true of the queue, said without threads. */
    public static final class PlainQueue {

        private final ArrayDeque<String> waiting = new ArrayDeque<>();
        private boolean isCut;

        public void add(int text) {
            if (!isCut) {
                waiting.add(String.valueOf(text));
            }
        }

        public String poll() {
            if (isCut) {
                throw failure("cut");
            }
            return waiting.poll();
        }

        public boolean isBehind() {
            return !waiting.isEmpty();
        }

        public void cutOff() {
            isCut = true;
            waiting.clear();
        }
    }
}
