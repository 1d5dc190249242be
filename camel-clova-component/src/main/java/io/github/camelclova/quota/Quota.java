package io.github.camelclova.quota;

import io.github.camelclova.chat.ClovaQuotaException;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.chat.Usage;
import io.github.camelclova.quota.Place.State;
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
    private final TreeSet<Place> queue = new TreeSet<>(Comparator.comparingLong((Place place) -> place.number));
    private long numbers;
    private @Nullable Place alarmed;
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

    private static long charges(Iterable<Place> places) {
        long sum = 0;
        for (Place place : places) {
            sum += place.charge;
        }
        return sum;
    }

    synchronized Place place(
            String requestId, Duration timeout, LongSupplier estimate, Timer timer, Executor executor) {
        return new Place(this, numbers++, requestId, timeout, estimate, timer, executor);
    }

    void ask(Place place, Place.Caller caller, Duration timeout) {
        boolean counts = limits().tokensPerMinute() != null;
        long charge = counts ? Math.max(1, place.estimate.getAsLong()) : 1;
        List<Place> granted;
        synchronized (this) {
            if (place.state != State.IDLE) {
                return;
            }
            place.caller = caller;
            place.charge = charge;
            place.askedAt = clock.getAsLong();
            place.state = State.WAITING;
            int thisTry = ++place.tries;
            queue.add(place);
            granted = advance();
            if (place.state == State.WAITING) {
                place.patience = place.timer.in(timeout, () -> timeIsOver(place, thisTry, timeout));
            }
        }
        boolean atOnce = granted.remove(place);
        tell(granted);
        if (atOnce) {
            caller.granted();
        }
    }

    /** Lets begin what may, in the order of the queue, and sets the alarm for the next. */
    private List<Place> advance() {
        List<Place> granted = new ArrayList<>();
        long now = clock.getAsLong();
        while (!queue.isEmpty()) {
            Place first = queue.first();
            long readyAt = budget.readyAt(now, first.charge);
            if (readyAt > now) {
                alarm(first, readyAt, now);
                return granted;
            }
            queue.remove(first);
            first.waited = first.patience == null ? Duration.ZERO : Duration.ofNanos(now - first.askedAt);
            calm(first);
            first.state = State.RUNNING;
            first.startedAt = now;
            first.charged = budget.start(now, first.charge);
            granted.add(first);
        }
        silence();
        return granted;
    }

    private void alarm(Place first, long at, long now) {
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
        List<Place> granted;
        synchronized (this) {
            alarm = null;
            alarmed = null;
            granted = advance();
        }
        tell(granted);
    }

    private static void calm(Place place) {
        if (place.patience != null) {
            place.patience.run();
            place.patience = null;
        }
    }

    private static void tell(List<Place> granted) {
        for (Place place : granted) {
            Place.Caller caller = place.caller;
            if (caller != null) {
                place.executor.execute(caller::granted);
            }
        }
    }

    private void timeIsOver(Place place, int ofTry, Duration timeout) {
        ClovaQuotaException why;
        List<Place> granted;
        synchronized (this) {
            // The timer of an earlier try may have gone off just before it was called off.
            if (place.state != State.WAITING || place.tries != ofTry) {
                return;
            }
            why = denial(place, timeout);
            queue.remove(place);
            place.state = State.IDLE;
            place.waited = timeout;
            place.patience = null;
            granted = advance();
        }
        Place.Caller caller = place.caller;
        if (caller != null) {
            place.executor.execute(() -> caller.denied(why));
        }
        tell(granted);
    }

    private ClovaQuotaException denial(Place place, Duration timeout) {
        long now = clock.getAsLong();
        String option = budget.blocker(now, place.charge);
        Integer limit = budget.limits().get(option);
        var before = queue.headSet(place);
        Duration wait = budget.expectedWait(now, place.charge, before.size(), charges(before));
        Failure failure = Failure.of(place.requestId).withRetryable(true).withRetryAfter(wait);
        return new ClovaQuotaException(
                option, limit == null ? 0 : limit, timeout, before.size(), budget.isPaused(now), failure);
    }

    synchronized void remaining(Place place, Remaining left) {
        if (place.state == State.RUNNING) {
            budget.remaining(left, clock.getAsLong());
        }
    }

    synchronized void answered(Place place, Usage usage) {
        if (place.state != State.RUNNING) {
            return;
        }
        budget.answered();
        Integer all = usage.all();
        if (all != null) {
            budget.correct(place.charged, all, clock.getAsLong());
        }
    }

    void refused(Place place, @Nullable Duration retryAfter) {
        List<Place> granted;
        synchronized (this) {
            if (place.state != State.RUNNING) {
                return;
            }
            budget.refused(clock.getAsLong(), place.startedAt, retryAfter);
            granted = end(place, false, State.IDLE);
        }
        tell(granted);
    }

    void ended(Place place, boolean staysCharged) {
        List<Place> granted;
        synchronized (this) {
            if (place.state != State.RUNNING) {
                return;
            }
            granted = end(place, staysCharged, State.IDLE);
        }
        tell(granted);
    }

    void leave(Place place) {
        List<Place> granted = List.of();
        synchronized (this) {
            if (place.state == State.RUNNING) {
                granted = end(place, true, State.CLOSED);
            } else if (place.state == State.WAITING) {
                queue.remove(place);
                calm(place);
                granted = advance();
            }
            place.state = State.CLOSED;
        }
        tell(granted);
    }

    private List<Place> end(Place place, boolean staysCharged, State next) {
        long now = clock.getAsLong();
        if (!staysCharged) {
            budget.correct(place.charged, 0, now);
        }
        place.charged = null;
        budget.end(now, place.startedAt);
        place.state = next;
        return advance();
    }
}
