package io.github.camelclova;

import static io.github.camelclova.Target.OPENAI;
import static io.github.camelclova.Target.V3_MODEL;
import static io.github.camelclova.Target.read;
import static io.github.camelclova.Target.reply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.chat.ClovaAiFilterException;
import io.github.camelclova.testing.Markers;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The AI filter as routes meet it; its decisions are in {@link ModerationTableTest}. */
class ModerationTest {

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    @ParameterizedTest
    @EnumSource(names = {"V1_MODEL", "V1_TASK", "V2_TASK", "V3_MODEL", "V3_TASK"})
    void theFilterResultIsInTheHeadersOfEveryClovaDialect(Target target) {
        routes.service().replays(reply(target.transcript("filtered")));

        Message answer = routes.ask(target.at(routes.service(), "aiFilterPolicy=strict"), "hello")
                .getMessage();

        assertThat(routes.service().requests().get(0).json().path("includeAiFilters"))
                .isEqualTo(read("true"));
        assertThat(answer.getBody()).isEqualTo("That was unkind.");
        assertThat(answer.getHeaders())
                .containsEntry(ClovaConstants.AI_FILTER_VERDICT, "suspect")
                .containsEntry(ClovaConstants.AI_FILTER_FLAGGED, true)
                .containsEntry(ClovaConstants.AI_FILTER_REASONS, List.of("insult"))
                .containsEntry(ClovaConstants.AI_FILTER_COVERAGE, "full")
                .containsEntry(
                        ClovaConstants.AI_FILTER_SCORES,
                        Map.of("insult", 1, "discrimination", 2, "sexualHarassment", 2));
        assertThat(answer.getHeader(ClovaConstants.AI_FILTER, List.class).get(0))
                .isEqualTo(Map.of("groupName", "curse", "name", "insult", "score", "1", "result", "OK"));
    }

    @ParameterizedTest
    @CsvSource({"true, true", "false, false"})
    void theFilterIsAskedForAsTheOptionSays(String option, boolean sent) {
        routes.service().replays(reply(V3_MODEL.hello()));

        Message answer = routes.ask(V3_MODEL.at(routes.service(), "includeAiFilters=" + option), "hello")
                .getMessage();

        assertThat(routes.service()
                        .requests()
                        .get(0)
                        .json()
                        .path("includeAiFilters")
                        .booleanValue())
                .isEqualTo(sent);
        assertThat(routes.service().requests().get(0).json().has("includeAiFilters"))
                .isTrue();
        assertThat(answer.getHeader(ClovaConstants.AI_FILTER_VERDICT)).isEqualTo(sent ? "unjudged" : null);
        assertThat(answer.getHeaders())
                .doesNotContainKeys(ClovaConstants.AI_FILTER_FLAGGED, ClovaConstants.AI_FILTER_REASONS);
    }

    @Test
    void nothingIsLeftOfAnEarlierAnswer() {
        routes.service().replays(reply(V3_MODEL.transcript("filtered")), reply(V3_MODEL.hello()));
        String filtering = V3_MODEL.at(routes.service(), "aiFilterPolicy=strict");
        String plain = V3_MODEL.at(routes.service());
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:twice").to(filtering).to(plain);
            }
        });

        Exchange answer = routes.send(
                "direct:twice",
                "hello",
                Map.of(
                        ClovaConstants.AI_FILTER_FLAGGED,
                        false,
                        ClovaConstants.CITATIONS,
                        List.of("https://example.org/stale"),
                        ClovaConstants.THINKING,
                        "stale"));

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getHeaders())
                .doesNotContainKeys(
                        ClovaConstants.AI_FILTER,
                        ClovaConstants.AI_FILTER_SCORES,
                        ClovaConstants.AI_FILTER_VERDICT,
                        ClovaConstants.AI_FILTER_FLAGGED,
                        ClovaConstants.AI_FILTER_REASONS,
                        ClovaConstants.AI_FILTER_COVERAGE,
                        ClovaConstants.CITATIONS,
                        ClovaConstants.THINKING);
    }

    @Test
    void ofACategoryWithAScoreAndAnUnreadableOneTheWorseIsShown() {
        ObjectNode answer = V3_MODEL.transcript("filtered");
        V3_MODEL.choice(answer)
                .set(
                        "aiFilter",
                        read(
                                "[{\"name\":\"insult\",\"score\":\"0\"},{\"name\":\"insult\",\"score\":\"?\"},"
                                        + "{\"name\":\"discrimination\",\"score\":\"?\"},{\"name\":\"discrimination\",\"score\":\"1\"},"
                                        + "{\"name\":\"sexualHarassment\",\"score\":\"?\"},{\"name\":\"sexualHarassment\",\"score\":\"2\"}]"));
        routes.service().replays(reply(answer));

        Message message = routes.ask(V3_MODEL.at(routes.service()), "hello").getMessage();

        assertThat(message.getHeader(ClovaConstants.AI_FILTER_SCORES))
                .isEqualTo(Map.of("insult", 0, "discrimination", 1));
    }

    // ---- routing by it

    @Test
    void aRouteCanCatchWhatThePolicyHoldsBack() {
        String uri = V3_MODEL.at(routes.service(), "aiFilterPolicy=moderate", "aiFilterAction=exception");
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(ClovaAiFilterException.class)
                        .handled(true)
                        .setBody(simple("${exception.verdict} because of ${exception.reasons}: ${body}"));
                from("direct:moderated").to(uri);
            }
        });

        Exchange held = routes.send("direct:moderated", Markers.score("insult", 0) + " hello", Map.of());

        assertThat(held.getMessage().getBody(String.class))
                .startsWith("unsafe because of [insult]")
                .endsWith("hello");
    }

    @Test
    void whatIsHeldBackIsOnTheExceptionAndNotInItsMessage() {
        routes.service().replays(reply(V3_MODEL.transcript("filtered")));

        Exchange held =
                routes.ask(V3_MODEL.at(routes.service(), "aiFilterPolicy=strict", "aiFilterAction=exception"), "hello");

        ClovaAiFilterException failure = (ClovaAiFilterException) held.getException();
        assertThat(failure.getAnswer()).isEqualTo("That was unkind.");
        assertThat(failure.getVerdict()).isEqualTo("suspect");
        assertThat(failure.getReasons()).containsExactly("insult");
        assertThat(failure.getMessage()).contains("suspect", "insult").doesNotContain("unkind");
        assertThat(held.getMessage().getBody()).isEqualTo("hello");
    }

    @Test
    void theReplacementHasAReadyMadeText() {
        routes.service().replays(reply(V3_MODEL.transcript("filtered")));

        Exchange replaced =
                routes.ask(V3_MODEL.at(routes.service(), "aiFilterPolicy=strict", "aiFilterAction=replace"), "hello");

        assertThat(replaced.getMessage().getBody(String.class)).isNotBlank().doesNotContain("unkind");
        assertThat(replaced.getMessage().getHeader(ClovaConstants.AI_FILTER_FLAGGED))
                .isEqualTo(true);
    }

    @Test
    void aReplacedAnswerLeavesNothingOfItselfInTheHeaders() {
        ObjectNode answer = V3_MODEL.transcript("tool-calls");
        V3_MODEL.message(answer).put("content", "filth").put("thinkingContent", "filth, then");
        V3_MODEL.choice(answer).set("aiFilter", read(StreamScript.insult(0)));
        routes.service().replays(reply(answer));

        Exchange replaced =
                routes.ask(V3_MODEL.at(routes.service(), "aiFilterPolicy=strict", "aiFilterAction=replace"), "hello");

        assertThat(replaced.getMessage().getHeaders())
                .doesNotContainKeys(ClovaConstants.THINKING, ClovaConstants.TOOL_CALLS)
                .containsKeys(ClovaConstants.AI_FILTER, ClovaConstants.STOP_REASON, ClovaConstants.OUTPUT_TOKENS);
        assertThat(replaced.getMessage().getHeaders().toString()).doesNotContain("filth");
    }

    // ---- refusals at start

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "aiFilterPolicy=lax                             | aiFilterPolicy            | off, moderate, strict",
                "aiFilterAction=drop                            | aiFilterAction            | header, exception, replace",
                "aiFilterUnjudged=ignore                        | aiFilterUnjudged          | flag, fail, pass",
                "aiFilterPartial=fail&aiFilterPolicy=strict     | aiFilterPartial           | flag, pass",
                "aiFilterThreshold.insult=2                     | aiFilterThreshold.insult  | -1, 0, 1",
                "aiFilterThreshold.insult=-2                    | aiFilterThreshold.insult  | -1, 0, 1",
                "aiFilterThreshold.insult=high                  | aiFilterThreshold.insult  | -1, 0, 1",
                "includeAiFilters=false&aiFilterPolicy=moderate | includeAiFilters          | policy",
                "includeAiFilters=false&aiFilterThreshold.a=1   | includeAiFilters          | policy",
                "aiFilterAction=replace                         | aiFilterAction            | aiFilterPolicy",
                "aiFilterAction=exception                       | aiFilterAction            | aiFilterPolicy",
            })
    void whatMakesNoSenseIsRefused(String options, String named, String legal) {
        IllegalArgumentException refusal = routes.refusalOf(V3_MODEL.at(routes.service(), options));

        assertThat(refusal).hasMessageStartingWith("Option " + named + ": ").hasMessageContaining(legal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "includeAiFilters=true",
                "includeAiFilters=false",
                "aiFilterPolicy=moderate",
                "aiFilterPolicy=strict",
                "aiFilterThreshold.insult=1",
                "aiFilterAction=exception",
                "aiFilterAction=replace",
                "aiFilterUnjudged=fail",
                "aiFilterUnjudged=pass",
                "aiFilterPartial=flag",
                "aiFilterPartial=pass",
            })
    void openAiCompatibleServicesHaveNoFilter(String option) {
        IllegalArgumentException refusal = routes.refusalOf(OPENAI.at(routes.service(), option));

        assertThat(refusal)
                .hasMessageStartingWith("Option " + option.split("[.=]", -1)[0])
                .hasMessageContaining("cannot be expressed in dialect openai");
    }
}
