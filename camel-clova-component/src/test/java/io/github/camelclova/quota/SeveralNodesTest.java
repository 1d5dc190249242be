package io.github.camelclova.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.Usage;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nodes that know nothing of each other under one account's limit, and records that must all get through. No time passes. */
class SeveralNodesTest {

    private final VirtualTime time = new VirtualTime();
    private final Random random = new Random(7);

    /** Takes so many calls in any such window, and tells others when to come again. */
    private final class LimitedService {

        private final int limit;
        private final Duration window;
        private final Duration retryAfter;
        private final Deque<Long> taken = new ArrayDeque<>();
        int refused;
        int answered;

        LimitedService(int limit, Duration window, Duration retryAfter) {
            this.limit = limit;
            this.window = window;
            this.retryAfter = retryAfter;
        }

        boolean takes() {
            while (!taken.isEmpty() && taken.peek() <= time.getAsLong() - window.toNanos()) {
                taken.remove();
            }
            if (taken.size() >= limit) {
                refused++;
                return false;
            }
            taken.add(time.getAsLong());
            answered++;
            return true;
        }
    }

    /** One node: callers that take the next record as soon as the last is answered. */
    private final class Node {

        private final EndpointQuota quota;
        private final LimitedService service;
        private final Deque<Integer> records = new ArrayDeque<>();
        private final Duration latency;
        int answered;

        @Override
        public String toString() {
            return "answered " + answered;
        }

        Node(LimitedService service, int requestsPerMinute, int records, Duration latency) {
            this.service = service;
            this.latency = latency;
            IntStream.range(0, records).forEach(this.records::add);
            QuotaLimits limits = new QuotaLimits(requestsPerMinute, null, null, Duration.ofDays(1));
            quota = new EndpointQuota(
                    new Quotas(time),
                    Account.of(URI.create("http://localhost"), Map.of()),
                    limits,
                    (option, model, mine, others) -> {});
        }

        void start(int callers) {
            IntStream.range(0, callers).forEach(each -> next());
        }

        private void next() {
            if (records.poll() != null) {
                Call call = new Call(quota, time, 1);
                call.then = () -> arrive(call);
                call.ask();
            }
        }

        private void arrive(Call call) {
            boolean taken = service.takes();
            // No two answers take the same time, or nodes would walk in step for ever.
            time.in(latency.multipliedBy(50 + random.nextInt(100)).dividedBy(100), () -> {
                if (taken) {
                    call.place.answered(Usage.UNKNOWN);
                    call.place.leave();
                    answered++;
                    next();
                } else {
                    call.place.failed(Call.refusal(service.retryAfter));
                    time.in(service.retryAfter, call::ask);
                }
            });
        }
    }

    @ParameterizedTest
    @CsvSource({"300, 1", "1200, 1", "300, 250", "600, 250"})
    void aHundredRecordsOfEightCallersGetThroughFiveASecond(int requestsPerMinute, int latencyMillis) {
        LimitedService service = new LimitedService(5, Duration.ofSeconds(1), Duration.ofSeconds(1));
        Node node = new Node(service, requestsPerMinute, 100, Duration.ofMillis(latencyMillis));
        node.start(8);

        time.pass(Duration.ofSeconds(60));

        assertThat(node.answered).isEqualTo(100);
        assertThat(service.refused)
                .as("refused of %d calls", service.refused + 100)
                .isLessThanOrEqualTo((service.refused + 100) / 5);
    }

    @Test
    void atTheServicesOwnRateNothingIsRefused() {
        LimitedService service = new LimitedService(5, Duration.ofSeconds(1), Duration.ofSeconds(1));
        Node node = new Node(service, 300, 100, Duration.ofMillis(30));
        node.start(8);

        time.pass(Duration.ofSeconds(20));

        assertThat(node.answered).isEqualTo(100);
        assertThat(service.refused).isZero();
    }

    @ParameterizedTest
    @CsvSource({"2, 60", "4, 60", "8, 300"})
    void nodesSettleUnderTheLimitOfTheirAccount(int nodes, int limit) {
        LimitedService service = new LimitedService(limit, Duration.ofMinutes(1), Duration.ofSeconds(2));
        List<Node> all = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            Node node = new Node(service, limit, 1_000_000, Duration.ofMillis(700));
            node.start(8);
            all.add(node);
        }

        time.pass(Duration.ofMinutes(60));

        int possible = 60 * limit;
        assertThat(service.refused)
                .as("refused beside %d answered", service.answered)
                .isLessThanOrEqualTo((service.refused + service.answered) / 5);
        assertThat(service.answered).isBetween(possible * 7 / 10, possible);
        assertThat(all).allSatisfy(node -> assertThat(node.answered)
                .as("a fair share of %d", service.answered)
                .isBetween(service.answered / nodes / 3, service.answered / nodes * 3));
    }
}
