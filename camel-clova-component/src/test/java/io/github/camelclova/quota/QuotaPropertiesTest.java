package io.github.camelclova.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.ClovaServerException;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.chat.Usage;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds however calls come, end, fail, give up and wait. */
class QuotaPropertiesTest {

    private static final Account ACCOUNT = Account.of(URI.create("http://localhost"), Map.of());
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();

    enum Act {
        ASK,
        ASK_AND_ASK,
        ANSWER,
        FAIL,
        REFUSE,
        LEAVE,
        PASS,
        PASS_LONG
    }

    /** @param number picks the call that it is done to, the tokens and the time */
    record Step(Act act, int number) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(Act.class), Arbitraries.integers().between(0, 9999))
                .as(Step::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(150);
    }

    @Provide
    Arbitrary<QuotaLimits> limits() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 120).injectNull(0.3),
                        Arbitraries.integers().between(1, 3000).injectNull(0.3),
                        Arbitraries.integers().between(1, 5).injectNull(0.3),
                        Arbitraries.longs().between(1, 300_000).map(Duration::ofMillis))
                .as(QuotaLimits::new);
    }

    /** One quota and all that was asked of it. */
    private static final class World {

        final VirtualTime time = new VirtualTime();
        final Quotas quotas = new Quotas(time);
        final EndpointQuota quota;
        final List<Call> calls = new ArrayList<>();
        final List<Call> running = new ArrayList<>();
        final List<Call> grantedInOrder = new ArrayList<>();
        final List<Long> begins = new ArrayList<>();

        World(QuotaLimits limits) {
            quota = new EndpointQuota(quotas, ACCOUNT, limits, (option, model, mine, others) -> {});
            quota.join("m");
        }

        void take(Step step) {
            switch (step.act()) {
                case ASK -> ask(1 + step.number() % 1500);
                case ASK_AND_ASK -> {
                    ask(1 + step.number() % 1500);
                    ask(1 + step.number() % 40);
                }
                case ANSWER ->
                    end(step.number(), call -> {
                        call.place.answered(new Usage(null, null, step.number() % 800));
                        call.place.ended();
                    });
                case FAIL ->
                    end(step.number(), call -> call.place.failed(new ClovaServerException("no", Failure.of("r"))));
                case REFUSE ->
                    end(
                            step.number(),
                            call -> call.place.failed(
                                    Call.refusal(step.number() % 2 == 0 ? null : Duration.ofMillis(step.number()))));
                case LEAVE -> leave(step.number());
                case PASS -> time.pass(Duration.ofMillis(step.number() % 2000));
                case PASS_LONG -> time.pass(Duration.ofMillis(step.number() * 20L));
            }
        }

        private void ask(long charge) {
            Call call = new Call(quota, time, charge);
            call.then = () -> {
                running.add(call);
                grantedInOrder.add(call);
                begins.add(time.getAsLong());
            };
            calls.add(call);
            call.ask();
        }

        private void end(int number, Consumer<Call> end) {
            if (!running.isEmpty()) {
                end.accept(running.remove(number % running.size()));
            }
        }

        private void leave(int number) {
            if (!calls.isEmpty()) {
                Call call = calls.get(number % calls.size());
                running.remove(call);
                call.place.leave();
            }
        }

        Load load() {
            return quotas.load(ACCOUNT, "m");
        }
    }

    @Property(tries = 500)
    void noMinuteHasMoreCallsThanAllowed(@ForAll("limits") QuotaLimits limits, @ForAll("steps") List<Step> steps) {
        World world = new World(limits);
        steps.forEach(world::take);

        Integer most = limits.requestsPerMinute();
        List<Long> begins = world.begins;
        for (int i = 0; most != null && i + most < begins.size(); i++) {
            assertThat(begins.get(i + most) - begins.get(i)).isGreaterThanOrEqualTo(MINUTE);
        }
    }

    @Property(tries = 500)
    void noMoreCallsAreUnderWayThanAllowedAndEveryPlaceIsGivenBackOnce(
            @ForAll("limits") QuotaLimits limits, @ForAll("steps") List<Step> steps) {
        World world = new World(limits);
        for (Step step : steps) {
            world.take(step);
            assertThat(world.load().running()).isEqualTo(world.running.size());
            if (limits.maxConcurrentRequests() != null) {
                assertThat(world.running.size()).isLessThanOrEqualTo(limits.maxConcurrentRequests());
            }
        }

        world.calls.forEach(call -> call.place.leave());
        assertThat(world.load().running()).isZero();
        assertThat(world.load().waiting()).isZero();
        assertThat(world.time.timers()).isZero();
    }

    @Property(tries = 500)
    void whoComesFirstIsServedFirst(@ForAll("limits") QuotaLimits limits, @ForAll("steps") List<Step> steps) {
        World world = new World(limits);
        steps.forEach(world::take);

        assertThat(world.grantedInOrder).isSortedAccordingTo(Comparator.comparingLong(call -> call.place.number));
    }

    @Property(tries = 500)
    void everyCallIsAllowedOrDeniedOnceAndInTime(
            @ForAll("limits") QuotaLimits limits, @ForAll("steps") List<Step> steps) {
        World world = new World(limits);
        steps.forEach(world::take);
        List<Call> left = world.calls.stream()
                .filter(call -> call.place.state == Place.State.CLOSED)
                .toList();

        world.time.pass(limits.timeout());

        assertThat(world.load().waiting()).isZero();
        assertThat(world.calls).allSatisfy(call -> {
            int told = call.grants.size() + call.denials.size();
            assertThat(told).isBetween(left.contains(call) ? 0 : 1, 1);
        });
    }

    @Property(tries = 300)
    void nobodyStarvesWhileCallsEnd(@ForAll("limits") QuotaLimits limits, @ForAll("steps") List<Step> steps) {
        QuotaLimits patient = new QuotaLimits(
                limits.requestsPerMinute(),
                limits.tokensPerMinute(),
                limits.maxConcurrentRequests(),
                Duration.ofDays(10_000));
        World world = new World(patient);
        steps.forEach(world::take);

        // Each pass of the loop lets at least the first in the queue begin, slowed down as it may be.
        for (int i = 0; i <= world.calls.size() + 2; i++) {
            List<Call> over = List.copyOf(world.running);
            world.running.clear();
            over.forEach(call -> call.place.ended());
            world.time.pass(Duration.ofHours(2));
        }

        assertThat(world.load().waiting()).isZero();
        assertThat(world.calls).allMatch(call -> call.isGranted() || call.place.state == Place.State.CLOSED);
    }

    @Property(tries = 500)
    void noMinuteIsChargedMoreThanAllowed(@ForAll("limits") QuotaLimits limits, @ForAll("steps") List<Step> steps) {
        if (limits.tokensPerMinute() == null) {
            return;
        }
        long budget = limits.tokensPerMinute();
        TokenWindow window = new TokenWindow();
        List<TokenWindow.Charge> charges = new ArrayList<>();
        long now = 0;
        for (Step step : steps) {
            now += step.number() * 2_000_000L;
            long tokens = 1L + step.number() % 1500;
            switch (step.act()) {
                case ANSWER -> {
                    if (!charges.isEmpty()) {
                        window.correct(charges.get(step.number() % charges.size()), step.number() % 10, now);
                    }
                }
                default -> {
                    long at = window.fitsAt(now, tokens, budget);
                    assertThat(at).isBetween(now, now + MINUTE);
                    now = at;
                    assertThat(window.fitsAt(now, tokens, budget)).isEqualTo(now);
                    assertThat(window.sum(now) + Math.min(tokens, budget)).isLessThanOrEqualTo(budget);
                    charges.add(window.add(now, Math.min(tokens, budget)));
                }
            }
        }
    }
}
