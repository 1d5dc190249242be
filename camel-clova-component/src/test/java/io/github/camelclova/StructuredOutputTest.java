package io.github.camelclova;

import static io.github.camelclova.Target.OPENAI;
import static io.github.camelclova.Target.V3_MODEL;
import static io.github.camelclova.Target.read;
import static io.github.camelclova.Target.reply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaSchemaException;
import io.github.camelclova.moderation.AiFilterPolicy;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that have to fit a schema, given or derived from a class, and what happens to those that do not. */
class StructuredOutputTest {

    private static final String SCHEMA = "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"},"
            + "\"ships\":{\"type\":\"integer\"}},\"required\":[\"city\",\"ships\"],\"additionalProperties\":false}";
    private static final String INLINE = "jsonSchema=" + SCHEMA;
    private static final String RESOURCE = "jsonSchema=resource:classpath:tools/harbour.schema.json";
    private static final String DERIVED = "outputClass=" + Harbour.class.getName();
    private static final String GOOD = "{\"city\":\"부산\",\"ships\":7}";
    private static final String QUESTION = "배가 몇 척이에요?";

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    record Harbour(String city, int ships) {}

    enum Weather {
        CALM,
        STORMY
    }

    record Berth(@JsonProperty("berth_number") int number, boolean free) {}

    record Report(Weather weather, List<Berth> berths, Harbour harbour) {}

    record Arrival(String ship, LocalDate day) {}

    record Chain(String name, Chain next) {}

    /** Takes no more ships than it has room for. */
    record Full(int ships) {
        Full {
            if (ships > 9) {
                throw new IllegalArgumentException("secret " + ships);
            }
        }
    }

    /** As beans are. */
    public static final class Lighthouse {
        private String name;
        private double height;

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public double getHeight() {
            return height;
        }

        public void setHeight(double height) {
            this.height = height;
        }
    }

    // ---- what is asked

    @ParameterizedTest
    @ValueSource(strings = {INLINE, RESOURCE})
    void v3IsAskedForTheSchemaAndNotToThink(String option) {
        JsonNode request = requestOf(V3_MODEL, option);

        assertThat(request.path("responseFormat"))
                .isEqualTo(read("{\"type\":\"json\",\"schema\":%s}".formatted(SCHEMA)));
        assertThat(request.path("thinking")).isEqualTo(read("{\"effort\":\"none\"}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {INLINE, RESOURCE})
    void openAiCompatibleServicesAreAskedForAJsonSchema(String option) {
        JsonNode request = requestOf(OPENAI, option);

        assertThat(request.path("response_format"))
                .isEqualTo(read(
                        "{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"answer\",\"strict\":true,\"schema\":%s}}"
                                .formatted(SCHEMA)));
        assertThat(request.has("reasoning_effort")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_MODEL", "OPENAI"})
    void aClassHasASchemaInWhichNothingMayBeMissingOrMore(Target target) {
        JsonNode request = requestOf(target, DERIVED);

        assertThat(schema(target, request)).isEqualTo(read(SCHEMA));
    }

    @Test
    void nestedMembersListsAndEnumsAreWrittenOut() {
        service(
                V3_MODEL,
                "{\"weather\":\"CALM\",\"berths\":[{\"berth_number\":1,\"free\":true}],\"harbour\":" + GOOD + "}");

        Exchange answer = ask(V3_MODEL, "outputClass=" + Report.class.getName());

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getBody())
                .isEqualTo(new Report(Weather.CALM, List.of(new Berth(1, true)), new Harbour("부산", 7)));
        assertThat(schema(V3_MODEL, request(0))).isEqualTo(read("""
                        {"type":"object","additionalProperties":false,"required":["berths","harbour","weather"],"properties":{
                          "weather":{"type":"string","enum":["CALM","STORMY"]},
                          "harbour":%s,
                          "berths":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["berth_number","free"],
                            "properties":{"berth_number":{"type":"integer"},"free":{"type":"boolean"}}}}}}""".formatted(SCHEMA)));
    }

    @Test
    void theModelThatAHeaderNamesDoesNotThinkEither() {
        service(V3_MODEL, GOOD);
        String uri = V3_MODEL.bare(routes.service(), "allowedHeaderOverrides=model", INLINE);

        Exchange answer = routes.ask(uri, QUESTION, Map.of(ClovaConstants.MODEL, "HCX-007"));

        assertThat(answer.getException()).isNull();
        assertThat(request(0).at("/thinking/effort").textValue()).isEqualTo("none");
    }

    static Stream<Arguments> refusals() {
        return Stream.of(INLINE, DERIVED)
                .flatMap(schema -> Stream.of(
                        Arguments.of(V3_MODEL, "model=HCX-005", schema, "jsonSchema or outputClass needs a model"),
                        Arguments.of(V3_MODEL, "model=HCX-DASH-002", schema, "jsonSchema or outputClass needs a model"),
                        Arguments.of(Target.V3_TASK, "taskId=abc", schema, "tuned task"),
                        Arguments.of(V3_MODEL, "model=HCX-007", schema + "&thinkingEffort=low", "thinkingEffort=none"),
                        Arguments.of(OPENAI, "model=small-1", schema + "&responseFormat=text", "responseFormat")));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatTheServiceWouldRefuseKeepsTheRouteFromStarting(Target target, String asked, String options, String named) {
        assertThat(routes.refusalOf(target.bare(routes.service(), asked, options)))
                .hasMessageStartingWith("Options: ")
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jsonSchema={\"type\":                                     | malformed JSON at line 1",
                "jsonSchema=[1]                                            | no JSON Schema of an object",
                "jsonSchema={\"type\":\"string\"}                          | no JSON Schema of an object",
                "jsonSchema={\"type\":[\"object\",\"null\"]}               | no JSON Schema of an object",
                "jsonSchema={\"properties\":{\"a\":{\"type\":\"text\"}}}   | is no JSON Schema: $.properties.a.type",
                "jsonSchema={\"required\":\"a\"}                           | is no JSON Schema: $.required",
                "jsonSchema={\"$ref\":\"http://localhost:1/x\"}            | is no usable JSON Schema",
                "jsonSchema=resource:classpath:tools/none.json             | cannot read classpath:tools/none.json",
                "outputClass=no.such.Type                                  | there is no class no.such.Type",
                "outputClass=java.lang.String                              | no JSON Schema of an object",
                "outputClass=java.util.List                                | no JSON Schema of an object",
                "outputClass=io.github.camelclova.StructuredOutputTest$Chain | no schema can be made of",
                "structuredRetries=1                                       | needs jsonSchema or outputClass",
            })
    void aSchemaThatCannotBeUsedIsRefusedByName(String option, String problem) {
        assertThat(routes.refusalOf(V3_MODEL.bare(routes.service(), "model=HCX-007", option)))
                .hasMessageStartingWith("Option " + option.substring(0, option.indexOf('=')) + ": ")
                .hasMessageContaining(problem);
    }

    @Test
    void thereIsOneSchema() {
        assertThat(routes.refusalOf(V3_MODEL.bare(routes.service(), "model=HCX-007", INLINE, DERIVED)))
                .hasMessage("Option outputClass: cannot stand beside jsonSchema");
    }

    @Test
    void aHeaderNamesNoClassAndNoSchema() {
        service(V3_MODEL, "text");
        Map<String, Object> headers = new HashMap<>();
        for (String option : List.of("OutputClass", "JsonSchema", "Tools", "ToolChoice", "StructuredRetries")) {
            headers.put("CamelClova" + option, Harbour.class.getName());
        }
        String uri = V3_MODEL.bare(routes.service(), "model=HCX-007", "allowedHeaderOverrides=all");

        Exchange answer = routes.ask(uri, QUESTION, headers);

        assertThat(answer.getMessage().getBody()).isEqualTo("text");
        assertThat(request(0).properties()).extracting(Map.Entry::getKey).containsExactly("messages");
    }

    // ---- answers that fit

    @ParameterizedTest
    @EnumSource(names = {"V3_MODEL", "OPENAI"})
    void anAnswerThatFitsAGivenSchemaStaysText(Target target) {
        service(target, " " + GOOD + "\n");

        assertThat(ask(target, INLINE).getMessage().getBody()).isEqualTo(" " + GOOD + "\n");
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_MODEL", "OPENAI"})
    void anAnswerThatFitsAClassIsItsInstance(Target target) {
        service(target, GOOD);

        assertThat(ask(target, DERIVED).getMessage().getBody()).isEqualTo(new Harbour("부산", 7));
    }

    @Test
    void aBeanIsFilled() {
        service(V3_MODEL, "{\"name\":\"팔미도\",\"height\":7.9}");

        Object body = ask(V3_MODEL, "outputClass=" + Lighthouse.class.getName())
                .getMessage()
                .getBody();

        assertThat(((Lighthouse) body).getName()).isEqualTo("팔미도");
        assertThat(((Lighthouse) body).getHeight()).isEqualTo(7.9);
    }

    @Test
    void theRegistrysObjectMapperReadsWhatOnlyItCan() {
        ObjectMapper dates = new ObjectMapper()
                .registerModule(new SimpleModule().addDeserializer(LocalDate.class, new JsonDeserializer<LocalDate>() {
                    @Override
                    public LocalDate deserialize(JsonParser parser, DeserializationContext context) throws IOException {
                        return LocalDate.parse(parser.getText());
                    }
                }));
        routes.context().getRegistry().bind("mapper", dates);
        service(V3_MODEL, "{\"ship\":\"해맞이\",\"day\":\"2026-11-22\"}");
        try {
            Exchange answer = ask(V3_MODEL, "outputClass=" + Arrival.class.getName());

            assertThat(answer.getMessage().getBody()).isEqualTo(new Arrival("해맞이", LocalDate.of(2026, 11, 22)));
            assertThat(schema(V3_MODEL, request(0)).at("/properties/day"))
                    .isEqualTo(read("{\"type\":\"string\",\"format\":\"date\"}"));
        } finally {
            routes.context().getRegistry().unbind("mapper");
        }
    }

    // ---- answers that do not

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "부산 secret                                   | not JSON, at line 1, column",
                "{\"city\":\"secret\",                         | not JSON, at line 1, column",
                "{\"city\":\"secret\",\"ships\":7} and more    | not JSON, at line 1, column",
                "\"secret\"                                    | $ breaks type",
                "null                                          | $ breaks type",
                "{\"city\":\"secret\"}                         | $ breaks required of ships",
                "{\"city\":\"a\",\"ships\":\"secret\"}         | $.ships breaks type",
                "{\"city\":7,\"ships\":\"secret\"}             | $.city breaks type; $.ships breaks type",
                "{\"city\":\"a\",\"ships\":7,\"secret\":1}     | $ breaks additionalProperties",
            })
    void anAnswerThatDoesNotFitFailsNamingPlaceAndRule(String text, String problem) {
        for (Target target : List.of(V3_MODEL, OPENAI)) {
            for (String option : List.of(INLINE, DERIVED)) {
                service(target, text);

                Exchange failed = ask(target, option);

                ClovaSchemaException failure = (ClovaSchemaException) failed.getException();
                assertThat(failure.getText()).isEqualTo(text);
                assertThat(failure.getMessage())
                        .contains("does not fit: " + problem)
                        .doesNotContain("secret");
                assertThat(failure.getCause()).isNull();
                assertThat(failure.getStatusCode()).isEqualTo(200);
                assertThat(failed.getMessage().getBody()).isEqualTo(QUESTION);
                assertThat(failed.getMessage().getHeaders()).isEmpty();
            }
        }
    }

    @Test
    void aClassMayRefuseWhatItsSchemaTakes() {
        service(V3_MODEL, "{\"ships\":12}");

        ClovaSchemaException failure = (ClovaSchemaException)
                ask(V3_MODEL, "outputClass=" + Full.class.getName()).getException();

        assertThat(failure)
                .hasMessageContaining("does not take it")
                .hasMessageNotContaining("secret")
                .hasNoCause();
        assertThat(failure.getText()).isEqualTo("{\"ships\":12}");
    }

    @Test
    void anAnswerThatWasCutDoesNotFit() {
        ObjectNode cut = saying(V3_MODEL, "{\"city\":\"부");
        V3_MODEL.choice(cut).put("finishReason", "length");
        routes.service().replays(reply(cut));

        assertThat(ask(V3_MODEL, INLINE).getException()).isInstanceOf(ClovaSchemaException.class);
    }

    @Test
    void toolCallsComeInPlaceOfAnAnswer() {
        routes.service().replays(reply(OPENAI.transcript("tool-calls")));

        Exchange answer = ask(OPENAI, DERIVED, "tools=[{\"name\":\"find_parcel\"}]");

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getHeader(ClovaConstants.TOOL_CALLS)).isNotNull();
    }

    // ---- asking again

    @ParameterizedTest
    @EnumSource(names = {"V3_MODEL", "OPENAI"})
    void theModelIsToldWhatDidNotFit(Target target) {
        service(target, "{\"city\":\"부산\"}");
        service(target, GOOD);

        Exchange answer = ask(target, DERIVED, "structuredRetries=1", "systemMessage=Be brief.");

        assertThat(answer.getMessage().getBody()).isEqualTo(new Harbour("부산", 7));
        assertThat(answer.getMessage().getHeader(ClovaConstants.ATTEMPTS)).isEqualTo(2);
        assertThat(request(1).path("messages"))
                .extracting(message -> message.path("role").textValue())
                .containsExactly("system", "user", "assistant", "user");
        assertThat(request(1).at("/messages/1/content").textValue()).isEqualTo(QUESTION);
        assertThat(request(1).at("/messages/2/content").textValue()).isEqualTo("{\"city\":\"부산\"}");
        assertThat(request(1).at("/messages/3/content").textValue()).contains("$ breaks required of ships");
        assertThat(schema(target, request(1))).isEqualTo(read(SCHEMA));
    }

    @Test
    void theModelIsNotAskedMoreOftenThanItMayBe() {
        service(V3_MODEL, "one");
        service(V3_MODEL, "two");
        service(V3_MODEL, "three");

        Exchange failed = ask(V3_MODEL, INLINE, "structuredRetries=2");

        assertThat(((ClovaSchemaException) failed.getException()).getText()).isEqualTo("three");
        assertThat(failed.getMessage().getBody()).isEqualTo(QUESTION);
        assertThat(routes.service().requests()).hasSize(3);
        assertThat(request(2).path("messages")).hasSize(5);
    }

    @Test
    void whatAClassRefusesIsAskedForAgainToo() {
        service(V3_MODEL, "{\"ships\":12}");
        service(V3_MODEL, "{\"ships\":9}");

        Exchange answer = ask(V3_MODEL, "outputClass=" + Full.class.getName(), "structuredRetries=1");

        assertThat(answer.getMessage().getBody()).isEqualTo(new Full(9));
    }

    @Test
    void aFailureOfTheSecondCallIsItsOwn() {
        service(V3_MODEL, "one");
        routes.service().replays(reply(V3_MODEL.refusal("40001", "no")).status(400));

        Exchange failed = ask(V3_MODEL, INLINE, "structuredRetries=3");

        assertThat(((ClovaException) failed.getException()).getCode()).isEqualTo("40001");
        assertThat(failed.getMessage().getBody()).isEqualTo(QUESTION);
    }

    @Test
    void whatIsHeldBackIsNotSentBackToTheModel() {
        ObjectNode flagged = V3_MODEL.transcript("filtered");
        ((ObjectNode) flagged.at("/result/aiFilter/0")).put("score", "0");
        routes.service().replays(reply(flagged));

        Exchange answer = ask(
                V3_MODEL,
                INLINE,
                "structuredRetries=2",
                "aiFilterPolicy=moderate",
                "aiFilterAction=replace",
                "aiFilterReplacement=withheld");

        assertThat(answer.getMessage().getBody()).isEqualTo("withheld");
        assertThat(routes.service().requests()).hasSize(1);
    }

    @Test
    void aPolicyIsAskedOnceAboutEachAnswer() {
        List<String> judged = new CopyOnWriteArrayList<>();
        AiFilterPolicy mine = (verdicts, answer) -> {
            judged.add(answer);
            return List.of();
        };
        routes.context().getRegistry().bind("mine", mine);
        service(V3_MODEL, "one");
        service(V3_MODEL, GOOD);

        ask(V3_MODEL, INLINE, "structuredRetries=2", "aiFilterPolicy=mine");

        assertThat(judged).containsExactly("one", GOOD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"streaming=true", "streamTo=direct:heard"})
    void aStreamCannotBeTakenBack(String streaming) {
        assertThat(routes.refusalOf(
                        V3_MODEL.bare(routes.service(), "model=HCX-007", INLINE, "structuredRetries=1", streaming)))
                .hasMessageContaining("Option structuredRetries")
                .hasMessageContaining("stream");
    }

    // ---- streams

    @ParameterizedTest
    @EnumSource(names = {"V3_MODEL", "OPENAI"})
    void thePushedResultIsAnInstanceToo(Target target) {
        List<Message> heard = pushed();
        routes.service().replays(stream(target, GOOD));

        Exchange answer = ask(target, DERIVED, "streamTo=direct:heard");

        assertThat(heard).extracting(Message::getBody).containsExactly(GOOD, new Harbour("부산", 7));
        assertThat(answer.getMessage().getBody()).isEqualTo(new Harbour("부산", 7));
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_MODEL", "OPENAI"})
    void aPushedStreamWhoseTextDoesNotFitEndsWithAnError(Target target) {
        List<Message> heard = pushed();
        routes.service().replays(stream(target, "{}"));

        Exchange failed = ask(target, DERIVED, "streamTo=direct:heard");

        assertThat(heard)
                .extracting(message -> message.getHeader(ClovaConstants.EVENT_TYPE))
                .containsExactly("token", "error");
        assertThat(heard.get(1).getBody()).isEqualTo("{}");
        assertThat(heard.get(1).getExchange().getProperty(Exchange.EXCEPTION_CAUGHT))
                .isSameAs(failed.getException());
        assertThat(failed.getException()).isInstanceOf(ClovaSchemaException.class);
        assertThat(failed.getMessage().getBody()).isEqualTo(QUESTION);
    }

    /** A class that works nowhere. */
    public static class Unlucky {

        static final int SHIPS = Integer.parseInt("twelve");

        public int ships = SHIPS;
    }

    @Test
    void aClassThatCannotBeInitializedFailsAPushedStreamToo() {
        List<Message> heard = pushed();
        routes.service().replays(stream(V3_MODEL, "{\"ships\":12}"));

        Exchange failed = ask(V3_MODEL, "outputClass=" + Unlucky.class.getName(), "streamTo=direct:heard");

        assertThat(failed.getException()).hasCauseInstanceOf(LinkageError.class);
        assertThat(heard)
                .extracting(message -> message.getHeader(ClovaConstants.EVENT_TYPE))
                .containsExactly("token", "error");
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_MODEL", "OPENAI"})
    void aPulledStreamThrowsWhatDoesNotFit(Target target) {
        routes.service().replays(stream(target, GOOD));
        List<Message> good = pulled(target);
        routes.service().replays(stream(target, "{}"));

        assertThat(good).extracting(Message::getBody).containsExactly(GOOD, new Harbour("부산", 7));
        assertThat(pulledFailure(target)).isInstanceOf(ClovaSchemaException.class);
    }

    private static List<Message> pushed() {
        List<Message> heard = new CopyOnWriteArrayList<>();
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:heard").process(exchange -> heard.add(exchange.getMessage()));
            }
        });
        return heard;
    }

    /** What the iterator gives, within its route. */
    private static List<Message> pulled(Target target) {
        List<Message> heard = new CopyOnWriteArrayList<>();
        assertThat(pull(target, heard)).isNull();
        return heard;
    }

    private static Exception pulledFailure(Target target) {
        return pull(target, new CopyOnWriteArrayList<>());
    }

    private static Exception pull(Target target, List<Message> heard) {
        String from = "direct:pull-" + routes.context().getRoutesSize();
        String uri = target.bare(routes.service(), asked(target), DERIVED, "streaming=true", "maxRetries=0");
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(from).to(uri).process(exchange -> {
                    Iterator<?> tokens = exchange.getMessage().getBody(Iterator.class);
                    while (tokens.hasNext()) {
                        heard.add((Message) tokens.next());
                    }
                });
            }
        });
        return routes.send(from, QUESTION, Map.of()).getException();
    }

    private static Exchange ask(Target target, String... options) {
        return routes.ask(target.bare(routes.service(), asked(target), options) + "&maxRetries=0", QUESTION);
    }

    /** Of CLOVA's models only one keeps to a schema. */
    private static String asked(Target target) {
        return target.isNative() ? "model=HCX-007" : "model=small-1";
    }

    private static JsonNode requestOf(Target target, String option) {
        service(target, GOOD);
        assertThat(ask(target, option).getException()).isNull();
        return request(0);
    }

    private static JsonNode request(int index) {
        List<ReceivedRequest> requests = routes.service().requests();
        return requests.get(index).json();
    }

    private static JsonNode schema(Target target, JsonNode request) {
        return request.at(target.isNative() ? "/responseFormat/schema" : "/response_format/json_schema/schema");
    }

    private static void service(Target target, String text) {
        routes.service().replays(reply(saying(target, text)));
    }

    private static ObjectNode saying(Target target, String text) {
        ObjectNode answer = target.hello();
        target.message(answer).put("content", text);
        return answer;
    }

    private static Reply stream(Target target, String text) {
        if (target.isNative()) {
            return Reply.events("event:result\ndata:%s\n\nevent:signal\ndata:{\"data\":\"[DONE]\"}\n\n"
                    .formatted(saying(target, text).path("result")));
        }
        ObjectNode chunk = saying(target, text);
        ObjectNode choice = target.choice(chunk);
        choice.set("delta", choice.remove("message"));
        return Reply.events("data: %s\n\ndata: [DONE]\n\n".formatted(chunk));
    }
}
