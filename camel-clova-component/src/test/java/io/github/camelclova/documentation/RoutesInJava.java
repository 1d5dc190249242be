package io.github.camelclova.documentation;

import io.github.camelclova.AnswerAggregationStrategy;
import io.github.camelclova.PromptAggregationStrategy;
import io.github.camelclova.dsl.ClovaEndpointBuilderFactory.ClovaBuilders;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;

/** The routes that the guide prints in YAML and XML, in the endpoint DSL. */
// tag::class[]
class RoutesInJava extends EndpointRouteBuilder implements ClovaBuilders {
    // end::class[]

    private final String name;

    RoutesInJava(String name) {
        this.name = name;
    }

    @Override
    public void configure() {
        switch (name) {
            case "ask" -> ask();
            case "push" -> push();
            case "pull" -> pull();
            case "functions" -> functions();
            case "enrich" -> enrich();
            case "structured" -> structured();
            case "conversation" -> conversation();
            case "images" -> images();
            case "embed" -> embed();
            default -> throw new IllegalArgumentException(name);
        }
    }

    private void ask() {
        // tag::ask[]
        from(direct("ask"))
                .to(clova("chat")
                        .model("HCX-005")
                        .systemMessage("Answer in one sentence.")
                        .aiFilterPolicy("moderate"))
                .choice()
                .when(header(clova().clovaAiFilterFlagged()))
                .to(direct("review"))
                .otherwise()
                .to(direct("answers"));
        // end::ask[]
    }

    private void push() {
        // tag::push[]
        from(direct("ask"))
                .to(clova("chat").model("HCX-005").streamTo("direct:tokens"))
                // The whole answer, as if it had not been streamed.
                .to(direct("answers"));

        from(direct("tokens"))
                .choice()
                .when(header(clova().clovaEventType()).isEqualTo("token"))
                .to(direct("show"))
                .when(header(clova().clovaEventType()).isEqualTo("error"))
                .log("broke off after ${body}: ${exception.message}")
                .to(direct("broken-off"))
                .otherwise()
                .to(direct("end"));
        // end::push[]
    }

    private void pull() {
        // tag::pull[]
        from(direct("ask"))
                .to(clova("chat").model("HCX-005").streaming(true))
                .split(body())
                .streaming()
                .stopOnException()
                .choice()
                .when(header(clova().clovaStreamComplete()))
                .to(direct("answers"))
                .otherwise()
                .to(direct("show"));
        // end::pull[]
    }

    private void functions() {
        // tag::functions[]
        from(direct("ask"))
                .to(clova("chat").model("HCX-005").aiFilterPolicy("strict"))
                .choice()
                .when(simple("${clova-flagged('insult')} && ${clova-score('insult')} == 0"))
                .to(direct("rude"))
                .when(simple("${clova-flagged}"))
                .log("${clova-verdict} because of ${header.CamelClovaAiFilterReasons}")
                .to(direct("review"))
                .otherwise()
                .to(direct("answers"));
        // end::functions[]
    }

    private void enrich() {
        // tag::enrich[]
        AnswerAggregationStrategy answer = new AnswerAggregationStrategy();
        answer.setField("reply");
        PromptAggregationStrategy prompt = new PromptAggregationStrategy();
        prompt.setTemplate("resource:classpath:documentation/prompt.txt");

        // The body is a map, such as {"id": 7, "product": "A300", "question": "How loud is it?"}
        from(direct("record")).enrich(direct("ask"), answer, true).to(direct("answers"));

        from(direct("ask"))
                .setVariable("product", simple("${body[product]}"))
                .setBody(simple("${body[question]}"))
                .enrich(direct("facts"), prompt)
                .to(clova("chat").model("HCX-005"));
        // end::enrich[]
    }

    private void structured() {
        // tag::structured[]
        from(direct("ask"))
                .to(clova("chat")
                        .model("HCX-007")
                        .jsonSchema("resource:classpath:documentation/order.schema.json")
                        .structuredRetries(1))
                .to(direct("answers"));
        // end::structured[]
    }

    private void conversation() {
        // tag::conversation[]
        from(direct("ask"))
                .to(clova("chat")
                        .model("HCX-005")
                        .systemMessage("You sell ferry tickets.")
                        .conversationId("${header.session}")
                        .maxHistoryTokens(4000))
                .to(direct("answers"));
        // end::conversation[]
    }

    private void images() {
        // tag::images[]
        from(file("{{inbox}}"))
                .to(clova("chat").model("HCX-005").imagePrompt("Which goods are on this shelf?"))
                .to(direct("answers"));
        // end::images[]
    }

    private void embed() {
        // tag::embed[]
        from(direct("ask")).to(clova("embeddings")).to(direct("answers"));
        // end::embed[]
    }
}
