package io.github.camelclova.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.AnswerAggregationStrategy;
import io.github.camelclova.ClovaConstants;
import io.github.camelclova.PromptAggregationStrategy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The routes of the page about enriching. */
@InEveryDsl
class DocumentedEnrichmentTest extends DocumentedRoutes {

    private static final String QUESTION = "How loud is it? {{context}}";

    @BeforeEach
    void serveFacts() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:facts").setBody(simple("${variable.product}: 22 dB in sleep mode"));
            }
        });
    }

    @Test
    void theAnswerBecomesAFieldOfTheRecord() throws Exception {
        load("enrich");

        template.sendBody("direct:record", record());

        assertThat(bodiesAt("answers")).singleElement().satisfies(body -> {
            Map<?, ?> record = (Map<?, ?>) body;
            assertThat(record.keySet()).hasToString("[id, product, question, reply]");
            assertThat(record.get("question")).isEqualTo(QUESTION);
            assertThat(record.get("reply")).asString().startsWith("This is the stand-in");
        });
        assertThat(exchangesAt("answers").get(0).getMessage().getHeader(ClovaConstants.STOP_REASON))
                .isEqualTo("stop");
    }

    @Test
    void factsAndQuestionStandWhereTheTemplateSays() throws Exception {
        load("enrich");

        template.sendBody("direct:record", record());

        assertThat(request().json().at("/messages/0/content").asText()).isEqualTo("""
                        Answer by what is said here, and say so if it is not enough.

                        A300: 22 dB in sleep mode

                        Question: How loud is it? {{context}}
                        """);
    }

    @Test
    void aFailedCallLeavesTheRecordAsItWas() throws Exception {
        load("enrich");
        Map<String, Object> record = record();
        record.put("question", "hello #status:400");

        Exchange failed =
                template.send("direct:record", exchange -> exchange.getMessage().setBody(record));

        assertThat(failed.getException()).isNotNull();
        assertThat(failed.getMessage().getBody()).isEqualTo(record);
        assertThat(bodiesAt("answers")).isEmpty();
    }

    @Test
    void inJavaTheTemplateIsAText() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::java[]
                from("direct:ask")
                        .enrich(
                                "direct:facts",
                                new PromptAggregationStrategy("Facts: {{context}}\n\nQuestion: {{question}}"))
                        .enrich("clova:chat?model=HCX-005", new AnswerAggregationStrategy())
                        .to("direct:answers");
                // end::java[]
            }
        });

        ask("How loud?");

        assertThat(exchangesAt("answers").get(0).getMessage().getHeader(ClovaConstants.ORIGINAL_BODY))
                .asString()
                .endsWith("Question: How loud?");
    }

    private static Map<String, Object> record() {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("id", 7);
        record.put("product", "A300");
        record.put("question", QUESTION);
        return record;
    }
}
