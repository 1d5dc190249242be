package io.github.camelclova.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Instant NOW = Instant.parse("2026-11-21T08:49:37Z");

    @ParameterizedTest
    @CsvSource({"1, 1000", "0.5, 500", "2.25, 2250", "120, 120000", "' 3 ', 3000", "0, 100", "0.01, 100"})
    void secondsAreReadAndNeverShorterThanATenth(String seconds, long millis) {
        assertThat(RetryAfter.of(Map.of("retry-after", seconds), NOW)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"1, 100", "100, 100", "101, 101", "1500.4, 1500", "99999, 99999"})
    void millisecondsAreReadAndNeverShorterThanATenthOfASecond(String text, long millis) {
        assertThat(RetryAfter.of(Map.of("retry-after-ms", text), NOW)).contains(Duration.ofMillis(millis));
    }

    /** A wait without end is no wait of the usual length. */
    @ParameterizedTest
    @ValueSource(ints = {10, 20, 400})
    void nothingIsTooLongToBeRead(int digits) {
        String text = "9".repeat(digits);

        assertThat(RetryAfter.of(Map.of("retry-after", text), NOW).orElseThrow())
                .isGreaterThan(Retry.LONGEST_WAIT);
        assertThat(RetryAfter.of(Map.of("retry-after-ms", text), NOW).orElseThrow())
                .isGreaterThan(Retry.LONGEST_WAIT);
    }

    @ParameterizedTest
    @CsvSource({
        "'Sat, 21 Nov 2026 08:49:57 GMT', 20000",
        "'Sat, 21 Nov 2026 08:49:37 GMT', 100",
        "'Fri, 20 Nov 2026 08:49:37 GMT', 100"
    })
    void aDateIsReadAndOneThatIsOverMeansAlmostNow(String date, long millis) {
        assertThat(RetryAfter.of(Map.of("retry-after", date), NOW)).contains(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "999999999.9",
                "Fri, 31 Dec 9999 23:59:59 GMT",
                "1 Jan 99999 00:00:00 GMT",
                "1 Jan 999999999 00:00:00 GMT"
            })
    void nobodyAsksForLongerThanEveryUnitOfTimeCanHold(String text) {
        assertThat(RetryAfter.of(Map.of("retry-after", text), NOW))
                .hasValueSatisfying(wait -> assertThat(wait.toNanos()).isEqualTo(999_999_999_000_000_000L));
    }

    @Test
    void theFinerHeaderWins() {
        assertThat(RetryAfter.of(Map.of("retry-after", "9", "retry-after-ms", "250"), NOW))
                .contains(Duration.ofMillis(250));
    }

    @Test
    void anUnreadableFinerHeaderLeavesTheOther() {
        assertThat(RetryAfter.of(Map.of("retry-after", "9", "retry-after-ms", "soon"), NOW))
                .contains(Duration.ofSeconds(9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1e3", "NaN", "1,5", "Sat 21 Nov 2026", "٣"})
    void whatIsNeitherNumberNorDateAsksForNothing(String text) {
        assertThat(RetryAfter.of(Map.of("retry-after", text, "retry-after-ms", text), NOW))
                .isEmpty();
    }

    @Test
    void noHeaderAsksForNothing() {
        assertThat(RetryAfter.of(Map.of(), NOW)).isEmpty();
    }
}
