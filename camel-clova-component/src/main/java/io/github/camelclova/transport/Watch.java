package io.github.camelclova.transport;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The clocks of one try: to be connected, to the response head, between two reads, and the step's own deadline. One timer
 * serves them all: it looks when the earliest of them might be over and goes back to sleep if it is not, so that a token
 * costs no timer.
 */
final class Watch {

    /** Told which option's time is over, on the clock's thread, at most once. */
    interface Alarm {
        void over(String option, Duration limit);
    }

    private final ScheduledExecutorService clock;
    private final Deadline deadline;
    private final Alarm alarm;

    private String option;
    private Duration limit;
    private long since;
    private boolean paused;
    private long wakesAt;
    private boolean stopped;
    private @Nullable ScheduledFuture<?> timer;

    /** Sleeps until it is {@link #start started}. */
    Watch(ScheduledExecutorService clock, Deadline deadline, Alarm alarm, String option, Duration limit) {
        this.clock = clock;
        this.deadline = deadline;
        this.alarm = alarm;
        this.option = option;
        this.limit = limit;
    }

    synchronized void start() {
        since = System.nanoTime();
        sleep();
    }

    /** From now on another option's clock counts. */
    synchronized void turnTo(String nextOption, Duration nextLimit) {
        option = nextOption;
        limit = nextLimit;
        since = System.nanoTime();
        if (dueIn(since) < wakesAt - since) {
            sleep();
        }
    }

    /** Starts the present clock anew. */
    synchronized void touch() {
        since = System.nanoTime();
    }

    /** Stops the present clock, or starts it anew; the deadline goes on. */
    synchronized void pause(boolean nowPaused) {
        if (paused && !nowPaused) {
            since = System.nanoTime();
        }
        paused = nowPaused;
    }

    synchronized void stop() {
        stopped = true;
        cancelTimer();
    }

    private void sleep() {
        if (stopped) {
            return;
        }
        // Who wakes and who turns the clock may both have come here.
        cancelTimer();
        long now = System.nanoTime();
        long wait = Math.max(0, dueIn(now));
        wakesAt = now + wait;
        timer = clock.schedule(this::wake, wait, TimeUnit.NANOSECONDS);
    }

    private long dueIn(long now) {
        long byOption = paused ? limit.toNanos() : since + limit.toNanos() - now;
        return Math.min(byOption, deadline.nanosLeft());
    }

    private void wake() {
        String overOption;
        Duration overLimit;
        synchronized (this) {
            if (stopped) {
                return;
            }
            boolean deadlineOver = deadline.nanosLeft() <= 0;
            boolean optionOver = !paused && System.nanoTime() - since >= limit.toNanos();
            if (!deadlineOver && !optionOver) {
                sleep();
                return;
            }
            stopped = true;
            overOption = deadlineOver ? "requestTimeout" : option;
            overLimit = deadlineOver ? deadline.limit() : limit;
        }
        alarm.over(overOption, overLimit);
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
