package io.github.camelclova.quota;

import static java.time.Duration.ofMinutes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.camelclova.HeldClock;
import io.github.camelclova.Race;
import io.github.camelclova.chat.ClovaException;
import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tries that are granted, denied and given up by threads that know nothing of each other. */
@Tag("races")
class QuotaRaceTest {

    private static final Account ACCOUNT = new Account("somebody");

    @Test
    void whoeverWaitsIsToldOnceWhetherItsTurnOrTheEndOfItsPatienceComesFirst() {
        Race.between(TurnAndPatience.class);
    }

    @Test
    void aSecondTryIsNotDeniedByThePatienceOfTheFirst() {
        Race.between(TwoTries.class);
    }

    @Test
    void aPlaceThatIsLeftWhileItsTurnComesIsFreeForTheNext() {
        Race.between(TurnAndLeaving.class);
    }

    @Test
    void endpointsThatComeAndGoShareOneQuota() {
        Race.between(ComingAndGoing.class);
    }

    /** One call at a time is allowed. */
    public abstract static class Parties {

        final Quotas quotas = new Quotas(() -> 0);
        final EndpointQuota quota = endpoint();
        final HeldClock clock = new HeldClock();
        final Asker first = new Asker();
        final Asker second = new Asker();

        Parties() {
            first.ask();
        }

        final EndpointQuota endpoint() {
            return new EndpointQuota(
                    quotas, ACCOUNT, new QuotaLimits(null, null, 1, ofMinutes(1)), (option, model, mine, others) -> {});
        }

        final void assertNothingIsLeft() {
            assertEquals(new Load(0, 0, Duration.ZERO), quotas.load(ACCOUNT, "m"));
            assertEquals(0, clock.timers());
        }

        final class Asker implements Place.Caller {

            final Place place = quota.place("m", "r", () -> 1, this::in, Runnable::run);
            final AtomicInteger granted = new AtomicInteger();
            final AtomicInteger denied = new AtomicInteger();

            private Runnable in(Duration delay, Runnable work) {
                ScheduledFuture<?> timer = clock.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
                return () -> timer.cancel(false);
            }

            void ask() {
                place.ask(ofMinutes(1), this);
            }

            @Override
            public void granted() {
                granted.incrementAndGet();
            }

            @Override
            public void denied(ClovaException why) {
                denied.incrementAndGet();
            }
        }
    }

    public static final class TurnAndPatience extends Parties {

        public TurnAndPatience() {
            second.ask();
        }

        @Operation(runOnce = true)
        public void firstAnswer() {
            first.place.ended();
        }

        @Operation(runOnce = true)
        public void time() {
            clock.pass();
        }

        @Validate
        public void toldOnce() {
            assertEquals(1, second.granted.get() + second.denied.get());
            second.place.ended();
            assertNothingIsLeft();
        }
    }

    public static final class TwoTries extends Parties {

        private final Runnable endOfPatience;

        public TwoTries() {
            second.ask();
            endOfPatience = clock.allThatIsDue();
        }

        @Operation(runOnce = true)
        public void answers() {
            first.place.ended();
            second.place.ended();
            first.ask();
            second.ask();
        }

        @Operation(runOnce = true)
        public void time() {
            endOfPatience.run();
        }

        @Validate
        public void theFirstTryWasToldAndTheSecondWaits() {
            assertEquals(1, second.granted.get() + second.denied.get());
            assertEquals(1, clock.timers());
        }
    }

    public static final class TurnAndLeaving extends Parties {

        private final Asker third = new Asker();

        public TurnAndLeaving() {
            second.ask();
            third.ask();
        }

        @Operation(runOnce = true)
        public void firstAnswer() {
            first.place.ended();
            first.place.leave();
        }

        @Operation(runOnce = true)
        public void route() {
            second.place.leave();
        }

        @Operation(runOnce = true)
        public void secondAnswer() {
            second.place.ended();
        }

        @Validate
        public void theNextHasItsTurn() {
            assertEquals(1, third.granted.get());
            assertTrue(second.granted.get() <= 1);
            third.place.leave();
            assertNothingIsLeft();
        }
    }

    public static final class ComingAndGoing {

        private final Quotas quotas = new Quotas(() -> 0);
        private final EndpointQuota leaver = endpoint();
        private final EndpointQuota one = endpoint();
        private final EndpointQuota other = endpoint();

        public ComingAndGoing() {
            leaver.join("m");
        }

        private EndpointQuota endpoint() {
            return new EndpointQuota(
                    quotas, ACCOUNT, new QuotaLimits(null, null, 1, ofMinutes(1)), (option, model, mine, others) -> {});
        }

        @Operation(runOnce = true)
        public void leaver() {
            leaver.close();
        }

        @Operation(runOnce = true)
        public void one() {
            one.place("m", "r", () -> 1, (delay, work) -> () -> {}, Runnable::run)
                    .ask(ofMinutes(1), NOBODY);
        }

        @Operation(runOnce = true)
        public void other() {
            other.place("m", "r", () -> 1, (delay, work) -> () -> {}, Runnable::run)
                    .ask(ofMinutes(1), NOBODY);
        }

        @Validate
        public void bothAskTheSame() {
            Load load = quotas.load(ACCOUNT, "m");
            assertEquals(1, load.running());
            assertEquals(1, load.waiting());
        }
    }

    private static final Place.Caller NOBODY = new Place.Caller() {

        @Override
        public void granted() {
            // Its call takes for ever.
        }

        @Override
        public void denied(ClovaException why) {
            throw new AssertionError("no time passes", why);
        }
    };
}
