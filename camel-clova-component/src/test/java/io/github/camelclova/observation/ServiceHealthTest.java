package io.github.camelclova.observation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.ClovaAuthenticationException;
import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaConnectionException;
import io.github.camelclova.chat.ClovaRateLimitException;
import io.github.camelclova.chat.ClovaServerException;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.chat.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceHealthTest {

    private static final Failure CALL = Failure.of("order-7");

    private Instant now = Instant.parse("2026-11-21T00:00:00Z");
    private final ServiceHealth health = new ServiceHealth(() -> now);

    private void ends(Throwable failure) {
        health.ended(new EndedCall("HCX-005", null, Usage.UNKNOWN, failure, Duration.ZERO, Map.of()));
    }

    private void noConnection(int times) {
        for (int i = 0; i < times; i++) {
            ends(new ClovaConnectionException("no connection", CALL, null));
        }
    }

    @Test
    void nobodyKnowsOfATroubleBeforeTheFirstCall() {
        assertThat(health.isDown()).isFalse();
        assertThat(health.last()).isNull();
    }

    @Test
    void aServiceIsDownWhenThreeCallsInARowDidNotReachIt() {
        noConnection(2);
        assertThat(health.isDown()).isFalse();

        noConnection(1);

        assertThat(health.isDown()).isTrue();
        assertThat(health.failures()).isEqualTo(3);
    }

    @Test
    void missingConnectionsAndWrongKeysCountTogether() {
        noConnection(2);

        ends(new ClovaAuthenticationException("refused", CALL.withStatus(401)));

        assertThat(health.isDown()).isTrue();
        assertThat(health.last()).isEqualTo(new RecentError(now, "ClovaAuthenticationException", 401, null, "order-7"));
    }

    @Test
    void anAnswerEndsTheRow() {
        noConnection(3);

        ends(null);

        assertThat(health.isDown()).isFalse();
        assertThat(health.failures()).isZero();
    }

    @Test
    void aRefusalThatKnewTheKeyEndsTheRow() {
        noConnection(3);

        ends(new ClovaRateLimitException("slow down", CALL.withStatus(429)));

        assertThat(health.isDown()).isFalse();
    }

    @Test
    void whatSaysNeitherChangesNothing() {
        noConnection(3);

        ends(new ClovaServerException("broken", CALL.withStatus(500)));
        ends(new ClovaCancelledException("enough", CALL));

        assertThat(health.isDown()).isTrue();
        assertThat(health.failures()).isEqualTo(3);
    }

    @Test
    void aServiceThatNobodyAskedForAMinuteIsNotDownAnyMore() {
        noConnection(3);

        now = now.plus(ServiceHealth.MEMORY).minusMillis(1);
        assertThat(health.isDown()).isTrue();
        now = now.plusMillis(1);

        assertThat(health.isDown()).isFalse();
    }

    @Test
    void afterThatMinuteOneMoreFailureMakesItDownAgain() {
        noConnection(3);
        now = now.plus(ServiceHealth.MEMORY);

        noConnection(1);

        assertThat(health.isDown()).isTrue();
    }
}
