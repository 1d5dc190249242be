package io.github.camelclova.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.github.camelclova.Images;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the page about DSLs prints in three of them does the same in each. */
class EveryDslTest extends DocumentedRoutes {

    enum Dsl {
        YAML,
        XML,
        JAVA
    }

    private void load(Dsl dsl, String name) throws Exception {
        switch (dsl) {
            case YAML -> load(name);
            case XML ->
                PluginHelper.getRoutesLoader(context)
                        .loadRoutes(ResourceHelper.resolveMandatoryResource(
                                context, "classpath:documentation/%s.camel.xml".formatted(name)));
            case JAVA -> context.addRoutes(new RoutesInJava(name));
        }
    }

    @ParameterizedTest
    @EnumSource
    void flaggedAnswersArePartedFromTheOthers(Dsl dsl) throws Exception {
        load(dsl, "ask");

        ask("배송은 언제 오나요?");
        ask("이 바보야");

        assertThat(bodiesAt("answers")).singleElement().asString().contains("배송은 언제 오나요?");
        assertThat(bodiesAt("review")).singleElement().asString().contains("이 바보야");
        assertThat(contents(request())).startsWith("Answer in one sentence.");
    }

    @ParameterizedTest
    @EnumSource
    void tokensArePushed(Dsl dsl) throws Exception {
        load(dsl, "push");

        ask("안녕");

        assertThat(bodiesAt("show")).hasSizeGreaterThan(10);
        assertThat(bodiesAt("end")).containsExactly(shown());
        assertThat(bodiesAt("answers")).containsExactly(shown());
    }

    @ParameterizedTest
    @EnumSource
    void tokensArePulled(Dsl dsl) throws Exception {
        load(dsl, "pull");

        ask("안녕");

        assertThat(bodiesAt("show")).hasSizeGreaterThan(10);
        assertThat(bodiesAt("answers")).containsExactly(shown());
    }

    @ParameterizedTest
    @EnumSource
    void theFunctionsTellRudeFromFlaggedFromFine(Dsl dsl) throws Exception {
        load(dsl, "functions");

        ask("one #insult:0");
        ask("two #insult:1");
        ask("three");

        assertThat(bodiesAt("rude")).singleElement().asString().contains("one");
        assertThat(bodiesAt("review")).singleElement().asString().contains("two");
        assertThat(bodiesAt("answers")).singleElement().asString().contains("three");
    }

    @ParameterizedTest
    @EnumSource
    void theAnswerBecomesAFieldOfTheRecord(Dsl dsl) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:facts").setBody(simple("${variable.product}: 22 dB in sleep mode"));
            }
        });
        load(dsl, "enrich");
        service().replays(saying("Quiet."));

        template.sendBody("direct:record", Map.of("product", "A300", "question", "How loud is it?"));

        assertThat(bodiesAt("answers"))
                .containsExactly(Map.of("product", "A300", "question", "How loud is it?", "reply", "Quiet."));
        assertThat(contents(request()).get(0)).contains("A300: 22 dB in sleep mode", "Question: How loud is it?");
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerFitsItsSchemaOrIsAskedForAgain(Dsl dsl) throws Exception {
        service().replays(saying("Three apples."), saying("{\"item\":\"apple\",\"pieces\":3}"));
        load(dsl, "structured");

        ask("I want three apples");

        assertThat(bodiesAt("answers")).containsExactly("{\"item\":\"apple\",\"pieces\":3}");
    }

    @ParameterizedTest
    @EnumSource
    void aSecondQuestionKnowsTheFirst(Dsl dsl) throws Exception {
        service().replays(saying("At nine."), saying("Yes."));
        load(dsl, "conversation");

        template.sendBodyAndHeader("direct:ask", "When?", "session", "s-1");
        template.sendBodyAndHeader("direct:ask", "Sure?", "session", "s-1");

        assertThat(contents(service().requests().get(1)))
                .containsExactly("You sell ferry tickets.", "When?", "At nine.", "Sure?");
    }

    @ParameterizedTest
    @EnumSource
    void photosInADirectoryAreAskedAbout(Dsl dsl, @TempDir Path inbox) throws Exception {
        service().replays(saying("Apples."));
        context.getPropertiesComponent().addOverrideProperty("inbox", inbox.toString());
        Files.write(inbox.resolve("7.jpg"), Images.image("jpeg", 40, 30));

        load(dsl, "images");

        MockEndpoint answers = context.getEndpoint("mock:answers", MockEndpoint.class);
        answers.expectedBodiesReceived("Apples.");
        answers.assertIsSatisfied();
        assertThat(request().json().at("/messages/0/content/0/text").asText())
                .isEqualTo("Which goods are on this shelf?");
    }

    @ParameterizedTest
    @EnumSource
    void aTextBecomesAVector(Dsl dsl) throws Exception {
        service()
                .replays(Reply.json(
                        "{\"status\":{\"code\":\"20000\"},\"result\":{\"embedding\":[0.5,0.25],\"inputTokens\":3}}"));
        load(dsl, "embed");

        ask("부산항");

        assertThat(bodiesAt("answers")).containsExactly(List.of(0.5f, 0.25f));
    }

    private String shown() {
        return bodiesAt("show").stream().map(Object::toString).collect(Collectors.joining());
    }

    private static List<String> contents(ReceivedRequest request) {
        return request.json().path("messages").findValuesAsText("content");
    }

    private static Reply saying(String text) {
        return Reply.json(
                "{\"status\":{\"code\":\"20000\"},\"result\":{\"message\":{\"role\":\"assistant\",\"content\":%s}}}"
                        .formatted(TextNode.valueOf(text)));
    }
}
