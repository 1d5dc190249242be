package io.github.camelclova;

import static io.github.camelclova.Target.V3_MODEL;
import static io.github.camelclova.Target.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.testing.ReceivedRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What one step leaves in the headers for the next: those that go in and out under one name carry over. */
class ChainedCallsTest {

    private static final String REQUEST_ID = "X-NCP-CLOVASTUDIO-REQUEST-ID";

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    @BeforeEach
    void twoAnswers() {
        routes.service()
                .replays(
                        reply(V3_MODEL.transcript("filtered")).header("x-ratelimit-remaining-tokens", "1"),
                        reply(V3_MODEL.hello()));
    }

    @Test
    void theSecondCallGoesByTheRequestIdOfTheFirst() {
        Exchange answer = inTurn("", Map.of());

        List<String> ids = routes.service().requests().stream()
                .map(request -> request.header(REQUEST_ID).orElseThrow())
                .toList();
        assertThat(ids).hasSize(2);
        assertThat(ids.get(1)).isEqualTo(ids.get(0));
        assertThat(answer.getMessage().getHeader(ClovaConstants.REQUEST_ID)).isEqualTo(ids.get(0));
    }

    @Test
    void theSecondCallUsesTheSeedOfTheFirstAnswer() {
        Exchange answer = inTurn("&seed=5", Map.of());

        assertThat(request(0).json().has("seed")).isFalse();
        assertThat(request(1).json().path("seed").longValue()).isEqualTo(77);
        assertThat(answer.getMessage().getHeader(ClovaConstants.SEED)).isEqualTo(4_294_967_295L);
    }

    @Test
    void whereHeadersDoNotCountTheSeedOfTheFirstAnswerDoesNotEither() {
        inTurn("&seed=5&allowedHeaderOverrides=none", Map.of());

        assertThat(request(1).json().path("seed").longValue()).isEqualTo(5);
    }

    @Test
    void removingTheHeadersBetweenMakesTheSecondCallItsOwn() {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:apart")
                        .to(V3_MODEL.at(routes.service()))
                        .removeHeaders("CamelClova*")
                        .to(V3_MODEL.at(routes.service()) + "&seed=5");
            }
        });

        routes.send("direct:apart", "hello", Map.of());

        Set<String> ids = new HashSet<>();
        routes.service()
                .requests()
                .forEach(request -> ids.add(request.header(REQUEST_ID).orElseThrow()));
        assertThat(ids).hasSize(2);
        assertThat(request(1).json().path("seed").longValue()).isEqualTo(5);
    }

    @Test
    void whatTheRouteAskedForStaysAndTheFirstAnswerIsTheSecondQuestion() {
        Exchange answer = inTurn("", Map.of(ClovaConstants.TEMPERATURE, 0.25, "shop", 7));

        assertThat(request(1).json().at("/messages/0/content").textValue()).isEqualTo("That was unkind.");
        assertThat(request(1).json().path("temperature").doubleValue()).isEqualTo(0.25);
        assertThat(answer.getMessage().getHeaders())
                .containsEntry(ClovaConstants.TEMPERATURE, 0.25)
                .containsEntry("shop", 7)
                .doesNotContainKey(ClovaConstants.RATE_LIMIT);
    }

    private static Exchange inTurn(String second, Map<String, ?> headers) {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:chain").to(V3_MODEL.at(routes.service())).to(V3_MODEL.at(routes.service()) + second);
            }
        });
        Exchange answer = routes.send("direct:chain", "hello", headers);
        assertThat(answer.getException()).isNull();
        return answer;
    }

    private static ReceivedRequest request(int index) {
        return routes.service().requests().get(index);
    }
}
