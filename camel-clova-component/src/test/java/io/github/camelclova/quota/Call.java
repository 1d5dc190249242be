package io.github.camelclova.quota;

import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaRateLimitException;
import io.github.camelclova.chat.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** A request of a test: what became of its tries, and when. */
final class Call implements Place.Caller {

    final Place place;
    final List<Long> grants = new ArrayList<>();
    final List<ClovaException> denials = new ArrayList<>();
    Runnable then = () -> {};
    private final LongSupplier clock;

    Call(EndpointQuota quota, VirtualTime time, long charge) {
        this.clock = time;
        this.place = quota.place("m", "order-7", () -> charge, time, Runnable::run);
    }

    Call ask() {
        place.ask(Duration.ofDays(100_000), this);
        return this;
    }

    @Override
    public void granted() {
        grants.add(clock.getAsLong());
        then.run();
    }

    @Override
    public void denied(ClovaException why) {
        denials.add(why);
    }

    boolean isGranted() {
        return !grants.isEmpty();
    }

    static ClovaRateLimitException refusal(Duration retryAfter) {
        return new ClovaRateLimitException(
                "too much",
                Failure.of("order-7").withStatus(429).withRetryable(true).withRetryAfter(retryAfter));
    }
}
