package io.github.camelclova;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.FaultCalls.Face;
import io.github.camelclova.FaultCalls.Seen;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However often something goes wrong, no connection, timer or thread stays behind. */
class FaultLeaksTest {

    private static final int AT_ONCE = 50;
    /** Bytes; the JDK keeps a few for each thread that writes to a socket, the callers and the stand-in among them. */
    private static final long MORE_BUFFERS = 32L << 20;

    /** The component's pool has 10 threads, and up to 20 when much waits, as for the names of hosts; they leave after a minute. */
    private static final int MORE_THREADS = 10;

    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final List<String> NASTIEST = List.of(
            "RESET after some tokens",
            "HALF_CLOSE inside the second event",
            "CLOSE before the head",
            "stalls before the head",
            "stalls inside an event",
            "stalls before the end marker",
            "stalls after some tokens until the whole time is over",
            "text without end that was small when compressed",
            "a length that is too short",
            "status 103 and nothing more");

    private final ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
    private FaultCalls calls;
    private long threads;
    private long buffers;

    @BeforeEach
    void warmUp() throws Exception {
        List<Face> faces = List.of(Face.values());
        calls = new FaultCalls();
        run(IntStream.range(0, 2 * AT_ONCE)
                .mapToObj(call -> good(faces.get(call % faces.size())))
                .toList());
        threads = threads();
        buffers = buffers();
    }

    @AfterEach
    void stop() throws IOException {
        callers.shutdownNow();
        calls.close();
    }

    @Test
    void nothingStaysOfEachFaultFiveTimes() throws Exception {
        List<Runnable> all = new ArrayList<>();
        for (Fault fault : Faults.all()) {
            IntStream.range(0, 5).forEach(call -> all.add(faulty(fault, call)));
        }

        run(all);

        assertNothingStays("everything");
    }

    @Test
    void nothingStaysOfTheNastiestTwoHundredTimes() throws Exception {
        for (String name : NASTIEST) {
            Fault fault = Faults.named(name);

            run(IntStream.range(0, 200).mapToObj(call -> faulty(fault, call)).toList());

            assertNothingStays(name);
        }
    }

    private Runnable faulty(Fault fault, int number) {
        Spoken spoken =
                List.copyOf(fault.dialects()).get(number % fault.dialects().size());
        Face face = List.copyOf(fault.faces()).get(number % fault.faces().size());
        return () -> {
            Seen seen = calls.call(face, spoken, fault);
            FaultOutcome.assertEndedOnce(seen);
        };
    }

    private Runnable good(Face face) {
        return () -> FaultOutcome.assertGood(calls.good(face, Spoken.CLOVA_V3), face);
    }

    private void run(List<Runnable> work) throws Exception {
        List<Future<?>> running = new ArrayList<>();
        work.forEach(each -> running.add(callers.submit(each)));
        for (Future<?> each : running) {
            each.get();
        }
    }

    /** Idle connections may wait for the next call, but there are never more of them than calls at once. */
    private void assertNothingStays(String of) {
        await().atMost(LONGEST).untilAsserted(() -> {
            assertThat(calls.standIn().openReplies()).as("replies of %s", of).isZero();
            assertThat(calls.standIn().openConnections())
                    .as("connections of %s", of)
                    .isLessThanOrEqualTo(AT_ONCE);
            assertThat(calls.timers()).as("timers of %s", of).isZero();
            assertThat(threads()).as("threads of %s", of).isLessThanOrEqualTo(threads + MORE_THREADS);
            assertThat(buffers()).as("direct buffers of %s", of).isLessThanOrEqualTo(buffers + MORE_BUFFERS);
        });
        for (Face face : Face.values()) {
            good(face).run();
        }
    }

    private static long threads() {
        return LiveThreads.ofTheComponent().size();
    }

    private static long buffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }
}
