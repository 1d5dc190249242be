package io.github.camelclova;

import static io.github.camelclova.Target.OPENAI;
import static io.github.camelclova.Target.V3_MODEL;
import static io.github.camelclova.Target.read;
import static io.github.camelclova.Target.reply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.chat.ClovaRefusedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is fetched for a question becomes a prompt, and an answer stands beside the record that it is about. */
class AggregationTest {

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    private static final String INLINE = "About {{context}}: {{question}}";

    // ---- prompts

    /** What {@code fetched} and the question become. */
    private static Object prompt(AggregationStrategy strategy, Object fetched, Object question) {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:fetch").setBody(exchange -> fetched);
                from("direct:prompt").enrich("direct:fetch", strategy);
            }
        });
        return routes.send("direct:prompt", question, Map.of()).getMessage().getBody();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$1 and $0 and ${body}      | C:\\new\\table \\1",
                "서울은 수도입니다.         | 수도는 어디인가요?",
                "{{question}}               | {{context}}",
                "{{context}} {{question}}   | {{question}}{{context}}",
                "{{question                 | }}",
            })
    void textsStayWhatTheyAre(String fetched, String question) {
        assertThat(prompt(new PromptAggregationStrategy(INLINE), fetched, question))
                .isEqualTo("About " + fetched + ": " + question);
    }

    @Test
    void theReadyMadeTemplateHasBothTexts() {
        assertThat(prompt(new PromptAggregationStrategy(), "the facts", "the question"))
                .asString()
                .contains("the facts", "the question")
                .doesNotContain("{{");
    }

    @Test
    void aTemplateMayRepeatOrLeaveOutAMark() {
        assertThat(prompt(new PromptAggregationStrategy("{{context}}{{context}} $ {{other}} \\"), "a", "b"))
                .isEqualTo("aa $ {{other}} \\");
    }

    @Test
    void aTemplateMayBeAFile() {
        assertThat(prompt(new PromptAggregationStrategy("resource:classpath:prompts/enrich.txt"), "서울은 수도", "어디?"))
                .isEqualTo("자료:\n서울은 수도\n\n질문: 어디? ({{other}})\n");
    }

    @Test
    void aTemplateThatCannotBeReadFailsTheExchangeByName() {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:fetch").setBody(constant("facts"));
                from("direct:prompt")
                        .enrich("direct:fetch", new PromptAggregationStrategy("resource:classpath:none.txt"));
            }
        });

        Exchange failed = routes.send("direct:prompt", "question", Map.of());

        assertThat(failed.getException()).hasStackTraceContaining("classpath:none.txt");
        assertThat(failed.getMessage().getBody()).isEqualTo("question");
    }

    @Test
    void whatIsNotTextIsConverted() {
        assertThat(prompt(new PromptAggregationStrategy(INLINE), "서울".getBytes(StandardCharsets.UTF_8), 42))
                .isEqualTo("About 서울: 42");
    }

    @Test
    void nothingFetchedAndNothingAskedAreEmptyTexts() {
        assertThat(prompt(new PromptAggregationStrategy(INLINE), null, null)).isEqualTo("About : ");
    }

    @Test
    void aFileIsFetchedByPolling(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("facts.txt"), "서울은 $1 수도", StandardCharsets.UTF_8);
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:poll")
                        .pollEnrich(
                                "file:" + folder + "?noop=true&initialDelay=0&charset=UTF-8",
                                10_000,
                                new PromptAggregationStrategy(INLINE));
                from("direct:poll-nothing")
                        .pollEnrich("file:" + folder + "/none", 0, new PromptAggregationStrategy(INLINE));
            }
        });

        Exchange prompt = routes.send("direct:poll", "질문", Map.of());
        Exchange empty = routes.send("direct:poll-nothing", "질문", Map.of());

        assertThat(prompt.getMessage().getBody()).isEqualTo("About 서울은 $1 수도: 질문");
        assertThat(empty.getMessage().getBody()).isEqualTo("About : 질문");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFailedFetchFailsTheExchangeAndKeepsTheQuestion(boolean aggregateOnException) {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:fetch").throwException(new IllegalStateException("no facts"));
                from("direct:prompt")
                        .enrich("direct:fetch", new PromptAggregationStrategy(INLINE), aggregateOnException);
            }
        });

        Exchange failed = routes.send("direct:prompt", "question", Map.of());

        assertThat(failed.getException()).hasMessage("no facts");
        assertThat(failed.getMessage().getBody()).isEqualTo("question");
    }

    @Test
    void yamlDefinesTheStrategiesAsBeans() throws Exception {
        String yaml = """
                - beans:
                    - name: prompt
                      type: io.github.camelclova.PromptAggregationStrategy
                      properties:
                        template: "resource:classpath:prompts/enrich.txt"
                    - name: summary
                      type: io.github.camelclova.AnswerAggregationStrategy
                      properties:
                        field: summary
                - route:
                    from:
                      uri: direct:facts
                      steps:
                        - setBody:
                            constant: "서울은 수도"
                - route:
                    from:
                      uri: direct:prompt
                      steps:
                        - enrich:
                            expression:
                              constant: direct:facts
                            aggregationStrategy: prompt
                - route:
                    from:
                      uri: direct:record
                      steps:
                        - enrich:
                            expression:
                              constant: "%s"
                            aggregationStrategy: summary
                """.formatted(V3_MODEL.at(routes.service()));
        PluginHelper.getRoutesLoader(routes.context()).loadRoutes(ResourceHelper.fromString("rag.camel.yaml", yaml));
        routes.service().replays(reply(V3_MODEL.hello()));

        Exchange prompt = routes.send("direct:prompt", "어디?", Map.of());
        Exchange record = routes.send("direct:record", "{\"id\":7}", Map.of());

        assertThat(prompt.getMessage().getBody()).isEqualTo("자료:\n서울은 수도\n\n질문: 어디? ({{other}})\n");
        assertThat(read(record.getMessage().getBody(String.class))
                        .path("summary")
                        .textValue())
                .isEqualTo(hello());
    }

    // ---- answers

    private static String hello() {
        return V3_MODEL.message(V3_MODEL.hello()).path("content").textValue();
    }

    private static Exchange enrich(AnswerAggregationStrategy strategy, Object body, Map<String, ?> headers) {
        return enrich(strategy, false, body, headers);
    }

    private static Exchange enrich(
            AnswerAggregationStrategy strategy, boolean aggregateOnException, Object body, Map<String, ?> headers) {
        String uri = V3_MODEL.at(routes.service(), "bodyFormat=text");
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:record").enrich(uri, strategy, aggregateOnException);
            }
        });
        return routes.send("direct:record", body, headers);
    }

    @Test
    void withoutAFieldTheAnswerIsTheBodyAndTheRecordAHeader() {
        routes.service().replays(reply(V3_MODEL.hello()));

        Exchange enriched = enrich(new AnswerAggregationStrategy(), "the record", Map.of("Mine", 7));

        assertThat(enriched.getMessage().getBody()).isEqualTo(hello());
        assertThat(enriched.getMessage().getHeaders())
                .containsEntry(ClovaConstants.ORIGINAL_BODY, "the record")
                .containsEntry("Mine", 7)
                .containsEntry(ClovaConstants.STOP_REASON, "stop")
                .containsEntry(ClovaConstants.ATTEMPTS, 1);
    }

    @Test
    void aMapGetsAFieldAndStaysWhatItWas() {
        routes.service().replays(reply(V3_MODEL.hello()));
        Map<String, Object> record = new HashMap<>(Map.of("id", 7, "answer", "old"));

        Exchange enriched = enrich(new AnswerAggregationStrategy("answer"), record, Map.of());

        assertThat(enriched.getMessage().getBody()).isEqualTo(Map.of("id", 7, "answer", hello()));
        assertThat(record).containsEntry("answer", "old");
        assertThat(enriched.getMessage().getHeaders()).doesNotContainKey(ClovaConstants.ORIGINAL_BODY);
    }

    public record Greeting(String text) {}

    @Test
    void anAnswerThatIsAnInstanceStaysOne() {
        assertThat(enriched(new AnswerAggregationStrategy(), "the record")).isEqualTo(new Greeting("안녕"));
        assertThat(enriched(new AnswerAggregationStrategy("answer"), Map.of("id", 7)))
                .isEqualTo(Map.of("id", 7, "answer", new Greeting("안녕")));
        assertThat(read((String) enriched(new AnswerAggregationStrategy("answer"), "{\"id\":7}")))
                .isEqualTo(read("{\"id\":7,\"answer\":{\"text\":\"안녕\"}}"));
    }

    private static Object enriched(AnswerAggregationStrategy strategy, Object record) {
        String from = "direct:record-" + routes.context().getRoutesSize();
        String uri = OPENAI.at(routes.service(), "bodyFormat=text", "outputClass=" + Greeting.class.getName());
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(from).enrich(uri, strategy);
            }
        });
        ObjectNode answer = OPENAI.hello();
        OPENAI.message(answer).put("content", "{\"text\":\"안녕\"}");
        routes.service().replays(reply(answer));
        Exchange enriched = routes.send(from, record, Map.of());
        assertThat(enriched.getException()).isNull();
        return enriched.getMessage().getBody();
    }

    @Test
    void jsonGetsAField() {
        routes.service().replays(reply(V3_MODEL.hello()));

        Exchange enriched = enrich(
                new AnswerAggregationStrategy("answer"), "{\"id\":7.10,\"이름\":\"a\\\"b\",\"answer\":1}", Map.of());

        assertThat(read(enriched.getMessage().getBody(String.class)))
                .isEqualTo(read("{\"id\":7.10,\"이름\":\"a\\\"b\",\"answer\":\"%s\"}".formatted(hello())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "[1]", "7", "{\"a\":", "\"text\"", "{} {}"})
    void whatIsNoJsonObjectFailsAndIsKept(String record) {
        routes.service().replays(reply(V3_MODEL.hello()));

        Exchange failed = enrich(new AnswerAggregationStrategy("answer"), record, Map.of());

        assertThat(failed.getException()).hasStackTraceContaining("can have no field answer");
        assertThat(failed.getException().toString()).doesNotContain(hello());
        assertThat(failed.getMessage().getBody()).isEqualTo(record);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFailedCallFailsTheExchangeAndKeepsTheRecord(boolean aggregateOnException) {
        routes.service().replays(reply(V3_MODEL.refusal("40001", "no")).status(400));

        Exchange failed =
                enrich(new AnswerAggregationStrategy("answer"), aggregateOnException, "{\"id\":7}", Map.of("Mine", 7));

        assertThat(failed.getException()).isInstanceOf(ClovaRefusedException.class);
        assertThat(failed.getMessage().getBody()).isEqualTo("{\"id\":7}");
        assertThat(failed.getMessage().getHeaders()).containsEntry("Mine", 7);
    }

    @Test
    void nothingOfAnEarlierAnswerIsTakenForThisOne() {
        routes.service().replays(reply(V3_MODEL.hello()));

        Exchange enriched = enrich(
                new AnswerAggregationStrategy(),
                "the record",
                Map.of(
                        ClovaConstants.AI_FILTER_VERDICT,
                        "safe",
                        ClovaConstants.AI_FILTER_FLAGGED,
                        false,
                        ClovaConstants.CITATIONS.toLowerCase(Locale.ROOT),
                        List.of("https://example.org/old"),
                        ClovaConstants.TEMPERATURE,
                        0.5));

        assertThat(enriched.getMessage().getHeaders())
                .doesNotContainKeys(
                        ClovaConstants.AI_FILTER_VERDICT, ClovaConstants.AI_FILTER_FLAGGED, ClovaConstants.CITATIONS)
                .containsEntry(ClovaConstants.TEMPERATURE, 0.5);
    }
}
