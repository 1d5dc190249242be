package io.github.camelclova.examples.kafkapipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.examples.kafkapipeline.Questions.Question;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Eight consumers and a service that takes five calls in a second. */
class RateLimitTest {

    private static final int RECORDS = 100;
    private static final int TAKEN_IN_A_SECOND = 5;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    @RegisterExtension
    final BrokerExtension broker = new BrokerExtension(8);

    private final Deque<Instant> taken = new ArrayDeque<>();
    private final Map<String, List<Instant>> calls = new HashMap<>();
    private int refused;

    @Test
    void withItsShareOfTheQuotaANodeIsSeldomRefusedAndAnswersEverything() throws Exception {
        ClovaStandIn service = SERVICE.get();
        service.answers(this::reply);
        Questions.send(
                broker.address(),
                IntStream.range(0, RECORDS)
                        .mapToObj(number -> new Question("customer-" + number, "Question " + number))
                        .toList());

        RunningPipeline.at(broker.address(), service.baseUrl())
                .with("pipeline.consumers", "8")
                .with("pipeline.requestsPerMinute", String.valueOf(TAKEN_IN_A_SECOND * 60))
                .until(() -> broker.awaitLag(0));

        assertThat(new HashSet<>(Written.requestIds(broker.in(Topics.ANSWERS)))).hasSize(RECORDS);
        assertThat(broker.in(Topics.DEAD_LETTERS)).isEmpty();
        synchronized (this) {
            assertThat(refused).isLessThanOrEqualTo((RECORDS + refused) / 5);
            assertThat(calls).allSatisfy((record, times) -> {
                for (int call = 1; call < times.size(); call++) {
                    assertThat(Duration.between(times.get(call - 1), times.get(call)))
                            .isGreaterThanOrEqualTo(RETRY_AFTER);
                }
            });
        }
    }

    private synchronized Reply reply(ReceivedRequest request) {
        String id = request.header("X-NCP-CLOVASTUDIO-REQUEST-ID").orElseThrow();
        calls.computeIfAbsent(id, any -> new ArrayList<>()).add(request.at());
        while (!taken.isEmpty() && taken.peek().isBefore(request.at().minusSeconds(1))) {
            taken.remove();
        }
        if (taken.size() >= TAKEN_IN_A_SECOND) {
            refused++;
            return Reply.json(429, Fault.error("42901")).header("Retry-After", String.valueOf(RETRY_AFTER.toSeconds()));
        }
        taken.add(request.at());
        return Reply.json(FlakyService.answer(id));
    }
}
