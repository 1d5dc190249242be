package io.github.camelclova.examples.kafkapipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What becomes of a record whose call fails. All records of a test are in one partition. */
class FailuresTest {

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    @RegisterExtension
    final BrokerExtension broker = new BrokerExtension();

    @Test
    void whatCannotBeCuredIsAskedOnceAndPutAsideWithItsReason() throws Exception {
        broker.ask("first", "#status:400 bad", "#code:40003 too long", "last");

        RunningPipeline.at(broker.address(), service().baseUrl()).until(() -> broker.awaitLag(0));

        List<ConsumerRecord<String, String>> dead = broker.in(Topics.DEAD_LETTERS);
        assertThat(dead)
                .extracting(ConsumerRecord::key, ConsumerRecord::value)
                .containsExactly(tuple("kim", "#status:400 bad"), tuple("kim", "#code:40003 too long"));
        assertThat(dead)
                .extracting(
                        each -> Written.header(each, "clova-failure"),
                        each -> Written.header(each, "clova-status"),
                        each -> Written.header(each, "clova-code"))
                .containsExactly(
                        tuple("ClovaRefusedException", "400", "40000"),
                        tuple("ClovaContextLengthException", "200", "40003"));
        assertThat(dead).allSatisfy(each -> assertThat(Written.header(each, "clova-reason"))
                .contains(Written.header(each, "clova-request-id")));
        assertThat(broker.in(Topics.ANSWERS)).hasSize(2);
        assertThat(service().requests()).hasSize(4);
    }

    @Test
    void aRecordWithoutAQuestionIsPutAsideWithoutACall() throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", broker.address()),
                new StringSerializer(),
                new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topics.QUESTIONS, "kim", null)).get();
        }

        RunningPipeline.at(broker.address(), service().baseUrl()).until(() -> broker.awaitLag(0));

        assertThat(broker.in(Topics.DEAD_LETTERS)).singleElement().satisfies(dead -> {
            assertThat(dead.value()).isNull();
            assertThat(Written.header(dead, "clova-failure")).isEqualTo("IllegalArgumentException");
        });
        assertThat(service().requests()).isEmpty();
    }

    @Test
    void whatMayPassIsAskedAgainUnderTheSameIdUntilItDoes() throws Exception {
        service()
                .replays(
                        Reply.json("{\"status\":").header("Connection", "close"),
                        Reply.text(503, "text/plain", "busy"),
                        Fault.CLOSED_EARLY.instead("{\"status\":{\"code\":\"20000\"}}"));
        broker.ask("How are you?");

        RunningPipeline.at(broker.address(), service().baseUrl()).until(() -> broker.awaitLag(0));

        ConsumerRecord<String, String> answer = broker.in(Topics.ANSWERS).get(0);
        assertThat(answer.key()).isEqualTo("kim");
        assertThat(answer.value()).contains("How are you?");
        assertThat(service().requests()).hasSize(4);
        assertThat(service().requests())
                .extracting(FailuresTest::requestId)
                .containsOnly(Written.header(answer, "clova-request-id"));
        assertThat(broker.in(Topics.DEAD_LETTERS)).isEmpty();
    }

    @Test
    void aRecordThatFailedUntilItWasGivenBackIsReadAgain() throws Exception {
        service().replays(halfTheJson(), halfTheJson(), halfTheJson());
        broker.ask("first", "last");

        RunningPipeline.at(broker.address(), service().baseUrl()).until(() -> broker.awaitLag(0));

        assertThat(broker.in(Topics.ANSWERS))
                .extracting(each -> Written.header(each, "clova-request-id"))
                .hasSize(2)
                .isSubsetOf(Written.expectedIds(broker.in(Topics.QUESTIONS)));
        assertThat(service().requests()).hasSize(5);
    }

    @Test
    void aWrongKeyIsNoRecordsFault() throws Exception {
        service().answers(request -> Reply.json(401, Fault.error("40104")));
        broker.ask("first", "last");

        RunningPipeline.at(broker.address(), service().baseUrl())
                .with("pipeline.keyDelay", "50")
                .until(() -> await().atMost(Duration.ofSeconds(30))
                        .until(() -> service().requests().size() > 6));

        assertThat(broker.lag()).isEqualTo(2);
        assertThat(broker.in(Topics.DEAD_LETTERS)).isEmpty();
        assertThat(service().requests())
                .extracting(FailuresTest::requestId)
                .containsOnly(requestId(service().requests().get(0)));
    }

    private static Reply halfTheJson() {
        return Reply.json("{\"status\":");
    }

    private static String requestId(ReceivedRequest request) {
        return request.header("X-NCP-CLOVASTUDIO-REQUEST-ID").orElseThrow();
    }

    private static ClovaStandIn service() {
        return SERVICE.get();
    }
}
