package io.github.camelclova;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.FaultCalls.Face;
import io.github.camelclova.FaultCalls.Seen;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FaultTableTest {

    private static FaultCalls calls;

    @BeforeAll
    static void start() throws Exception {
        calls = new FaultCalls();
    }

    @AfterAll
    static void stop() throws IOException {
        assertThat(calls.places().callsElsewhere())
                .as("calls of a host that nobody chose")
                .isZero();
        calls.close();
    }

    static Stream<Arguments> rows() {
        return Faults.all().stream().flatMap(row -> row.dialects().stream()
                .flatMap(spoken -> row.faces().stream().map(face -> Arguments.of(row, spoken, face))));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}")
    @MethodSource("rows")
    void endsAsDocumented(Fault fault, Spoken spoken, Face face) {
        Seen seen = calls.call(face, spoken, fault);

        FaultOutcome.assertOutcome(seen, fault, spoken, face);
        Seen next = calls.good(face, spoken);
        FaultOutcome.assertGood(next, face);
        FaultOutcome.assertEndedOnce(seen);
        // A whole answer may take another second to say so.
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(3))
                .untilAsserted(() -> assertThat(calls.standIn().openReplies())
                        .as("replies open after %s", fault)
                        .isZero());
    }
}
