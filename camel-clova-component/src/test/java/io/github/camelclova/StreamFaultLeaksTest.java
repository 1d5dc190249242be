package io.github.camelclova;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.StreamCalls.Face;
import io.github.camelclova.StreamCalls.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However often something goes wrong, no connection, timer or thread stays behind. */
class StreamFaultLeaksTest {

    private static final int AT_ONCE = 50;
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
    private StreamCalls calls;
    private long threads;

    @BeforeEach
    void warmUp() throws Exception {
        calls = new StreamCalls();
        run(IntStream.range(0, 2 * AT_ONCE).mapToObj(call -> good(face(call))).toList());
        threads = threads();
    }

    @AfterEach
    void stop() {
        callers.shutdownNow();
        calls.close();
    }

    @Test
    void nothingStaysOfEachFaultFiveTimes() throws Exception {
        List<Runnable> all = new ArrayList<>();
        for (StreamFault fault : StreamFaults.all()) {
            IntStream.range(0, 5).forEach(call -> all.add(faulty(fault, call)));
        }

        run(all);

        assertNothingStays("everything");
    }

    @Test
    void nothingStaysOfTheNastiestTwoHundredTimes() throws Exception {
        for (String name : NASTIEST) {
            StreamFault fault = StreamFaults.named(name);

            run(IntStream.range(0, 200).mapToObj(call -> faulty(fault, call)).toList());

            assertNothingStays(name);
        }
    }

    private Runnable faulty(StreamFault fault, int number) {
        Spoken spoken =
                List.copyOf(fault.dialects()).get(number % fault.dialects().size());
        return () -> {
            Seen seen = calls.call(face(number), spoken, fault.options(), call -> fault.reply(spoken, call));
            StreamOutcome.assertEndedOnce(seen);
        };
    }

    private static Face face(int number) {
        return number % 2 == 0 ? Face.PUSH : Face.PULL;
    }

    private Runnable good(Face face) {
        return () -> StreamOutcome.assertGood(
                calls.call(face, Spoken.CLOVA_V3, Map.of(), call -> StreamFaults.good(Spoken.CLOVA_V3)));
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
            assertThat(timers()).as("timers of %s", of).isZero();
            assertThat(threads()).as("threads of %s", of).isLessThanOrEqualTo(threads);
        });
        good(Face.PUSH).run();
        good(Face.PULL).run();
    }

    private int timers() {
        return ((ScheduledThreadPoolExecutor) calls.engine().clock()).getQueue().size();
    }

    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("clova"))
                .count();
    }
}
