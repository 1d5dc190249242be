package io.github.camelclova.documentation;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.ClovaComponent;
import io.github.camelclova.ClovaConfiguration;
import io.github.camelclova.ClovaConstants;
import io.github.camelclova.chat.ClovaAuthenticationException;
import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaConnectionException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.chat.ClovaTruncatedException;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.Ending;
import io.github.camelclova.testing.LiveReply;
import io.github.camelclova.testing.Markers;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.test.junit5.CamelTestSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page about testing is cut from here: a test of routes as a user would write it. */
class DocumentedTestingTest extends CamelTestSupport {

    // tag::service[]
    @RegisterExtension
    static final ClovaStandInExtension SERVICE =
            new ClovaStandInExtension(ClovaStandIn.builder().requireKey("nv-of-the-test"));

    @Override
    protected CamelContext createCamelContext() throws Exception {
        CamelContext context = super.createCamelContext();
        ClovaConfiguration clova =
                context.getComponent("clova", ClovaComponent.class).getConfiguration();
        clova.setBaseUrl(SERVICE.get().baseUrl());
        clova.setApiKey("nv-of-the-test");
        clova.setRetryDelay(1L);
        return context;
    }
    // end::service[]

    @Override
    protected RoutesBuilder createRouteBuilder() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                // tag::routes[]
                from("direct:ask")
                        .to("clova:chat?model=HCX-005&systemMessage=You sell tickets.&aiFilterPolicy=moderate")
                        .choice()
                        .when(header(ClovaConstants.AI_FILTER_FLAGGED))
                        .to("mock:review")
                        .otherwise()
                        .to("mock:answers");

                from("direct:tell").to("clova:chat?model=HCX-005&streamTo=direct:tokens");
                from("direct:tokens").to("mock:tokens");
                // end::routes[]
                from("direct:short")
                        .to("clova:chat?model=HCX-005&streamTo=direct:first")
                        .to("mock:answers");
                from("direct:first").to("mock:tokens").setHeader(ClovaConstants.CANCEL, constant(true));
            }
        };
    }

    // tag::ask[]
    @Test
    void aQuestionIsAskedWithItsInstructions() {
        template.sendBody("direct:ask", "When does the ferry leave?");

        String answer = bodiesAt("mock:answers").get(0);
        assertThat(answer).contains("stand-in").contains("When does the ferry leave?");

        ReceivedRequest request = SERVICE.get().requests().get(0);
        assertThat(request.path()).isEqualTo("/v3/chat-completions/HCX-005");
        assertThat(request.json().at("/messages/0/content").asText()).isEqualTo("You sell tickets.");
    }
    // end::ask[]

    // tag::scripted[]
    @Test
    void theAnswerGoesOnAsTheServiceGaveIt() {
        SERVICE.get().replays(Reply.json("""
                {
                  "status": {"code": "20000"},
                  "result": {
                    "message": {"role": "assistant", "content": "At nine."},
                    "finishReason": "stop",
                    "usage": {"promptTokens": 20, "completionTokens": 3, "totalTokens": 23},
                    "aiFilter": [
                      {"name": "insult", "score": "2"},
                      {"name": "discrimination", "score": "2"},
                      {"name": "sexualHarassment", "score": "2"}
                    ]
                  }
                }
                """));

        template.sendBody("direct:ask", "When does the ferry leave?");

        assertThat(bodiesAt("mock:answers")).containsExactly("At nine.");
    }
    // end::scripted[]

    // tag::markers[]
    @Test
    void anAnswerThatInsultsGoesToReview() {
        template.sendBody("direct:ask", "When does the ferry leave? " + Markers.score("insult", 0));

        assertThat(bodiesAt("mock:review")).hasSize(1);
        assertThat(bodiesAt("mock:answers")).isEmpty();
    }

    @Test
    void soDoesOneThatTheFilterDidNotJudge() {
        template.sendBody("direct:ask", "When does the ferry leave? " + Markers.NO_FILTER);

        assertThat(bodiesAt("mock:review")).hasSize(1);
    }

    @Test
    void aFailureNamesTheServicesCode() {
        Exception failure = failureOf("direct:ask", "When? " + Markers.code(40005));

        assertThat(failure).isInstanceOfSatisfying(ClovaException.class, refused -> {
            assertThat(refused.getCode()).isEqualTo("40005");
            assertThat(refused.isRetryable()).isFalse();
        });
    }
    // end::markers[]

    // tag::faults[]
    @Test
    void aServiceThatFailsOnceIsAskedAgain() {
        SERVICE.get().replays(Reply.json(503, "{}").header("Retry-After", "0"));

        template.sendBody("direct:ask", "When does the ferry leave?");

        assertThat(bodiesAt("mock:answers")).hasSize(1);
        assertThat(SERVICE.get().requests()).hasSize(2);
    }

    @Test
    void aConnectionThatIsResetIsAFailure() {
        SERVICE.get().replaysAlways(Reply.nothing().ending(Ending.RESET));

        assertThat(failureOf("direct:ask", "When?")).isInstanceOf(ClovaConnectionException.class);
    }

    @Test
    void aServiceThatSaysNothingMeetsItsClock() {
        SERVICE.get().replays(Reply.nothing());

        Exchange asked =
                template.request("clova:chat?model=HCX-005&responseTimeout=200", exchange -> exchange.getMessage()
                        .setBody("When?"));

        assertThat(asked.getException())
                .isInstanceOfSatisfying(ClovaTimeoutException.class, late -> assertThat(late.getOption())
                        .isEqualTo("responseTimeout"));
    }
    // end::faults[]

    // tag::live[]
    @Test
    void aTokenIsHereBeforeTheNextOneIsWritten() {
        LiveReply live = new LiveReply();
        SERVICE.get().replays(live.reply());
        Future<Exchange> asked = template.asyncSend(
                "direct:tell", exchange -> exchange.getMessage().setBody("Tell me a story."));
        live.awaitStarted(ofSeconds(5));

        live.send(token("Once "));
        await().untilAsserted(() -> assertThat(bodiesAt("mock:tokens")).containsExactly("Once "));
        live.send(token("upon "));
        live.breakOff();

        await().until(asked::isDone);
        // The closing exchange has the text so far: half an answer is no answer.
        assertThat(bodiesAt("mock:tokens")).containsExactly("Once ", "upon ", "Once upon ");
        assertThat(asked).succeedsWithin(ofSeconds(1)).satisfies(exchange -> assertThat(exchange.getException())
                .isInstanceOf(ClovaTruncatedException.class));
    }

    @Test
    void aRouteThatHasHeardEnoughStopsTheService() {
        LiveReply live = new LiveReply();
        SERVICE.get().replays(live.reply());
        Future<Exchange> asked = template.asyncSend(
                "direct:short", exchange -> exchange.getMessage().setBody("Tell me a story."));
        live.awaitStarted(ofSeconds(5));

        live.send(token("Once "));

        live.awaitClientGone(ofSeconds(5));
        assertThat(asked).succeedsWithin(ofSeconds(5)).satisfies(exchange -> assertThat(exchange.getException())
                .isInstanceOf(ClovaCancelledException.class));
    }

    private static String token(String text) {
        return "event:token\ndata:{\"message\":{\"role\":\"assistant\",\"content\":\"%s\"}}\n\n".formatted(text);
    }
    // end::live[]

    // tag::key[]
    @Test
    void aWrongKeyIsToldAsSuch() {
        Exchange asked =
                template.request("clova:chat?model=HCX-005&apiKey=nv-of-yesterday", exchange -> exchange.getMessage()
                        .setBody("When?"));

        assertThat(asked.getException()).isInstanceOf(ClovaAuthenticationException.class);
    }
    // end::key[]

    // tag::operations[]
    @Test
    void equalTextsHaveEqualVectors() {
        List<?> one = template.requestBody("clova:embeddings", "ferry", List.class);
        List<?> other = template.requestBody("clova:embeddings", "ferry", List.class);

        assertThat(one).hasSize(1024).isEqualTo(other);
    }
    // end::operations[]

    private Exception failureOf(String endpoint, String question) {
        return template.send(endpoint, exchange -> exchange.getMessage().setBody(question))
                .getException();
    }

    private List<String> bodiesAt(String mock) {
        return getMockEndpoint(mock).getReceivedExchanges().stream()
                .map(exchange -> exchange.getMessage().getBody(String.class))
                .toList();
    }
}
