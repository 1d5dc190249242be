package io.github.camelclova.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.camelclova.HeldClock;
import io.github.camelclova.Race;
import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the HTTP client, the clock and whoever gives up tell of one call at one moment. */
@Tag("races")
class CallRaceTest {

    private static final HttpCall CALL =
            new HttpCall("r", URI.create("http://localhost"), Map.of(), Map.of(), new byte[0]);

    @Test
    void aReceiverHearsOfOneEnd() {
        Race.between(CompletionTimeoutAndCancel.class);
    }

    @Test
    void aCallWhoseTimeIsOverAsItBeginsEndsAllTheSame() {
        Race.between(BeginAndTimeout.class);
    }

    @Test
    void aClockThatIsTurnedAsItWakesLeavesNoTimer() {
        Race.between(WakingAndTurning.class);
    }

    @Test
    void theWindowIsFullForTheClockExactlyWhileItIs() {
        Race.between(UseAndGrant.class);
    }

    /** Its times are over as soon as any passes. */
    private static HttpExchangeCall begin(HeldClock clock, Receiver receiver) {
        CallLimits limits = new CallLimits(Duration.ZERO, Duration.ZERO, 1 << 20);
        HttpExchangeCall call = new HttpExchangeCall(
                CALL, limits, Duration.ZERO, Duration.ZERO, Deadline.in(Duration.ZERO), clock, receiver);
        call.begins();
        return call;
    }

    /** Counts what it hears. */
    private static final class Ends implements Receiver {

        private final AtomicInteger ends = new AtomicInteger();

        @Override
        public void head(int status, Map<String, String> headers, RunningCall call) {
            // Only the end matters.
        }

        @Override
        public void data(ByteBuffer piece, int wireBytes) {
            // Only the end matters.
        }

        @Override
        public void end() {
            ends.incrementAndGet();
        }

        @Override
        public void failed(ClovaException failure) {
            ends.incrementAndGet();
        }
    }

    public static final class CompletionTimeoutAndCancel {

        private final HeldClock clock = new HeldClock();
        private final Ends receiver = new Ends();
        private final CompletableFuture<Void> running = new CompletableFuture<>();
        private volatile HttpExchangeCall call;

        @Operation(runOnce = true)
        public void connection() {
            HttpExchangeCall begun = begin(clock, receiver);
            call = begun;
            begun.runs(running);
            begun.connected();
            begun.streamEnd(null);
        }

        @Operation(runOnce = true)
        public void time() {
            clock.pass();
        }

        @Operation(runOnce = true)
        public void route() {
            HttpExchangeCall begun = call;
            if (begun != null) {
                begun.cancel(new ClovaCancelledException("given up", Failure.of("r")));
            }
        }

        @Validate
        public void oneEndAndNoTimer() {
            assertEquals(1, receiver.ends.get());
            assertEquals(0, clock.timers());
        }
    }

    public static final class BeginAndTimeout {

        private final HeldClock clock = new HeldClock();
        private final Ends receiver = new Ends();

        @Operation(runOnce = true)
        public void caller() {
            begin(clock, receiver);
        }

        @Operation(runOnce = true)
        public void time() {
            clock.pass();
        }

        @Validate
        public void itEnds() {
            clock.pass();
            assertEquals(1, receiver.ends.get());
        }
    }

    public static final class WakingAndTurning {

        private final HeldClock clock = new HeldClock();

        @Operation(runOnce = true)
        public void connection() {
            Watch watch =
                    new Watch(clock, Deadline.never(), (option, limit) -> {}, "connectTimeout", Duration.ofMinutes(2));
            watch.start();
            watch.turnTo("responseTimeout", Duration.ofMinutes(1));
            watch.stop();
        }

        @Operation(runOnce = true)
        public void time() {
            clock.pass();
        }

        @Validate
        public void noTimer() {
            assertEquals(0, clock.timers());
        }
    }

    public static final class UseAndGrant {

        private boolean isFull;
        private final Window window = new Window(nowFull -> isFull = nowFull);

        public UseAndGrant() throws IOException {
            window.opened(bytes -> {});
        }

        @Operation(runOnce = true)
        public void connection() {
            window.use(Window.SIZE / 2);
            window.use(Window.SIZE / 2);
        }

        @Operation(runOnce = true)
        public void taker() {
            window.grant(Window.SIZE / 2);
            window.grant(Window.SIZE / 2);
        }

        @Validate
        public void thereIsRoom() {
            assertFalse(isFull);
        }
    }
}
