package io.github.camelclova.quota;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaQuotaException;
import io.github.camelclova.chat.ClovaServerException;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.chat.Usage;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuotaTest {

    private static final Account ACCOUNT =
            Account.of(URI.create("https://service"), Map.of("Authorization", "Bearer k"));

    private final VirtualTime time = new VirtualTime();
    private final Quotas quotas = new Quotas(time);
    private final List<String> conflicts = new ArrayList<>();

    // ---- requests

    @Test
    void callsBeginAtEvenDistances() {
        EndpointQuota quota = joined(60, null, null);
        List<Call> calls = calls(quota, 3);

        assertThat(granted(calls)).isEqualTo(1);
        time.pass(ofMillis(999));
        assertThat(granted(calls)).isEqualTo(1);
        time.pass(ofMillis(1));
        assertThat(granted(calls)).isEqualTo(2);
        time.pass(ofSeconds(1));
        assertThat(granted(calls)).isEqualTo(3);
    }

    @Test
    void aTryKnowsHowLongItHadToWait() {
        EndpointQuota quota = joined(60, null, null);
        List<Call> calls = calls(quota, 2);
        time.pass(ofSeconds(1));

        assertThat(calls).extracting(call -> call.place.waited()).containsExactly(Duration.ZERO, ofSeconds(1));

        Call again = calls.get(1);
        again.place.ended();
        time.pass(ofSeconds(5));
        again.ask();
        assertThat(again.place.waited()).isZero();
    }

    @Test
    void aTryThatIsDeniedWaitedForAsLongAsItCould() {
        EndpointQuota quota = joined(1, null, null, ofSeconds(3));
        List<Call> calls = calls(quota, 2);

        time.pass(ofSeconds(10));

        assertThat(calls.get(1).denials).hasSize(1);
        assertThat(calls.get(1).place.waited()).isEqualTo(ofSeconds(3));
    }

    @Test
    void timeWithoutCallsIsNotSavedUp() {
        EndpointQuota quota = joined(60, null, null);
        calls(quota, 1);
        time.pass(ofMinutes(10));

        assertThat(granted(calls(quota, 5))).isEqualTo(1);
    }

    @Test
    void endpointsWithTheSameKeyAndModelShareAndThoseOfOthersDoNot() {
        EndpointQuota one = joined(60, null, null);
        EndpointQuota same = joined(60, null, null);
        EndpointQuota other = new EndpointQuota(
                quotas,
                Account.of(URI.create("https://service"), Map.of("Authorization", "Bearer l")),
                limits(60, null, null),
                this::note);

        assertThat(new Call(one, time, 1).ask().isGranted()).isTrue();
        assertThat(new Call(same, time, 1).ask().isGranted()).isFalse();
        assertThat(new Call(other, time, 1).ask().isGranted()).isTrue();
        assertThat(one.place("other-model", "r", () -> 1, time, Runnable::run)).satisfies(place -> {
            List<String> told = new ArrayList<>();
            place.ask(ofMinutes(1), telling(told));
            assertThat(told).containsExactly("granted");
        });
    }

    @Test
    void aCallThatComesTooLateLeavesNothingBehind() {
        EndpointQuota quota = joined(60, null, null);
        quota.close();

        assertThat(new Call(quota, time, 1).ask().isGranted()).isTrue();

        assertThat(quotas.size()).isZero();
    }

    @Test
    void anEndpointWithoutLimitsKeepsToThoseOfTheOthers() {
        joined(60, null, null);
        EndpointQuota unlimited = joined(null, null, null);

        assertThat(granted(calls(unlimited, 5))).isEqualTo(1);
    }

    @Test
    void theLowestValueCountsForAllUntilItsEndpointStops() {
        EndpointQuota high = joined(600, 50, 7);
        EndpointQuota low = joined(60, 50, null);
        List<Call> calls = calls(high, 3);

        assertThat(conflicts).containsExactly("requestsPerMinute m 60 600");
        time.pass(ofMillis(100));
        assertThat(granted(calls)).isEqualTo(1);

        low.close();
        time.pass(Duration.ZERO);
        assertThat(granted(calls)).isEqualTo(2);
        time.pass(ofMillis(100));
        assertThat(granted(calls)).isEqualTo(3);
    }

    @Test
    void withoutAnyLimitNobodyWaitsWhateverTheServiceSays() {
        EndpointQuota quota = joined(null, null, null);
        Call refused = new Call(quota, time, 1).ask();
        refused.place.remaining(Map.of("x-ratelimit-remaining-requests", "0"));
        refused.place.failed(Call.refusal(ofSeconds(30)));

        assertThat(granted(calls(quota, 100))).isEqualTo(100);
    }

    @Test
    void aQuotaIsGoneWithItsLastEndpoint() {
        EndpointQuota one = joined(60, null, null);
        EndpointQuota two = joined(60, null, null);

        one.close();
        assertThat(quotas.size()).isEqualTo(1);
        two.close();
        assertThat(quotas.size()).isZero();
    }

    @Test
    void modelsThatHeadersNameDoNotPileUp() {
        EndpointQuota quota = joined(60, null, null);
        for (int i = 0; i < 1000; i++) {
            Place place = quota.place("model-" + i, "r", () -> 1, time, Runnable::run);
            place.ask(ofMinutes(1), telling(new ArrayList<>()));
            place.leave();
            time.pass(ofSeconds(10));
        }

        assertThat(quotas.size()).isLessThan(20);
    }

    // ---- tokens

    @Test
    void tokensOfAMinuteAreBounded() {
        EndpointQuota quota = joined(null, 1000, null);

        assertThat(new Call(quota, time, 600).ask().isGranted()).isTrue();
        time.pass(ofSeconds(20));
        assertThat(new Call(quota, time, 400).ask().isGranted()).isTrue();
        Call next = new Call(quota, time, 500).ask();

        time.pass(ofSeconds(39));
        assertThat(next.isGranted()).isFalse();
        time.pass(ofSeconds(1));
        assertThat(next.isGranted()).isTrue();
    }

    @Test
    void usageTakesThePlaceOfTheEstimate() {
        EndpointQuota quota = joined(null, 1000, null);
        Call first = new Call(quota, time, 1000).ask();
        Call next = new Call(quota, time, 800).ask();

        first.place.answered(new Usage(40, 160, 200));
        first.place.ended();

        assertThat(next.isGranted()).isTrue();
    }

    @Test
    void usageThatIsMoreThanTheEstimateCountsToo() {
        EndpointQuota quota = joined(null, 1000, null);
        Call first = new Call(quota, time, 10).ask();
        first.place.answered(new Usage(600, 300, null));
        first.place.ended();

        assertThat(new Call(quota, time, 200).ask().isGranted()).isFalse();
    }

    @Test
    void aCallThatIsChargedMoreThanTheLimitGoesWhenNothingElseCounts() {
        EndpointQuota quota = joined(null, 1000, null);
        new Call(quota, time, 1).ask();
        Call large = new Call(quota, time, 5000).ask();
        Call small = new Call(quota, time, 1).ask();

        time.pass(ofSeconds(59));
        assertThat(granted(List.of(large, small))).isZero();
        time.pass(ofSeconds(1));
        assertThat(large.isGranted()).isTrue();
        assertThat(small.isGranted()).isFalse();
    }

    @Test
    void whatIsNotChargedIsGivenBack() {
        EndpointQuota quota = joined(null, 1000, null);
        Failure failure = Failure.of("r");
        List<ClovaException> free = List.of(new ClovaServerException("no", failure), Call.refusal(Duration.ofNanos(1)));
        for (ClovaException each : free) {
            Call failed = new Call(quota, time, 1000).ask();
            failed.place.failed(each);
            time.pass(ofSeconds(1));
        }
        Call begun = new Call(quota, time, 1000).ask();
        begun.place.failed(new ClovaCancelledException("no", failure));

        assertThat(begun.isGranted()).isTrue();
        assertThat(new Call(quota, time, 1).ask().isGranted()).isFalse();
    }

    // ---- concurrency and the queue

    @Test
    void callsUnderWayAreBounded() {
        EndpointQuota quota = joined(null, null, 2);
        List<Call> calls = calls(quota, 4);

        assertThat(granted(calls)).isEqualTo(2);
        calls.get(0).place.ended();
        assertThat(granted(calls)).isEqualTo(3);
        calls.get(1).place.leave();
        assertThat(granted(calls)).isEqualTo(4);
    }

    @Test
    void anEndThatIsToldTwiceGivesOnePlaceBack() {
        EndpointQuota quota = joined(null, null, 1);
        List<Call> calls = calls(quota, 3);

        calls.get(0).place.ended();
        calls.get(0).place.ended();
        calls.get(0).place.failed(Call.refusal(null));
        calls.get(0).place.leave();

        assertThat(granted(calls)).isEqualTo(2);
    }

    @Test
    void whoLeavesTheQueueFreesItAtOnce() {
        EndpointQuota quota = joined(null, 1000, null);
        new Call(quota, time, 900).ask();
        Call large = new Call(quota, time, 500).ask();
        Call small = new Call(quota, time, 100).ask();

        large.place.leave();

        assertThat(small.isGranted()).isTrue();
        assertThat(large.isGranted()).isFalse();
        assertThat(time.timers()).isZero();
    }

    @Test
    void aTryThatWasRefusedGoesBeforeThoseThatCameLater() {
        EndpointQuota quota = joined(null, null, 1);
        List<Call> calls = calls(quota, 3);

        calls.get(0).place.failed(new ClovaServerException("no", Failure.of("r")));
        calls.get(0).ask();
        calls.get(1).place.ended();

        assertThat(calls.get(0).grants).hasSize(2);
        assertThat(calls.get(2).grants).isEmpty();
    }

    @Test
    void whoWaitsTooLongIsToldWhichLimitItWas() {
        EndpointQuota quota = joined(60, 1000, null, ofMillis(2500));
        List<Call> calls = calls(quota, 9);

        time.pass(ofMillis(2500));

        assertThat(granted(calls)).isEqualTo(3);
        assertThat(calls.get(8).denials).singleElement().satisfies(why -> {
            ClovaQuotaException quotaException = (ClovaQuotaException) why;
            assertThat(quotaException.getOption()).isEqualTo("requestsPerMinute");
            assertThat(quotaException.getLimit()).isEqualTo(60);
            assertThat(quotaException.isRetryable()).isTrue();
            assertThat(quotaException).hasMessageContaining("quotaTimeout of 2500 ms is over");
        });
        assertThat(calls.get(3).denials.get(0).getRetryAfter()).isEqualTo(ofMillis(500));
        assertThat(time.timers()).isZero();
        assertThat(quotas.load(ACCOUNT, "m").waiting()).isZero();
    }

    @Test
    void theExpectedWaitCountsThoseAhead() {
        EndpointQuota quota = joined(60, null, null);
        assertThat(quotas.load(ACCOUNT, "m")).isEqualTo(Load.NONE);

        calls(quota, 11);

        assertThat(quotas.load(ACCOUNT, "m")).isEqualTo(new Load(1, 10, ofSeconds(11)));
        assertThat(quotas.load(ACCOUNT, "nobody-asks-it")).isEqualTo(Load.NONE);
    }

    @Test
    void theExpectedWaitForTokensCountsTheMinutesThatTheQueueNeeds() {
        EndpointQuota quota = joined(null, 1000, null);
        for (int i = 0; i < 3; i++) {
            new Call(quota, time, 1000).ask();
        }

        assertThat(quotas.load(ACCOUNT, "m").expectedWait()).isEqualTo(ofMinutes(3));
    }

    // ---- what the service says

    @Test
    void aRefusalPausesAllAndSlowsAllDown() {
        EndpointQuota quota = joined(60, null, null);
        List<Call> calls = calls(quota, 4);
        calls.get(0).place.failed(Call.refusal(ofSeconds(7)));

        time.pass(ofMillis(6999));
        assertThat(granted(calls)).isEqualTo(1);
        time.pass(ofMillis(1));
        assertThat(granted(calls)).isEqualTo(2);
        time.pass(ofMillis(1428));
        assertThat(granted(calls)).isEqualTo(2);
        time.pass(ofMillis(1));
        assertThat(granted(calls)).isEqualTo(3);
    }

    @Test
    void refusalsWithoutATimePauseLongerEachTime() {
        EndpointQuota quota = joined(6000, null, null);
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Call refused = new Call(quota, time, 1).ask();
            refused.place.failed(Call.refusal(null));
            long begin = time.getAsLong();
            Call next = new Call(quota, time, 1).ask();
            time.pass(ofMinutes(1));
            pauses.add(Duration.ofNanos(next.grants.get(0) - begin).toMillis());
            next.place.ended();
        }

        assertThat(pauses).containsExactly(1000L, 2000L, 4000L, 8000L);
    }

    @Test
    void callsThatWereUnderWaySlowDownOnce() {
        EndpointQuota quota = joined(60, null, null);
        List<Call> calls = calls(quota, 5);
        time.pass(ofSeconds(4));

        calls.forEach(call -> call.place.failed(Call.refusal(ofMillis(100))));
        List<Call> later = calls(quota, 2);
        time.pass(ofMillis(1428));
        assertThat(granted(later)).isZero();
        time.pass(ofMillis(1));
        assertThat(granted(later)).isEqualTo(1);
        time.pass(ofMillis(1429));
        assertThat(granted(later)).isEqualTo(2);
    }

    @Test
    void answersBringTheConfiguredRateBack() {
        EndpointQuota quota = joined(60, null, null);
        new Call(quota, time, 1).ask().place.failed(Call.refusal(ofMillis(100)));
        for (int i = 0; i < 60; i++) {
            time.pass(ofMinutes(1));
            Call answered = new Call(quota, time, 1).ask();
            answered.place.answered(Usage.UNKNOWN);
            answered.place.ended();
        }

        Call next = new Call(quota, time, 1).ask();
        time.pass(ofSeconds(1));
        assertThat(next.isGranted()).isTrue();
    }

    @Test
    void noPauseIsLongerThanAnHour() {
        EndpointQuota quota = joined(60, null, null, Duration.ofDays(1));
        new Call(quota, time, 1).ask().place.failed(Call.refusal(Duration.ofDays(10_000)));
        Call next = new Call(quota, time, 1).ask();

        time.pass(ofMinutes(59));
        assertThat(next.isGranted()).isFalse();
        time.pass(ofMinutes(1));
        assertThat(next.isGranted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-ratelimit-remaining-requests", "x-ratelimit-remaining-tokens"})
    void whereNoneIsLeftOneCallIsLeftOut(String header) {
        EndpointQuota quota = joined(60, null, null);
        Call first = new Call(quota, time, 1).ask();
        Call next = new Call(quota, time, 1).ask();

        first.place.remaining(Map.of(header, "0", "x-ratelimit-reset-requests", "3600"));

        time.pass(ofMillis(1999));
        assertThat(next.isGranted()).isFalse();
        time.pass(ofMillis(1));
        assertThat(next.isGranted()).isTrue();
    }

    @Test
    void whatIsLeftIsUsedUpByCallsThatBegin() {
        EndpointQuota quota = joined(60, null, null);
        List<Call> calls = calls(quota, 4);
        calls.get(0).place.remaining(Map.of("x-ratelimit-remaining-requests", "1"));

        time.pass(ofSeconds(1));
        assertThat(granted(calls)).isEqualTo(2);
        time.pass(ofSeconds(1));
        assertThat(granted(calls)).isEqualTo(2);
        calls.get(1).place.remaining(Map.of("x-ratelimit-remaining-requests", "9"));
        calls.get(1).place.ended();
        assertThat(granted(calls)).isEqualTo(3);
    }

    @Test
    void tokensThatOthersUsedAreNotThereForUs() {
        EndpointQuota quota = joined(null, 1000, null);
        Call first = new Call(quota, time, 100).ask();
        first.place.remaining(Map.of("x-ratelimit-remaining-tokens", "300"));
        Call next = new Call(quota, time, 400).ask();

        assertThat(next.isGranted()).isFalse();
        first.place.remaining(Map.of("x-ratelimit-remaining-tokens", "700"));
        first.place.ended();
        assertThat(next.isGranted()).isTrue();
    }

    @Test
    void whatTheServiceSaidCountsForAMinute() {
        EndpointQuota quota = joined(null, 1000, null);
        Call first = new Call(quota, time, 100).ask();
        first.place.remaining(Map.of("x-ratelimit-remaining-tokens", "1"));
        first.place.ended();
        Call next = new Call(quota, time, 400).ask();

        time.pass(ofSeconds(59));
        assertThat(next.isGranted()).isFalse();
        time.pass(ofSeconds(1));
        assertThat(next.isGranted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "some", "", "1e9", "99999999999999999999"})
    void whatCannotBeReadIsNotUsed(String value) {
        EndpointQuota quota = joined(60, 1000, null);
        Call first = new Call(quota, time, 1).ask();
        first.place.remaining(Map.of("x-ratelimit-remaining-requests", value, "x-ratelimit-remaining-tokens", value));
        Call next = new Call(quota, time, 1).ask();

        time.pass(ofSeconds(1));
        assertThat(next.isGranted()).isTrue();
    }

    // ---- who asks

    @Test
    void anAccountIsAHostAndAKeyAndTellsNeither() {
        Map<String, String> key = Map.of("Authorization", "Bearer nv-secret");
        Account account = Account.of(URI.create("https://Service.example/v1/openai"), key);

        assertThat(account).isEqualTo(Account.of(URI.create("https://service.example:443"), key));
        assertThat(account).isNotEqualTo(Account.of(URI.create("https://service.example:444"), key));
        assertThat(account).isNotEqualTo(Account.of(URI.create("https://service.example"), Map.of()));
        assertThat(account.toString() + account.digest()).doesNotContain("secret", "service");
    }

    // ---- helpers

    private EndpointQuota joined(Integer requests, Integer tokens, Integer concurrent) {
        return joined(requests, tokens, concurrent, ofMinutes(10));
    }

    private EndpointQuota joined(Integer requests, Integer tokens, Integer concurrent, Duration timeout) {
        QuotaLimits limits = new QuotaLimits(requests, tokens, concurrent, timeout);
        EndpointQuota quota = new EndpointQuota(quotas, ACCOUNT, limits, this::note);
        quota.join("m");
        return quota;
    }

    private static QuotaLimits limits(Integer requests, Integer tokens, Integer concurrent) {
        return new QuotaLimits(requests, tokens, concurrent, ofMinutes(10));
    }

    private void note(String option, String model, int mine, int others) {
        conflicts.add("%s %s %d %d".formatted(option, model, mine, others));
    }

    private List<Call> calls(EndpointQuota quota, int count) {
        return IntStream.range(0, count)
                .mapToObj(each -> new Call(quota, time, 1).ask())
                .toList();
    }

    private static long granted(List<Call> calls) {
        return calls.stream().mapToInt(call -> call.grants.size()).sum();
    }

    private static Place.Caller telling(List<String> told) {
        return new Place.Caller() {
            @Override
            public void granted() {
                told.add("granted");
            }

            @Override
            public void denied(ClovaException why) {
                told.add("denied");
            }
        };
    }
}
