package io.github.camelclova.examples.kafkapipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.Reply;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of a record that a node is working on when it stops. */
class StopTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @RegisterExtension
    static final ClovaStandInExtension SERVICE =
            new ClovaStandInExtension(ClovaStandIn.builder().answerDelay(Duration.ofSeconds(1)));

    @RegisterExtension
    final BrokerExtension broker = new BrokerExtension();

    @Test
    void whatIsOnItsWayIsFinishedAndNothingElseIsBegun() throws Exception {
        broker.ask("first", "second", "third", "fourth", "last");

        RunningPipeline.at(broker.address(), service().baseUrl())
                .until(() -> service().awaitRequest(1, SOON));

        int answers = broker.in(Topics.ANSWERS).size();
        assertThat(answers).isBetween(2, 3).isEqualTo(service().requests().size());
        assertThat(broker.lag()).isEqualTo(5 - answers);
    }

    @Test
    void whatCannotBeFinishedInTimeIsGivenBack() throws Exception {
        service().answers(request -> Reply.nothing());
        broker.ask("question");

        RunningPipeline.at(broker.address(), service().baseUrl()).inAHurry().until(() -> service()
                .awaitRequest(0, SOON));

        assertThatItWasGivenBack();
    }

    @Test
    void whatWaitsForItsNextTryIsGivenBack() throws Exception {
        service().answers(request -> Reply.json("{").header("Retry-After", "20"));
        broker.ask("question");

        RunningPipeline.at(broker.address(), service().baseUrl())
                .until(() -> service().awaitRequest(0, SOON));

        assertThatItWasGivenBack();
    }

    private void assertThatItWasGivenBack() throws Exception {
        assertThat(broker.in(Topics.ANSWERS)).isEmpty();
        assertThat(broker.in(Topics.DEAD_LETTERS)).isEmpty();
        assertThat(broker.lag()).isEqualTo(1);
        service().reset();
        RunningPipeline.at(broker.address(), service().baseUrl()).until(() -> broker.awaitLag(0));
        assertThat(broker.in(Topics.ANSWERS)).hasSize(1);
    }

    private static ClovaStandIn service() {
        return SERVICE.get();
    }
}
