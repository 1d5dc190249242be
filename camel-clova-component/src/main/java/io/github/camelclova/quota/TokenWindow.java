package io.github.camelclova.quota;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The tokens that calls of the last minute were charged with, each charge for a minute from the call's begin. Charges can be
 * corrected and taken back. Not thread-safe; time is in nanoseconds and never goes back.
 */
final class TokenWindow {

    static final long MINUTE = 60_000_000_000L;

    /** One call's tokens. */
    static final class Charge {

        private final long at;
        private long tokens;

        private Charge(long at, long tokens) {
            this.at = at;
            this.tokens = tokens;
        }
    }

    private final Deque<Charge> charges = new ArrayDeque<>();
    private long sum;
    private Charge others = new Charge(Long.MIN_VALUE, 0);

    Charge add(long now, long tokens) {
        expire(now);
        Charge charge = new Charge(now, tokens);
        charges.add(charge);
        sum += tokens;
        return charge;
    }

    /** A charge that has left the window is of no interest any more. */
    void correct(Charge charge, long tokens, long now) {
        expire(now);
        if (charge.at > now - MINUTE) {
            sum += tokens - charge.tokens;
            charge.tokens = tokens;
        }
    }

    /** What the service counts beyond our own charges was used by others; it replaces what was known of them. */
    void leaves(long remaining, long budget, long now) {
        expire(now);
        others = new Charge(now, Math.max(0, budget - sum - remaining));
    }

    long sum(long now) {
        expire(now);
        return sum;
    }

    /**
     * The first time at which this many tokens fit into the budget, if nothing is charged until then. What is more than the
     * budget fits when the window is empty, so that nothing waits for ever.
     */
    long fitsAt(long now, long tokens, long budget) {
        expire(now);
        long missing = Math.min(tokens, budget) + sum + others.tokens - budget;
        if (missing <= 0) {
            return now;
        }
        boolean othersCounted = others.tokens == 0;
        for (Charge charge : charges) {
            if (!othersCounted && others.at <= charge.at) {
                othersCounted = true;
                missing -= others.tokens;
                if (missing <= 0) {
                    return others.at + MINUTE;
                }
            }
            missing -= charge.tokens;
            if (missing <= 0) {
                return charge.at + MINUTE;
            }
        }
        return others.at + MINUTE;
    }

    private void expire(long now) {
        for (Charge oldest = charges.peek(); oldest != null && oldest.at <= now - MINUTE; oldest = charges.peek()) {
            sum -= oldest.tokens;
            charges.remove();
        }
        if (others.tokens > 0 && others.at <= now - MINUTE) {
            others = new Charge(Long.MIN_VALUE, 0);
        }
    }
}
