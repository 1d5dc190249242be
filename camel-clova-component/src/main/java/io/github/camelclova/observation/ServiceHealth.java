package io.github.camelclova.observation;

import io.github.camelclova.chat.ClovaAuthenticationException;
import io.github.camelclova.chat.ClovaConnectionException;
import io.github.camelclova.chat.ClovaContextLengthException;
import io.github.camelclova.chat.ClovaRateLimitException;
import io.github.camelclova.chat.ClovaRefusedException;
import java.time.Duration;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Whether a service can be used, as far as the calls of an endpoint tell: it is down when one call after the other found no
 * connection or was told that the key is wrong. An answer ends that, and so does a refusal that shows that the service was
 * reached and knew the key. What says neither, such as a timeout or a server's failure, changes nothing.
 */
public final class ServiceHealth implements CallObserver {

    /** Failures in a row that make a service down. */
    public static final int FAILURES = 3;

    /**
     * How long after the last of them it stays down. Whoever gets no work while he is down would otherwise never find out
     * that the service is back.
     */
    public static final Duration MEMORY = Duration.ofMinutes(1);

    private final InstantSource clock;
    private int failures;
    private @Nullable RecentError last;

    public ServiceHealth(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void ended(EndedCall call) {
        Throwable failure = call.failure();
        if (failure instanceof ClovaConnectionException || failure instanceof ClovaAuthenticationException) {
            failures++;
            last = RecentError.of(failure, clock.instant());
        } else if (failure == null || showsThatTheServiceWorks(failure)) {
            failures = 0;
            last = null;
        }
    }

    private static boolean showsThatTheServiceWorks(Throwable failure) {
        return failure instanceof ClovaRefusedException
                || failure instanceof ClovaRateLimitException
                || failure instanceof ClovaContextLengthException;
    }

    public synchronized boolean isDown() {
        return last != null && failures >= FAILURES && last.time().plus(MEMORY).isAfter(clock.instant());
    }

    /** Failures in a row that count. */
    public synchronized int failures() {
        return failures;
    }

    /** Absent if the last call that counts was good. */
    public synchronized @Nullable RecentError last() {
        return last;
    }
}
