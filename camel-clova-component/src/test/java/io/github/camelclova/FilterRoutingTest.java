package io.github.camelclova;

import static io.github.camelclova.Target.V3_MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.Hazard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.PredicateBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Language;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Routing by the AI filter: predicates in Java, and Simple functions in every DSL. */
@SuppressWarnings("try") // Closing a context may be interrupted, and nobody interrupts a test.
class FilterRoutingTest {

    private static final String MISSING =
            "[{\"name\":\"insult\",\"score\":\"2\"},{\"name\":\"discrimination\",\"score\":\"1\"}]";

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    /** The exchange behind the step, with this filter result and text. */
    private static Exchange answered(String filter, String text, String... options) {
        routes.service()
                .replays(Target.reply(V3_MODEL.hello()
                        .<com.fasterxml.jackson.databind.node.ObjectNode>set(
                                "result", StreamScript.choice(V3_MODEL, text, filter))));
        return routes.ask(V3_MODEL.at(routes.service(), options), "hello");
    }

    private static Exchange answered(String filter) {
        return answered(filter, "It is.", "aiFilterPolicy=strict");
    }

    // ---- predicates

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "insult 0 | true  | true  | false | false",
                "insult 1 | true  | true  | false | false",
                "insult 2 | false | false | false | false",
                "none     | true  | false | true  | true",
                "missing  | true  | false | true  | true",
            })
    void predicatesReadWhatTheStepWrote(
            String filter, boolean flagged, boolean forInsult, boolean forUnjudged, boolean unjudged) {
        Exchange exchange = answered(filter(filter));

        assertThat(ClovaPredicates.flagged().matches(exchange)).isEqualTo(flagged);
        assertThat(ClovaPredicates.flagged("insult").matches(exchange)).isEqualTo(forInsult);
        assertThat(ClovaPredicates.flagged("unjudged").matches(exchange)).isEqualTo(forUnjudged);
        assertThat(ClovaPredicates.unjudged().matches(exchange)).isEqualTo(unjudged);
    }

    @Test
    void withoutAPolicyNothingIsFlaggedAndTheVerdictCounts() {
        Exchange asked = answered(StreamScript.insult(0), "It is.");
        Exchange notAsked = answered("-", "It is.");

        assertThat(ClovaPredicates.flagged().matches(asked)).isFalse();
        assertThat(ClovaPredicates.flagged("insult").matches(asked)).isFalse();
        assertThat(ClovaPredicates.unjudged().matches(asked)).isFalse();
        assertThat(ClovaPredicates.unjudged().matches(notAsked)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // score    | worse than: LIKELY | POSSIBLE | UNJUDGED | UNLIKELY
                "\"0\"      | false | true  | true  | true",
                "\"1\"      | false | false | true  | true",
                "\"2\"      | false | false | false | false",
                "\"-1\"     | true  | true  | true  | true",
                "\"soon\"   | true  | true  | true  | true",
                "null       | true  | true  | true  | true",
            })
    void aCategoryIsComparedWithAHazard(
            String score, boolean likely, boolean possible, boolean unjudged, boolean unlikely) {
        Exchange exchange = answered("[{\"name\":\"insult\",\"score\":%s}]".formatted(score));

        assertThat(worse(exchange, Hazard.LIKELY)).isEqualTo(likely);
        assertThat(worse(exchange, Hazard.POSSIBLE)).isEqualTo(possible);
        assertThat(worse(exchange, Hazard.UNJUDGED)).isEqualTo(unjudged);
        assertThat(worse(exchange, Hazard.UNLIKELY)).isEqualTo(unlikely);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "[]", MISSING})
    void aCategoryThatNobodyJudgedIsWorseThanAnything(String filter) {
        Exchange exchange = answered(filter);

        for (Hazard hazard : Hazard.values()) {
            assertThat(ClovaPredicates.worseThan("sexualHarassment", hazard).matches(exchange))
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", "\"1\"", "2"})
    void aScoreOfAFilterThatFailedIsNotReliedUpon(String score) {
        Exchange exchange = answered(ModerationTableTest.all(score + ",\"result\":\"ERROR\""));

        assertThat(worse(exchange, Hazard.LIKELY)).isTrue();
        assertThat(worse(exchange, Hazard.UNLIKELY)).isTrue();
    }

    private static boolean worse(Exchange exchange, Hazard hazard) {
        return ClovaPredicates.worseThan("insult", hazard).matches(exchange);
    }

    private static String filter(String name) {
        return switch (name) {
            case "none" -> "-";
            case "missing" -> "[{\"name\":\"insult\",\"score\":\"2\"}]";
            default -> StreamScript.insult(Integer.parseInt(name.substring(name.length() - 1)));
        };
    }

    // ---- Simple functions

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "insult 0 | true  | true  | false | unsafe   | 0",
                "insult 1 | true  | true  | false | suspect  | 1",
                "insult 2 | false | false | false | safe     | 2",
                "none     | true  | false | true  | unjudged | ''",
                "missing  | true  | false | true  | unjudged | 2",
            })
    void functionsReadWhatTheStepWrote(
            String filter, String flagged, String forInsult, String forUnjudged, String verdict, String score) {
        for (String text : List.of("It is.", "insult", "unjudged", "partial", "clova-flagged", "")) {
            Exchange exchange = answered(filter(filter), text, "aiFilterPolicy=strict");

            assertThat(simple("${clova-flagged}", exchange)).as(text).isEqualTo(flagged);
            assertThat(simple("${clova-flagged()}", exchange)).as(text).isEqualTo(flagged);
            assertThat(simple("${clova-flagged('insult')}", exchange)).as(text).isEqualTo(forInsult);
            assertThat(simple("${clova-flagged(insult)}", exchange)).as(text).isEqualTo(forInsult);
            assertThat(simple("${clova-flagged('unjudged')}", exchange))
                    .as(text)
                    .isEqualTo(forUnjudged);
            assertThat(simple("${clova-flagged('partial')}", exchange)).as(text).isEqualTo("false");
            assertThat(simple("${clova-verdict}", exchange)).as(text).isEqualTo(verdict);
            assertThat(simple("${clova-score('insult')}", exchange)).as(text).isEqualTo(score);
            assertThat(exchange.getMessage().getBody()).isEqualTo(text);
        }
    }

    @Test
    void aReplacementThatReadsLikeACategoryIsNone() {
        Exchange exchange = answered(
                StreamScript.insult(2)
                        .replace("\"discrimination\",\"score\":\"2\"", "\"discrimination\",\"score\":\"0\""),
                "It is.",
                "aiFilterPolicy=strict",
                "aiFilterAction=replace",
                "aiFilterReplacement=insult");

        assertThat(exchange.getMessage().getBody()).isEqualTo("insult");
        assertThat(simple("${clova-flagged}", exchange)).isEqualTo("true");
        assertThat(simple("${clova-flagged('insult')}", exchange)).isEqualTo("false");
    }

    @Test
    void functionsMakeDoWithoutABodyAndWithoutAnAnswer() {
        Exchange exchange = answered(StreamScript.insult(0));
        exchange.getMessage().setBody(null);
        Exchange untouched = new DefaultExchange(routes.context());

        assertThat(simple("${clova-flagged}", exchange)).isEqualTo("true");
        assertThat(simple("${clova-flagged('insult')}", exchange)).isEqualTo("true");
        assertThat(simple("${clova-flagged('unjudged')}", exchange)).isEqualTo("false");
        assertThat(simple("${clova-verdict}", exchange)).isEqualTo("unsafe");
        assertThat(simple("${clova-score('insult')}", exchange)).isEqualTo("0");
        assertThat(simple("${clova-flagged}", untouched)).isEqualTo("false");
        assertThat(simple("${clova-flagged('insult')}", untouched)).isEqualTo("false");
        assertThat(simple("${clova-verdict}", untouched)).isEmpty();
        assertThat(simple("${clova-score('insult')}", untouched)).isEmpty();
    }

    /** What the text evaluates to, empty for nothing; and as a predicate the same. */
    private static String simple(String text, Exchange exchange) {
        Language simple = routes.context().resolveLanguage("simple");
        Predicate predicate = simple.createPredicate(text);
        predicate.init(routes.context());
        var expression = simple.createExpression(text);
        expression.init(routes.context());
        Object value = expression.evaluate(exchange, Object.class);
        if (value instanceof Boolean flag) {
            assertThat(predicate.matches(exchange)).isEqualTo(flag);
        }
        return value == null ? "" : value.toString();
    }

    // ---- in routes

    private static final String YAML = """
            - route:
                from:
                  uri: direct:sort
                  steps:
                    - to: CLOVA
                    - choice:
                        when:
                          - simple: "${clova-flagged('unjudged')}"
                            steps:
                              - setBody:
                                  constant: "nobody judged it"
                          - simple: "${clova-flagged('insult')}"
                            steps:
                              - setBody:
                                  simple: "${clova-verdict}, ${clova-score('insult')}"
                          - simple: "${clova-flagged}"
                            steps:
                              - setBody:
                                  constant: "something else"
                        otherwise:
                          steps:
                            - filter:
                                simple: "${clova-verdict} == 'safe'"
                                steps:
                                  - setBody:
                                      simple: "${clova-score('discrimination')}"
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hello                   | 2",
                "hello #insult:0         | unsafe, 0",
                "hello #insult:1         | suspect, 1",
                "hello #discrimination:0 | something else",
                "hello #no-filter        | nobody judged it",
                "hello #insult:-1        | nobody judged it",
            })
    void routesInYamlSortByTheFunctions(String question, String sorted) throws Exception {
        load(routes.context());

        assertThat(routes.send("direct:sort", question, Map.of()).getMessage().getBody())
                .hasToString(sorted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hello                   | let through",
                "hello #insult:0         | unsafe, 0",
                "hello #insult:1         | suspect, 1",
                "hello #discrimination:0 | something else",
                "hello #no-filter        | nobody judged it",
            })
    void routesInJavaSortByFunctionsAndPredicates(String question, String sorted) {
        String uri = V3_MODEL.at(routes.service(), "aiFilterPolicy=strict");
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:sort-in-java")
                        .to(uri)
                        .choice()
                        .when(ClovaPredicates.unjudged())
                        .setBody(constant("nobody judged it"))
                        .when(simple("${clova-flagged('insult')}"))
                        .setBody(simple("${clova-verdict}, ${clova-score('insult')}"))
                        .when(ClovaPredicates.flagged())
                        .setBody(constant("something else"))
                        .otherwise()
                        .filter(PredicateBuilder.not(ClovaPredicates.worseThan("insult", Hazard.UNLIKELY)))
                        .setBody(constant("let through"));
            }
        });

        assertThat(routes.send("direct:sort-in-java", question, Map.of())
                        .getMessage()
                        .getBody())
                .isEqualTo(sorted);
    }

    private static void load(CamelContext context) throws Exception {
        String yaml = YAML.replace("CLOVA", V3_MODEL.at(routes.service(), "aiFilterPolicy=strict"));
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("sort.camel.yaml", yaml));
    }

    // ---- before there is a component

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRouteMayUseAFunctionBeforeAnyRouteAsksTheService(boolean startedBefore) throws Exception {
        try (CamelContext context = new DefaultCamelContext();
                ProducerTemplate template = context.createProducerTemplate()) {
            if (startedBefore) {
                context.start();
            }
            context.addRoutes(judging());
            context.start();

            List<String> judged = new ArrayList<>();
            for (int again = 0; again < 2; again++) {
                judged.add(template.requestBodyAndHeader(
                        "direct:judge", "hello", ClovaConstants.AI_FILTER_FLAGGED, true, String.class));
            }

            assertThat(judged).containsOnly("flagged");
            assertThat(context.getComponentNames()).doesNotContain("clova");
        }
    }

    @Test
    void functionsSurviveALiveReload() throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            context.getCamelContextExtension().setProfile("dev");
            context.addRoutes(judging());
            context.start();

            assertThat(context.createProducerTemplate()
                            .requestBodyAndHeader(
                                    "direct:judge", "hello", ClovaConstants.AI_FILTER_FLAGGED, true, String.class))
                    .isEqualTo("flagged");
        }
    }

    private static RouteBuilder judging() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:judge")
                        .choice()
                        .when(simple("${clova-flagged}"))
                        .setBody(constant("flagged"))
                        .end();
            }
        };
    }
}
