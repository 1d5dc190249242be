package io.github.camelclova;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.StreamCalls.Face;
import io.github.camelclova.StreamCalls.Seen;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StreamFaultsTest {

    private static StreamCalls calls;

    @BeforeAll
    static void start() throws Exception {
        calls = new StreamCalls();
    }

    @AfterAll
    static void stop() {
        calls.close();
    }

    static Stream<Arguments> rows() {
        return StreamFaults.all().stream().flatMap(row -> row.dialects().stream()
                .flatMap(spoken -> Stream.of(Face.values()).map(face -> Arguments.of(row, spoken, face))));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("rows")
    void endsAsDocumented(StreamFault fault, Spoken spoken, Face face) {
        Seen seen = calls.call(face, spoken, fault.options(), call -> fault.reply(spoken, call));

        StreamOutcome.assertOutcome(seen, fault, spoken, face);
        Seen next = calls.call(face, spoken, Map.of(), call -> StreamFaults.good(spoken));
        StreamOutcome.assertGood(next);
        StreamOutcome.assertEndedOnce(seen);
        // A whole answer may take another second to say so.
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(3))
                .untilAsserted(() -> assertThat(calls.standIn().openReplies())
                        .as("replies open after %s", fault)
                        .isZero());
    }
}
