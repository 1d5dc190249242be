package io.github.camelclova.quota;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What calls with one key to one model may use, as arithmetic: nothing here waits, locks or looks at a clock. Times are
 * nanoseconds of a clock that never goes back.
 *
 * <p>Calls begin at even distances, so that no minute has more of them than {@code requestsPerMinute}, and no second much more
 * than its share. Tokens are counted over the last minute. Where the service says that this is still too much, both limits
 * shrink at once, and grow slowly back with the answers that come: that is how several nodes come to share one account without
 * knowing of each other.
 */
final class Budget {

    /** What {@link #readyAt} answers while only the end of another call can make room. */
    static final long NEVER = Long.MAX_VALUE;

    /** How long everybody waits after a refusal without {@code Retry-After}; doubled with every one that follows. */
    static final Duration BACK_OFF = Duration.ofSeconds(1);

    /** No pause is longer: a service that asks for more is asked again after this. */
    static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    /** What a refusal leaves of the share. */
    private static final double SHRINK = 0.7;

    /** With each answer, of what was configured: the same for each node, so that a small share gains on a large one. */
    private static final double GROWTH = 0.005;

    /** With each answer, of the share itself: so that a small share is regained gently, too. */
    private static final double MOST_GROWTH = 0.05;

    /** What refusals leave over of the configured limits at least. */
    private static final double SMALLEST_SHARE = 0.02;

    private static final long SECOND = 1_000_000_000L;
    private static final int MOST_DOUBLINGS = 6;

    private final TokenWindow tokens = new TokenWindow();
    private QuotaLimits limits = QuotaLimits.none();
    private double share = 1;
    private long lastStart = -TokenWindow.MINUTE;
    private long pausedUntil;
    private long shrunkAt = -1;
    private int refusals;
    private int running;
    private double meanDuration = SECOND;
    private long requestsLeft = Long.MAX_VALUE;
    private long leftSaidAt;

    QuotaLimits limits() {
        return limits;
    }

    void limit(QuotaLimits newLimits) {
        limits = newLimits;
        if (limits.isNone()) {
            share = 1;
            pausedUntil = 0;
            refusals = 0;
            requestsLeft = Long.MAX_VALUE;
        }
    }

    int running() {
        return running;
    }

    /** The part of the configured limits that refusals have left over, up to 1. */
    double share() {
        return share;
    }

    /** True when nothing is left of past calls that could keep the next one waiting. */
    boolean isFresh(long now) {
        return running == 0 && tokens.sum(now) == 0 && lastStart <= now - TokenWindow.MINUTE && pausedUntil <= now;
    }

    /** The first time at which a call may begin, if nothing else happens until then; {@link #NEVER} if something must. */
    long readyAt(long now, long charge) {
        if (isFull()) {
            return NEVER;
        }
        return Math.max(Math.max(now, pausedUntil), Math.max(paceAt(now), tokensAt(now, charge)));
    }

    private boolean isFull() {
        Integer most = limits.maxConcurrentRequests();
        return most != null && running >= most;
    }

    private long paceAt(long now) {
        return lastStart + distance(now);
    }

    /** Between the beginnings of two calls. One more call is left out where the service says that none is left. */
    private long distance(long now) {
        Integer perMinute = limits.requestsPerMinute();
        boolean noneLeft = requestsLeft <= 0 && leftSaidAt > now - TokenWindow.MINUTE && !limits.isNone();
        if (perMinute == null) {
            return noneLeft ? SECOND : 0;
        }
        // Rounded up: one call more than allowed would fit into a minute otherwise.
        long even = (long) Math.ceil(TokenWindow.MINUTE / (perMinute * share));
        return noneLeft ? 2 * even : even;
    }

    private long tokensAt(long now, long charge) {
        return limits.tokensPerMinute() == null ? now : tokens.fitsAt(now, charge, tokenBudget());
    }

    private long tokenBudget() {
        Integer perMinute = limits.tokensPerMinute();
        return perMinute == null ? Long.MAX_VALUE : Math.max(1, (long) (perMinute * share));
    }

    /** A call begins. Returns what its tokens are kept under, absent where tokens are not counted. */
    TokenWindow.@Nullable Charge start(long now, long charge) {
        running++;
        lastStart = now;
        if (requestsLeft != Long.MAX_VALUE) {
            requestsLeft--;
        }
        return limits.tokensPerMinute() == null ? null : tokens.add(now, charge);
    }

    /** A call is over, however it ended. */
    void end(long now, long startedAt) {
        running--;
        meanDuration += ((now - startedAt) - meanDuration) / 5;
    }

    /** A call brought an answer. */
    void answered() {
        refusals = 0;
        share = Math.min(1, share + Math.min(GROWTH, MOST_GROWTH * share));
    }

    /** What the service counted takes the place of what was expected, and nothing that of a call that it did not serve. */
    void correct(TokenWindow.@Nullable Charge charge, long used, long now) {
        if (charge != null) {
            tokens.correct(charge, used, now);
        }
    }

    /** The service says how much is left. It tells of other nodes, too. */
    void remaining(Remaining left, long now) {
        if (left.isUnknown() || limits.isNone()) {
            return;
        }
        Integer tokenLimit = limits.tokensPerMinute();
        if (left.tokens() != null && tokenLimit != null) {
            tokens.leaves(left.tokens(), tokenLimit, now);
        }
        if (left.requests() != null || left.isNothing()) {
            requestsLeft = left.isNothing() ? 0 : left.requests();
            leftSaidAt = now;
        }
    }

    /**
     * The service refused a call for being asked too much. Calls that were under way already when the last one was refused
     * say nothing new and only make the pause longer where they ask for it.
     *
     * @param retryAfter absent when the service did not say
     */
    void refused(long now, long startedAt, @Nullable Duration retryAfter) {
        if (limits.isNone()) {
            return;
        }
        boolean isNews = startedAt > shrunkAt;
        if (isNews) {
            share = Math.max(SMALLEST_SHARE, share * SHRINK);
            shrunkAt = now;
            refusals++;
        }
        if (retryAfter != null) {
            pausedUntil = Math.max(
                    pausedUntil, now + shorter(retryAfter, LONGEST_PAUSE).toNanos());
        } else if (isNews) {
            long backOff = BACK_OFF.toNanos() << Math.min(refusals - 1, MOST_DOUBLINGS);
            pausedUntil = Math.max(pausedUntil, now + backOff);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    boolean isPaused(long now) {
        return pausedUntil > now;
    }

    /** The limit that keeps a call waiting; of several the one that does so longest. */
    String blocker(long now, long charge) {
        if (isFull()) {
            return QuotaLimits.CONCURRENT;
        }
        boolean byTokens = tokensAt(now, charge) > Math.max(now, paceAt(now));
        String likely = byTokens ? QuotaLimits.TOKENS : QuotaLimits.REQUESTS;
        return limits.get(likely) != null
                ? likely
                : QuotaLimits.options()
                        .filter(option -> limits.get(option) != null)
                        .findFirst()
                        .orElse(likely);
    }

    /**
     * How long a call is likely to wait. Where only the end of another call makes room, the usual duration of calls tells.
     *
     * @param ahead calls that wait before it
     * @param tokensAhead what these will be charged with
     */
    Duration expectedWait(long now, long charge, int ahead, long tokensAhead) {
        Integer most = limits.maxConcurrentRequests();
        long perCall = most == null ? 0 : Math.round(meanDuration / most);
        long wait = Math.max(pausedUntil, paceAt(now)) - now;
        wait = Math.max(wait, tokenWait(now, charge + tokensAhead));
        wait = Math.max(wait, isFull() ? perCall : 0);
        return Duration.ofNanos(Math.max(0, wait + ahead * Math.max(distance(now), perCall)));
    }

    private long tokenWait(long now, long all) {
        if (limits.tokensPerMinute() == null) {
            return 0;
        }
        long budget = tokenBudget();
        long wholeMinutes = (all - 1) / budget;
        long rest = all - wholeMinutes * budget;
        return wholeMinutes * TokenWindow.MINUTE + tokens.fitsAt(now, rest, budget) - now;
    }
}
