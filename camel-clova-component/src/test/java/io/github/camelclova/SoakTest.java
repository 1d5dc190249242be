package io.github.camelclova;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.FaultCalls.Face;
import io.github.camelclova.FaultCalls.Seen;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Fifty calls a second for {@code -Dsoak.minutes=30}, one in five of them a fault of the table, in every dialect and face;
 * then there is no more of anything than before.
 */
@EnabledIfSystemProperty(named = "soak.minutes", matches = "\\d+")
class SoakTest {

    private static final int CALLS_A_MINUTE = 3000;
    private static final int ONE_FAULT_IN = 5;
    private static final int WARM_UP_ROUNDS = 3;
    private static final double MOST_GROWTH = 1.05;
    private static final int COLLECTIONS = 5;

    private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

    private final Random random = new Random(20261122);
    private final List<Fault> faults =
            Faults.all().stream().filter(fault -> !fault.isNone()).toList();

    private record State(long heap, int threads, int connections, int timers) {

        static State of(FaultCalls calls) {
            calls.forget();
            for (int i = 0; i < COLLECTIONS; i++) {
                MEMORY.gc();
            }
            return new State(
                    MEMORY.getHeapMemoryUsage().getUsed(),
                    LiveThreads.ofTheComponent().size(),
                    calls.standIn().openConnections(),
                    calls.timers());
        }
    }

    @Test
    void nothingGrows() throws Exception {
        ExecutorService callers = Executors.newCachedThreadPool();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (FaultCalls calls = new FaultCalls()) {
            for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                minute(calls, callers, clock);
            }
            State before = State.of(calls);
            for (int minute = 0; minute < Integer.getInteger("soak.minutes"); minute++) {
                minute(calls, callers, clock);
                System.out.printf("minute %d: %s%n", minute + 1, State.of(calls));
            }
            State after = State.of(calls);

            System.out.printf("before: %s%nafter:  %s%n", before, after);
            assertThat((double) after.heap()).as("heap").isLessThan(before.heap() * MOST_GROWTH);
            assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads());
            assertThat(after.connections()).as("connections").isLessThanOrEqualTo(before.connections());
            assertThat(after.timers()).as("timers").isZero();
        } finally {
            callers.shutdownNow();
            clock.shutdownNow();
        }
    }

    private void minute(FaultCalls calls, ExecutorService callers, ScheduledExecutorService clock) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        for (int call = 0; call < CALLS_A_MINUTE; call++) {
            Runnable asks = next(calls);
            long at = Duration.ofMinutes(1).toMillis() * call / CALLS_A_MINUTE;
            running.add(clock.schedule(() -> callers.submit(asks), at, MILLISECONDS));
        }
        for (Future<?> each : running) {
            ((Future<?>) each.get()).get(30, SECONDS);
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> calls.standIn().openReplies() == 0 && calls.timers() == 0);
    }

    private Runnable next(FaultCalls calls) {
        boolean fails = random.nextInt(ONE_FAULT_IN) == 0;
        Spoken anyDialect = any(List.of(Spoken.values()));
        Face anyFace = any(List.of(Face.values()));
        if (!fails) {
            return () -> FaultOutcome.assertGood(calls.good(anyFace, anyDialect), anyFace);
        }
        Fault fault = any(faults);
        Spoken spoken = any(List.copyOf(fault.dialects()));
        Face face = any(List.copyOf(fault.faces()));
        return () -> {
            Seen seen = calls.call(face, spoken, fault);
            assertThat(seen.failure).as(fault.toString()).isInstanceOf(fault.failure());
        };
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
