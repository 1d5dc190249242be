package io.github.camelclova.quota;

import io.github.camelclova.chat.ClovaQuotaException;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.chat.Usage;
import io.github.camelclova.quota.Turn.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What calls with one key to one model share: a budget, and a queue of those that have to wait for it. First come, first
 * served, whatever they are charged with.
 *
 * <p>Whoever waits holds no thread; the first in the queue has a timer of its own endpoint, so that no endpoint that stops
 * leaves others waiting. Nobody else's code runs under the lock.
 */
final class Quota {

    private final LongSupplier clock;
    private final Budget budget = new Budget();
    private final Map<Object, QuotaLimits> members = new HashMap<>();
    private final TreeSet<Turn> queue = new TreeSet<>(Comparator.comparingLong((Turn turn) -> turn.place));
    private long places;
    private @Nullable Turn alarmed;
    private long alarmAt;
    private @Nullable Runnable alarm;

    /** @param clock nanoseconds that never go back, from any origin */
    Quota(LongSupplier clock) {
        long origin = clock.getAsLong();
        this.clock = () -> clock.getAsLong() - origin;
    }

    /** The limits that others had set when this one joined. */
    synchronized QuotaLimits join(Object member, QuotaLimits limits) {
        QuotaLimits before = budget.limits();
        members.put(member, limits);
        relimit();
        return before;
    }

    /** Returns whether that was the last one. */
    synchronized boolean part(Object member) {
        members.remove(member);
        relimit();
        return members.isEmpty();
    }

    /** Whoever may begin now is told by the timer: the caller has locks of its own. */
    private void relimit() {
        budget.limit(members.values().stream().reduce(QuotaLimits.none(), QuotaLimits::lowerOf));
        if (!queue.isEmpty()) {
            alarm(queue.first(), clock.getAsLong(), clock.getAsLong());
        }
    }

    synchronized QuotaLimits limits() {
        return budget.limits();
    }

    synchronized boolean isIdle() {
        return queue.isEmpty() && budget.isFresh(clock.getAsLong());
    }

    synchronized Load load() {
        long now = clock.getAsLong();
        return new Load(budget.running(), queue.size(), budget.expectedWait(now, 1, queue.size(), charges(queue)));
    }

    private static long charges(Iterable<Turn> turns) {
        long sum = 0;
        for (Turn turn : turns) {
            sum += turn.charge;
        }
        return sum;
    }

    synchronized Turn turn(String requestId, Duration timeout, LongSupplier estimate, Timer timer, Executor executor) {
        return new Turn(this, places++, requestId, timeout, estimate, timer, executor);
    }

    void ask(Turn turn, Turn.Caller caller, Duration timeout) {
        boolean counts = limits().tokensPerMinute() != null;
        long charge = counts ? Math.max(1, turn.estimate.getAsLong()) : 1;
        List<Turn> granted;
        synchronized (this) {
            if (turn.state != State.IDLE) {
                return;
            }
            turn.caller = caller;
            turn.charge = charge;
            turn.state = State.WAITING;
            queue.add(turn);
            granted = advance();
            if (turn.state == State.WAITING) {
                turn.patience = turn.timer.in(timeout, () -> timeIsOver(turn, timeout));
            }
        }
        boolean atOnce = granted.remove(turn);
        tell(granted);
        if (atOnce) {
            caller.granted();
        }
    }

    /** Lets begin what may, in the order of the queue, and sets the alarm for the next. */
    private List<Turn> advance() {
        List<Turn> granted = new ArrayList<>();
        long now = clock.getAsLong();
        while (!queue.isEmpty()) {
            Turn first = queue.first();
            long readyAt = budget.readyAt(now, first.charge);
            if (readyAt > now) {
                alarm(first, readyAt, now);
                return granted;
            }
            queue.remove(first);
            calm(first);
            first.state = State.RUNNING;
            first.startedAt = now;
            first.charged = budget.start(now, first.charge);
            granted.add(first);
        }
        silence();
        return granted;
    }

    private void alarm(Turn first, long at, long now) {
        if (first == alarmed && at == alarmAt) {
            return;
        }
        silence();
        if (at != Budget.NEVER) {
            alarmed = first;
            alarmAt = at;
            alarm = first.timer.in(Duration.ofNanos(Math.max(0, at - now)), this::wake);
        }
    }

    private void silence() {
        if (alarm != null) {
            alarm.run();
        }
        alarm = null;
        alarmed = null;
    }

    private void wake() {
        List<Turn> granted;
        synchronized (this) {
            alarm = null;
            alarmed = null;
            granted = advance();
        }
        tell(granted);
    }

    private static void calm(Turn turn) {
        if (turn.patience != null) {
            turn.patience.run();
            turn.patience = null;
        }
    }

    private static void tell(List<Turn> granted) {
        for (Turn turn : granted) {
            Turn.Caller caller = turn.caller;
            if (caller != null) {
                turn.executor.execute(caller::granted);
            }
        }
    }

    private void timeIsOver(Turn turn, Duration timeout) {
        ClovaQuotaException why;
        List<Turn> granted;
        synchronized (this) {
            if (turn.state != State.WAITING) {
                return;
            }
            why = denial(turn, timeout);
            queue.remove(turn);
            turn.state = State.IDLE;
            turn.patience = null;
            granted = advance();
        }
        Turn.Caller caller = turn.caller;
        if (caller != null) {
            turn.executor.execute(() -> caller.denied(why));
        }
        tell(granted);
    }

    private ClovaQuotaException denial(Turn turn, Duration timeout) {
        long now = clock.getAsLong();
        String option = budget.blocker(now, turn.charge);
        Integer limit = budget.limits().get(option);
        var before = queue.headSet(turn);
        Duration wait = budget.expectedWait(now, turn.charge, before.size(), charges(before));
        Failure failure = Failure.of(turn.requestId).withRetryable(true).withRetryAfter(wait);
        return new ClovaQuotaException(
                option, limit == null ? 0 : limit, timeout, before.size(), budget.isPaused(now), failure);
    }

    synchronized void remaining(Turn turn, Remaining left) {
        if (turn.state == State.RUNNING) {
            budget.remaining(left, clock.getAsLong());
        }
    }

    synchronized void answered(Turn turn, Usage usage) {
        if (turn.state != State.RUNNING) {
            return;
        }
        budget.answered();
        Integer total = total(usage);
        if (total != null) {
            budget.correct(turn.charged, total, clock.getAsLong());
        }
    }

    private static @Nullable Integer total(Usage usage) {
        if (usage.total() != null) {
            return usage.total();
        }
        return usage.input() == null || usage.output() == null ? null : Integer.valueOf(usage.input() + usage.output());
    }

    void refused(Turn turn, @Nullable Duration retryAfter) {
        List<Turn> granted;
        synchronized (this) {
            if (turn.state != State.RUNNING) {
                return;
            }
            budget.refused(clock.getAsLong(), turn.startedAt, retryAfter);
            granted = end(turn, false, State.IDLE);
        }
        tell(granted);
    }

    void ended(Turn turn, boolean staysCharged) {
        List<Turn> granted;
        synchronized (this) {
            if (turn.state != State.RUNNING) {
                return;
            }
            granted = end(turn, staysCharged, State.IDLE);
        }
        tell(granted);
    }

    void leave(Turn turn) {
        List<Turn> granted = List.of();
        synchronized (this) {
            if (turn.state == State.RUNNING) {
                granted = end(turn, true, State.CLOSED);
            } else if (turn.state == State.WAITING) {
                queue.remove(turn);
                calm(turn);
                granted = advance();
            }
            turn.state = State.CLOSED;
        }
        tell(granted);
    }

    private List<Turn> end(Turn turn, boolean staysCharged, State next) {
        long now = clock.getAsLong();
        if (!staysCharged) {
            budget.correct(turn.charged, 0, now);
        }
        turn.charged = null;
        budget.end(now, turn.startedAt);
        turn.state = next;
        return advance();
    }
}
