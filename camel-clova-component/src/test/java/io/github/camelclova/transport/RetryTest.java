package io.github.camelclova.transport;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaServerException;
import io.github.camelclova.chat.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryTest {

    private static final double NEUTRAL = 0.5;
    private static final Deadline FAR = Deadline.in(ofMinutes(10));

    @ParameterizedTest
    @CsvSource({"1, 500", "2, 1000", "3, 2000", "4, 4000", "5, 8000"})
    void thePauseDoublesEachTime(int attempts, long millis) {
        assertThat(retry(10, ofMillis(500), NEUTRAL).pause(retryable(null), attempts, FAR))
                .contains(ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"0, 400", "0.25, 450", "0.5, 500", "0.75, 550", "1, 600"})
    void thePauseIsSpreadByAFifth(double jitter, long millis) {
        assertThat(retry(2, ofMillis(500), jitter).pause(retryable(null), 1, FAR))
                .contains(ofMillis(millis));
    }

    @Test
    void thereAreNoMoreRetriesThanAllowed() {
        Retry twice = retry(2, ofMillis(1), NEUTRAL);

        assertThat(twice.pause(retryable(null), 1, FAR)).isPresent();
        assertThat(twice.pause(retryable(null), 2, FAR)).isPresent();
        assertThat(twice.pause(retryable(null), 3, FAR)).isEmpty();
    }

    @Test
    void withoutRetriesTheFirstFailureIsTheLast() {
        assertThat(retry(0, ofMillis(1), NEUTRAL).pause(retryable(null), 1, FAR))
                .isEmpty();
    }

    @Test
    void whatCannotSucceedLaterIsNotTriedAgain() {
        ClovaException hopeless = new ClovaServerException("no", Failure.of("id"));

        assertThat(retry(2, ofMillis(1), NEUTRAL).pause(hopeless, 1, FAR)).isEmpty();
    }

    @Test
    void whatTheServiceAsksForReplacesThePause() {
        assertThat(retry(5, ofMillis(500), 0).pause(retryable(ofSeconds(7)), 3, FAR))
                .contains(ofSeconds(7));
    }

    @Test
    void aMinuteIsWaitedForAndNotAMillisecondMore() {
        Retry retry = retry(2, ofMillis(500), NEUTRAL);

        assertThat(retry.pause(retryable(ofSeconds(60)), 1, FAR)).contains(ofSeconds(60));
        assertThat(retry.pause(retryable(ofMillis(60_001)), 1, FAR)).isEmpty();
    }

    @Test
    void aPauseOfOurOwnHasTheSameBound() {
        assertThat(retry(2, ofSeconds(61), NEUTRAL).pause(retryable(null), 1, FAR))
                .isEmpty();
    }

    @Test
    void aPauseThatWouldOutlastTheCallIsNotBegun() {
        Deadline near = Deadline.in(ofSeconds(5));
        Retry retry = retry(2, ofSeconds(5), NEUTRAL);

        assertThat(retry.pause(retryable(null), 1, near)).isEmpty();
        assertThat(retry.pause(retryable(ofSeconds(5)), 1, near)).isEmpty();
        assertThat(retry.pause(retryable(ofSeconds(1)), 1, near)).contains(ofSeconds(1));
    }

    @Test
    void aLongPauseDoesNotTurnIntoAShortOneWhenItIsDoubledOften() {
        for (int attempts = 1; attempts <= 100; attempts++) {
            assertThat(retry(Integer.MAX_VALUE, ofHours(5), NEUTRAL).pause(retryable(null), attempts, FAR))
                    .as("after %d attempts", attempts)
                    .isEmpty();
        }
    }

    private static Retry retry(int maxRetries, Duration delay, double jitter) {
        return new Retry(maxRetries, delay, () -> jitter);
    }

    private static ClovaException retryable(@Nullable Duration retryAfter) {
        return new ClovaServerException(
                "busy", Failure.of("id").withRetryable(true).withRetryAfter(retryAfter));
    }
}
