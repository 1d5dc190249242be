package io.github.camelclova.documentation;

import static io.github.camelclova.ClovaPredicates.flagged;
import static io.github.camelclova.ClovaPredicates.unjudged;
import static io.github.camelclova.ClovaPredicates.worseThan;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.Hazard;
import io.github.camelclova.moderation.AiFilterPolicy;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.Reply;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes of the page about moderation. */
@InEveryDsl
class DocumentedModerationTest extends DocumentedRoutes {

    private static final String LONG = "가".repeat(501);

    @Test
    void theFunctionsTellRudeFromFlaggedFromFine() throws Exception {
        load("functions");

        ask("one #insult:0");
        ask("two #insult:1");
        ask("three #no-filter");
        ask("four");

        assertThat(bodiesAt("rude")).singleElement().asString().contains("one");
        assertThat(bodiesAt("review"))
                .satisfiesExactly(
                        two -> assertThat(two).asString().contains("two"),
                        three -> assertThat(three).asString().contains("three"));
        assertThat(bodiesAt("answers")).singleElement().asString().contains("four");
    }

    @Test
    void thePredicatesDoTheSameInJava() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::predicates[]
                from("direct:ask")
                        .to("clova:chat?model=HCX-005&aiFilterPolicy=moderate")
                        .choice()
                        .when(unjudged())
                        .to("direct:review")
                        .when(flagged("insult"))
                        .to("direct:rude")
                        .when(worseThan("discrimination", Hazard.UNLIKELY))
                        .to("direct:review")
                        .otherwise()
                        .to("direct:answers");
                // end::predicates[]
            }
        });

        ask("one #insult:0");
        ask("two #discrimination:1");
        ask("three #no-filter");
        ask("four #insult:1");

        assertThat(bodiesAt("rude")).singleElement().asString().contains("one");
        assertThat(bodiesAt("review")).hasSize(2);
        assertThat(bodiesAt("answers")).singleElement().asString().contains("four");
    }

    @Test
    void heldTokensComeWithAClearVerdictAndNotAtAllWithoutOne() throws Exception {
        sinks("tokens");
        load("hold-and-replace");

        ask("안녕");
        int tokensAndResult = bodiesAt("tokens").size();
        ask("안녕 #insult:1");

        assertThat(tokensAndResult).isGreaterThan(10);
        assertThat(bodiesAt("tokens")).hasSize(tokensAndResult + 1).endsWith("Let me ask a colleague.");
        assertThat(bodiesAt("answers")).hasSize(2).endsWith("Let me ask a colleague.");
    }

    @Test
    void aPolicyOfOnesOwnIsABean() throws Exception {
        // tag::own-policy[]
        AiFilterPolicy houseRules = (verdicts, answer) -> answer.contains("경쟁사") ? List.of("competitor") : List.of();
        context.getRegistry().bind("houseRules", houseRules);
        // end::own-policy[]
        load("own-policy");

        ask("경쟁사 제품이 더 낫나요?");
        ask("#insult:0 안녕");
        ask("#no-filter 안녕");

        assertThat(bodiesAt("review"))
                .satisfiesExactly(
                        competitor -> assertThat(competitor).asString().contains("경쟁사"),
                        unjudged -> assertThat(unjudged).asString().contains("안녕"));
    }

    @Test
    void anAnswerKeptShortIsJudgedWhole() throws Exception {
        load("short");
        service().replays(answer(LONG));

        ask("hello");
        ask("hello");

        assertThat(request().json().path("maxTokens").asInt()).isEqualTo(150);
        assertThat(bodiesAt("review")).containsExactly(LONG);
        assertThat(bodiesAt("answers")).hasSize(1);
    }

    @Test
    void aTaskInPiecesIsJudgedPieceByPiece() throws Exception {
        load("piecewise");

        ask("첫째 문단\n\n둘째 문단 바보\n\n셋째 문단");

        assertThat(service().requests()).hasSize(3);
        assertThat(bodiesAt("answers"))
                .satisfiesExactly(
                        first -> assertThat(first).asString().contains("첫째"),
                        third -> assertThat(third).asString().contains("셋째"));
        assertThat(bodiesAt("review")).singleElement().asString().contains("둘째");
    }

    @ParameterizedTest
    @CsvSource({"SAFE, answers", "UNSAFE, review", "I would say that it is SAFE, review"})
    void aSecondOpinionDecidesOnWhatTheFilterHasNotRead(String opinion, String goesTo) throws Exception {
        load("second-opinion");
        ClovaStandIn service = service().replays(answer(LONG), answer(opinion));

        ask("hello");

        assertThat(bodiesAt(goesTo)).containsExactly(LONG);
        assertThat(service.requests().get(1).json().at("/messages/1/content").asText())
                .isEqualTo(LONG);
    }

    @Test
    void nobodyElseIsAskedAboutAnAnswerThatTheFilterHasRead() throws Exception {
        load("second-opinion");

        ask("one");
        ask("two #insult:0");

        assertThat(service().requests()).hasSize(2);
        assertThat(bodiesAt("answers")).singleElement().asString().contains("one");
        assertThat(bodiesAt("review")).singleElement().asString().contains("two");
    }

    private static Reply answer(String text) {
        return Reply.json("""
                {"status":{"code":"20000","message":"OK"},"result":{"message":{"role":"assistant","content":"%s"},
                "finishReason":"stop","aiFilter":[
                {"groupName":"curse","name":"insult","score":"2","result":"OK"},
                {"groupName":"curse","name":"discrimination","score":"2","result":"OK"},
                {"groupName":"unsafeContents","name":"sexualHarassment","score":"2","result":"OK"}]}}""".formatted(text));
    }
}
