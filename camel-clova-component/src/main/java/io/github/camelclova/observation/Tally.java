package io.github.camelclova.observation;

import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.Usage;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Counts since its making. Thread-safe; what is read while calls end may be of different moments. */
public final class Tally implements CallObserver {

    /** How many failures are remembered. */
    public static final int ERRORS_KEPT = 20;

    private static final int CATEGORIES_KEPT = 20;

    private final InstantSource clock;
    private final LongAdder calls = new LongAdder();
    private final LongAdder failedCalls = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder inputTokens = new LongAdder();
    private final LongAdder outputTokens = new LongAdder();
    private final LongAdder openStreams = new LongAdder();
    private final LongAdder flaggedAnswers = new LongAdder();
    private final LongAdder rejectedAnswers = new LongAdder();
    private final Map<String, LongAdder> verdicts = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> reasons = new ConcurrentHashMap<>();
    private final KnownNames categories = new KnownNames(CATEGORIES_KEPT);
    private final Deque<RecentError> errors = new ArrayDeque<>();

    public Tally(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void streamOpened() {
        openStreams.increment();
    }

    @Override
    public void streamClosed() {
        openStreams.decrement();
    }

    @Override
    public void retried() {
        retries.increment();
    }

    @Override
    public void ended(EndedCall call) {
        calls.increment();
        Usage usage = call.usage();
        inputTokens.add(count(usage.input()));
        outputTokens.add(count(usage.output()));
        Throwable failure = call.failure();
        if (failure != null) {
            failedCalls.increment();
            remember(failure);
        }
    }

    @Override
    public void judged(@Nullable String verdict, List<String> flaggedFor) {
        if (verdict != null) {
            count(verdicts, verdict);
        }
        if (!flaggedFor.isEmpty()) {
            flaggedAnswers.increment();
        }
        flaggedFor.forEach(reason -> count(reasons, categories.of(reason)));
    }

    @Override
    public void rejected(ClovaException why) {
        rejectedAnswers.increment();
        remember(why);
    }

    private static int count(@Nullable Integer tokens) {
        return tokens == null ? 0 : tokens;
    }

    private static void count(Map<String, LongAdder> counters, String name) {
        counters.computeIfAbsent(name, first -> new LongAdder()).increment();
    }

    private void remember(Throwable failure) {
        RecentError error = RecentError.of(failure, clock.instant());
        synchronized (errors) {
            if (errors.size() == ERRORS_KEPT) {
                errors.removeLast();
            }
            errors.addFirst(error);
        }
    }

    /** Calls that have ended, in whatever way. */
    public long calls() {
        return calls.sum();
    }

    /** Calls that brought no answer, cancelled ones among them. */
    public long failedCalls() {
        return failedCalls.sum();
    }

    public long retries() {
        return retries.sum();
    }

    /** Of answers whose tokens the service has counted. */
    public long inputTokens() {
        return inputTokens.sum();
    }

    /** Of answers whose tokens the service has counted. */
    public long outputTokens() {
        return outputTokens.sum();
    }

    /** Streams that have begun and are not over; one that a route has yet to take is open. */
    public long openStreams() {
        return openStreams.sum();
    }

    public long flaggedAnswers() {
        return flaggedAnswers.sum();
    }

    /** Answers that came and failed their exchange: by the policy, or because they did not fit a schema. */
    public long rejectedAnswers() {
        return rejectedAnswers.sum();
    }

    /** Answers by verdict; only verdicts that there were. */
    public Map<String, Long> verdicts() {
        return sums(verdicts);
    }

    /** Flagged answers by reason; an answer counts for each of its reasons. */
    public Map<String, Long> flaggedByReason() {
        return sums(reasons);
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counters) {
        Map<String, Long> sums = new TreeMap<>();
        counters.forEach((name, count) -> sums.put(name, count.sum()));
        return sums;
    }

    /** The newest first. */
    public List<RecentError> lastErrors() {
        synchronized (errors) {
            return new ArrayList<>(errors);
        }
    }
}
