package io.github.camelclova.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelclova.testing.Reply;
import io.github.camelclova.testing.Transcript;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

@InEveryDsl
class DocumentedToolsTest extends DocumentedRoutes {

    @Test
    void theRouteItselfCallsToolsAndBringsTheirResultsBack() throws Exception {
        service()
                .replays(
                        Reply.json(Transcript.load("transcripts/clova-v3/tool-calls.json")
                                .text()),
                        saying("It is on its way."));
        context.getRegistry().bind("parcels", new Parcels());
        load("tools");

        ask("Where is KR-5512?");

        assertThat(bodiesAt("answers")).containsExactly("It is on its way.");
        assertThat(service().requests().get(1).json().path("messages"))
                .extracting(message -> message.path("content").asText())
                .containsExactly("Where is KR-5512?", "", "Daejeon");
    }

    @Test
    void aRouteIsATool() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::tool-routes[]
                from("clova:tool/findOrder?description=Where an order is"
                                + "&parameter.number=string&parameter.number.required=true"
                                + "&parameter.number.description=The number of the order, such as A-17")
                        .setBody(simple("${body[number]} is in Daejeon"));

                from("direct:ask")
                        .to("clova:chat?model=HCX-005&toolRoutes=findOrder")
                        .to("direct:answers");
                // end::tool-routes[]
            }
        });

        assertToolIsCalled();
    }

    @Test
    void soItIsWithTheParametersOfAnyDsl() throws Exception {
        load("tool-routes");

        assertToolIsCalled();
    }

    private void assertToolIsCalled() {
        String call = "{\"id\":\"call_1\",\"function\":{\"name\":\"findOrder\",\"arguments\":{\"number\":\"A-17\"}}}";
        service()
                .replays(
                        Reply.json(
                                "{\"status\":{\"code\":\"20000\"},\"result\":{\"message\":{\"content\":\"\",\"toolCalls\":[%s]}}}"
                                        .formatted(call)),
                        saying("In Daejeon."));

        ask("Where is A-17?");

        assertThat(bodiesAt("answers")).containsExactly("In Daejeon.");
        assertThat(service().requests().get(1).json().at("/messages/2/content").textValue())
                .isEqualTo("A-17 is in Daejeon");
    }

    @Test
    void anAnswerFitsItsSchemaOrIsAskedForAgain() throws Exception {
        service().replays(saying("Three apples."), saying("{\"item\":\"apple\",\"pieces\":3}"));
        load("structured");

        ask("I want three apples");

        assertThat(bodiesAt("answers")).containsExactly("{\"item\":\"apple\",\"pieces\":3}");
        assertThat(request().json().at("/thinking/effort").asText()).isEqualTo("none");
    }

    @Test
    void anAnswerBecomesAnObject() throws Exception {
        service().replays(saying("{\"item\":\"apple\",\"pieces\":3}"));
        load("output-class");

        ask("I want three apples");

        assertThat(bodiesAt("answers")).containsExactly(new Order("apple", 3));
    }

    private static Reply saying(String text) {
        return Reply.json(
                "{\"status\":{\"code\":\"20000\"},\"result\":{\"message\":{\"role\":\"assistant\",\"content\":%s}}}"
                        .formatted(TextNode.valueOf(text)));
    }
}
