package io.github.camelclova.quota;

import io.github.camelclova.chat.ClovaAuthenticationException;
import io.github.camelclova.chat.ClovaConnectionException;
import io.github.camelclova.chat.ClovaContextLengthException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaRateLimitException;
import io.github.camelclova.chat.ClovaRefusedException;
import io.github.camelclova.chat.ClovaServerException;
import io.github.camelclova.chat.Usage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The place of one request in the queue of its quota, kept over all its tries: a try that was refused goes back to where it
 * stood, before those that came later. Each try asks, and is over by {@link #ended}, {@link #failed} or {@link #leave}.
 *
 * <p>Thread-safe. What comes after the end of a try has no effect.
 */
public final class Place {

    /**
     * Waits for a try to be allowed. Exactly one of the methods is called for each try; at most one, and maybe a moment after
     * {@link Place#leave}, for a try that was left.
     */
    public interface Caller {

        /** The try may be made; it has to look whether anybody still wants it. */
        void granted();

        /** The try has waited for too long. */
        void denied(ClovaException why);
    }

    enum State {
        IDLE,
        WAITING,
        RUNNING,
        CLOSED
    }

    final long number;
    final String requestId;
    final Timer timer;
    final Executor executor;
    final LongSupplier estimate;

    // Guarded by the quota.
    State state = State.IDLE;
    int tries;
    long askedAt;
    Duration waited = Duration.ZERO;
    long charge;
    long startedAt;
    TokenWindow.@Nullable Charge charged;

    @Nullable
    Caller caller;

    @Nullable
    Runnable patience;

    private final Quota quota;
    private final Duration timeout;

    Place(
            Quota quota,
            long number,
            String requestId,
            Duration timeout,
            LongSupplier estimate,
            Timer timer,
            Executor executor) {
        this.quota = quota;
        this.number = number;
        this.requestId = requestId;
        this.timeout = timeout;
        this.estimate = estimate;
        this.timer = timer;
        this.executor = executor;
    }

    /**
     * Asks for a try: the caller is told at once on this thread if there is room, else later on the executor.
     *
     * @param atMost how long it may wait, should that be less than the quota's timeout
     */
    public void ask(Duration atMost, Caller newCaller) {
        quota.ask(this, newCaller, timeout.compareTo(atMost) < 0 ? timeout : atMost);
    }

    /** How long the try had to wait that was granted or denied last; zero if it had not to. */
    public Duration waited() {
        return waited;
    }

    /** What the service says is left, of a response that came, good or bad. */
    public void remaining(Map<String, String> headers) {
        quota.remaining(this, Remaining.of(headers));
    }

    /** The try brought an answer, for which the service counted this. It is not over before {@link #ended}. */
    public void answered(Usage usage) {
        quota.answered(this, usage);
    }

    /** The try is over, and its tokens stay charged. */
    public void ended() {
        quota.ended(this, true);
    }

    /** The try is over, and its tokens are given back where the service charges nothing for such a failure. */
    public void failed(ClovaException failure) {
        if (failure instanceof ClovaRateLimitException) {
            quota.refused(this, failure.getRetryAfter());
        } else {
            quota.ended(this, !isFree(failure));
        }
    }

    /** CLOVA Studio charges nothing for failed calls; one that broke off had begun to be answered. */
    private static boolean isFree(ClovaException failure) {
        return failure instanceof ClovaRefusedException
                || failure instanceof ClovaAuthenticationException
                || failure instanceof ClovaContextLengthException
                || failure instanceof ClovaServerException
                || failure instanceof ClovaConnectionException;
    }

    /** Gives place and try up, for good. */
    public void leave() {
        quota.leave(this);
    }
}
