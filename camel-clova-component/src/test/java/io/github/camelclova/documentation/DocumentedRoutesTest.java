package io.github.camelclova.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.ClovaConstants;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.testing.ReceivedRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every route that README and guide print does what they say. The printed text is taken from here and from the files beside. */
@InEveryDsl
class DocumentedRoutesTest extends DocumentedRoutes {

    @Test
    void theFirstRouteInYamlPartsFlaggedAnswersFromTheOthers() throws Exception {
        load("ask");

        asksTwice();
    }

    @Test
    void theFirstRouteInJavaDoesTheSame() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::ask[]
                from("direct:ask")
                        .to("clova:chat?model=HCX-005&systemMessage=Answer in one sentence.&aiFilterPolicy=moderate")
                        .choice()
                        .when(header(ClovaConstants.AI_FILTER_FLAGGED))
                        .to("direct:review")
                        .otherwise()
                        .to("direct:answers");
                // end::ask[]
            }
        });

        asksTwice();
    }

    private void asksTwice() {
        ask("배송은 언제 오나요?");
        ask("이 바보야");

        assertThat(bodiesAt("answers")).singleElement().asString().contains("배송은 언제 오나요?");
        assertThat(bodiesAt("review")).singleElement().asString().contains("이 바보야");
        assertThat(request().path()).isEqualTo("/v3/chat-completions/HCX-005");
        assertThat(request().json().at("/messages/0/content").asText()).isEqualTo("Answer in one sentence.");
    }

    @Test
    void anOpenAiCompatibleServiceNeedsADialectAnAddressAndAModel() throws Exception {
        load("openai", "http://localhost:11435/v1", service().openAiBaseUrl());

        ask("hello");

        assertThat(request().path()).isEqualTo("/v1/chat/completions");
        assertThat(request().json().path("model").asText()).isEqualTo("my-model");
    }

    @Test
    void aConversationIsJsonWhereTheRouteSaysSo() throws Exception {
        load("messages");

        ask("");

        assertThat(request().json().path("messages"))
                .extracting(message -> message.path("role").asText())
                .containsExactly("user", "assistant", "user");
    }

    @Test
    void aConversationFromJavaIsAListOfMessages() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::messages[]
                from("direct:ask")
                        .setBody(exchange -> List.of(
                                ChatMessage.system("You translate into Korean."),
                                ChatMessage.user(exchange.getMessage().getBody(String.class))))
                        .to("clova:chat?model=HCX-005&allowSystemInBody=true");
                // end::messages[]
            }
        });

        ask("Good morning");

        assertThat(request().json().path("messages"))
                .extracting(message -> message.path("role").asText())
                .containsExactly("system", "user");
    }

    @Test
    void aHeaderOverridesAnOptionInTheAllowedGroupsOnly() throws Exception {
        load("overrides");

        template.requestBodyAndHeaders(
                "direct:ask",
                "hello",
                Map.of(ClovaConstants.MODEL, "HCX-007", ClovaConstants.SYSTEM_MESSAGE, "Be brief."));

        assertThat(request().path()).endsWith("/HCX-005");
        assertThat(request().json().path("temperature").asDouble()).isEqualTo(0.2);
        assertThat(request().json().path("maxTokens").asInt()).isEqualTo(500);
        assertThat(request().json().at("/messages/0/content").asText()).isEqualTo("Be brief.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#status:429", "#status:503", "#code:42901", "#code:50000"})
    void whatMayPassIsAskedLater(String marker) throws Exception {
        load("failures");

        ask("hello " + marker);

        assertThat(bodiesAt("ask-later")).containsExactly("hello " + marker);
        assertThat(bodiesAt("answers")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"#status:400", "#status:401", "#code:40003", "#code:40005"})
    void whatWillNotPassIsGivenUp(String marker) throws Exception {
        load("failures");

        ask("hello " + marker);

        assertThat(bodiesAt("give-up")).containsExactly("hello " + marker);
        assertThat(bodiesAt("ask-later")).isEmpty();
    }

    @Test
    void aThresholdMakesOneCategoryStricter() throws Exception {
        load("thresholds");

        ask("one #insult:1");
        ask("two #discrimination:1");
        ask("three #discrimination:0");
        ask("four #no-filter");

        assertThat(bodiesAt("rude")).singleElement().asString().contains("one");
        assertThat(bodiesAt("answers")).singleElement().asString().contains("two");
        assertThat(bodiesAt("review")).hasSize(2);
    }

    @Test
    void aFlaggedAnswerCanFailTheExchange() throws Exception {
        load("held-back");

        ask("hello #insult:1");

        assertThat(bodiesAt("review")).singleElement().asString().contains("hello");
        assertThat(bodiesAt("answers")).isEmpty();
    }

    @Test
    void theProxyOfTheHttpsComponentIsUsed() throws Exception {
        useProxy("localhost", service().port());

        Exchange failed = template.request(
                "clova:chat?model=HCX-005&baseUrl=https://clova.example.org&apiKey=RAW(none)",
                exchange -> exchange.getMessage().setBody("hello"));

        assertThat(failed.getException()).isNotNull();
        ReceivedRequest request = service().awaitRequest(0, Duration.ofSeconds(5));
        assertThat(request.method()).isEqualTo("CONNECT");
        assertThat(request.path()).isEqualTo("clova.example.org:443");
    }

    private void useProxy(String proxyHost, int proxyPort) {
        // tag::proxy[]
        HttpComponent https = context.getComponent("https", HttpComponent.class);
        https.setProxyHost(proxyHost);
        https.setProxyPort(proxyPort);
        // end::proxy[]
    }
}
