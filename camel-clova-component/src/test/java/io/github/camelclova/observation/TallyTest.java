package io.github.camelclova.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.ClovaServerException;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.chat.Usage;
import io.github.camelclova.protocol.CallListener.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class TallyTest {

    private Instant now = Instant.parse("2026-11-21T00:00:00Z");
    private final Tally tally = new Tally(() -> now);
    private final CallRecorder recorder = new CallRecorder(List.of(tally), true, System::nanoTime);

    private static ClovaServerException failure(String requestId) {
        return new ClovaServerException(
                "broken", Failure.of(requestId).withStatus(500).withCode("50000"));
    }

    @Test
    void theFirstThatIsToldOfACallCounts() {
        Call call = recorder.begins("HCX-005", false);

        call.answered(new Usage(3, 4, 7), "HCX-005", Map.of());
        call.failed(failure("order-7"));

        assertThat(tally.calls()).isEqualTo(1);
        assertThat(tally.failedCalls()).isZero();
        assertThat(tally.inputTokens()).isEqualTo(3);
        assertThat(tally.outputTokens()).isEqualTo(4);
    }

    @Test
    void aStreamIsClosedOnce() {
        Call one = recorder.begins("HCX-005", true);
        recorder.begins("HCX-005", true);
        recorder.begins("HCX-005", false);

        one.closed();
        one.closed();

        assertThat(tally.openStreams()).isEqualTo(1);
    }

    @Test
    void theNewestErrorsAreKept() {
        for (int i = 0; i < Tally.ERRORS_KEPT + 5; i++) {
            recorder.begins(null, false).failed(new CompletionException(failure("order-" + i)));
            now = now.plusSeconds(1);
        }

        List<RecentError> errors = tally.lastErrors();
        assertThat(errors).hasSize(Tally.ERRORS_KEPT);
        assertThat(errors.get(0))
                .isEqualTo(new RecentError(now.minusSeconds(1), "ClovaServerException", 500, "50000", "order-24"));
        assertThat(errors.get(19).requestId()).isEqualTo("order-5");
    }

    @Test
    void anErrorOfSomebodyElseIsNamedByItsTypeAlone() {
        recorder.begins(null, false).failed(new IllegalStateException("pRoMpT"));

        assertThat(tally.lastErrors()).containsExactly(new RecentError(now, "IllegalStateException", 0, null, null));
    }

    @Test
    void whatIsUnknownOfTokensCountsNothing() {
        recorder.begins(null, false).answered(Usage.UNKNOWN, null, Map.of());

        assertThat(tally.calls()).isEqualTo(1);
        assertThat(tally.inputTokens()).isZero();
    }

    @Test
    void categoriesBeyondALimitAreOne() {
        for (int i = 0; i < 30; i++) {
            recorder.judged("unsafe", List.of("category-" + i));
        }
        recorder.judged(null, List.of());

        assertThat(tally.verdicts()).isEqualTo(Map.of("unsafe", 30L));
        assertThat(tally.flaggedAnswers()).isEqualTo(30);
        assertThat(tally.flaggedByReason())
                .hasSize(21)
                .containsEntry("category-0", 1L)
                .containsEntry("other", 10L);
    }

    @Test
    void anObserverThatThrowsKeepsNothingFromTheNext() {
        List<Duration> waits = new ArrayList<>();
        CallObserver broken = new CallObserver() {
            @Override
            public void firstToken(Duration wait) {
                throw new IllegalStateException("no room for a meter");
            }
        };
        CallObserver good = new CallObserver() {
            @Override
            public void firstToken(Duration wait) {
                waits.add(wait);
            }
        };
        long[] nanos = {0};
        Call call = new CallRecorder(List.of(broken, good), true, () -> nanos[0]).begins(null, true);

        nanos[0] = 5;
        call.firstToken();
        call.firstToken();

        assertThat(waits).containsExactly(Duration.ofNanos(5), Duration.ofNanos(5));
    }
}
