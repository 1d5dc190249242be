package io.github.camelclova.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.ClovaConstants;
import io.github.camelclova.streaming.TokenRoute.Handed;
import io.github.camelclova.testing.Reply;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the options of a stream change, and which of them are refused when the route starts. */
class StreamOptionsTest extends StreamingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "token;    오늘|은 맑|음. 내|일은 비.",
                "word;     오늘은 |맑음. |내일은 |비.",
                "sentence; 오늘은 맑음. |내일은 비.",
                "LINE;     오늘은 맑음. 내일은 비.",
            })
    void tokensComeInTheUnitThatWasAskedForAndAreCountedInIt(String unit, String units) {
        pushedRoutes(Speaker.CLOVA_V3, "tokenUnit=" + unit);
        service().replays(Reply.events(Speaker.CLOVA_V3.stream("오늘", "은 맑", "음. 내", "일은 비.")));

        Exchange answer = ask();

        assertThat(tokens.tokens()).containsExactly(units.split("\\|"));
        assertThat(tokens.ofType("token"))
                .extracting(each -> each.headers().get(ClovaConstants.TOKEN_INDEX))
                .containsExactlyElementsOf(indices(tokens.tokens().size()));
        assertThat(answer.getMessage().getBody()).isEqualTo("오늘은 맑음. 내일은 비.");
        assertThat(tokens.last().type()).isEqualTo("result");
    }

    private static List<Object> indices(int count) {
        return IntStream.range(0, count).<Object>mapToObj(each -> each).toList();
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOVA_V3", "OPENAI"})
    void thinkingIsHandedOnWhereItIsAskedForAndIsNoToken(Speaker speaker) {
        pushedRoutes(speaker, "emitThinking=true");
        service().replays(Reply.events(speaker.thinking("셋 더하기 ") + speaker.thinking("넷.") + speaker.stream("일", "곱")));

        Exchange answer = ask();

        assertThat(tokens.types()).containsExactly("thinking", "thinking", "token", "token", "result");
        assertThat(tokens.ofType("thinking")).extracting(Handed::body).containsExactly("셋 더하기 ", "넷.");
        assertThat(tokens.ofType("thinking"))
                .allSatisfy(each -> assertThat(each.headers()).doesNotContainKey(ClovaConstants.TOKEN_INDEX));
        assertThat(tokens.ofType("token"))
                .extracting(each -> each.headers().get(ClovaConstants.TOKEN_INDEX))
                .containsExactly(0, 1);
        assertThat(answer.getMessage().getBody()).isEqualTo("일곱");
    }

    @ParameterizedTest
    @EnumSource
    void thinkingIsNotHandedOnUnlessItIsAskedFor(Speaker speaker) {
        pushedRoutes(speaker);
        service().replays(Reply.events(speaker.thinking("셋 더하기 넷.") + speaker.stream("일곱")));

        ask();

        assertThat(tokens.types()).containsExactly("token", "result");
    }

    @ParameterizedTest
    @CsvSource({"'', true", "streamUsage=true, true", "streamUsage=false, false"})
    void usageIsAskedForInTheOpenAiDialectUnlessItIsNotWanted(String option, boolean asked) {
        pushedRoutes(Speaker.OPENAI, option.isEmpty() ? "streaming=true" : option);
        service().replays(Reply.events(Speaker.OPENAI.stream("안")));

        ask();

        JsonNode request = service().requests().get(0).json();
        assertThat(request.path("stream").asBoolean()).isTrue();
        assertThat(request.path("stream_options").path("include_usage").asBoolean())
                .isEqualTo(asked);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOVA_V1", "CLOVA_V3"})
    void clovaIsAskedForAStreamByAHeaderAndByNothingElse(Speaker speaker) {
        pushedRoutes(speaker);
        service().replays(Reply.events(speaker.stream("안")));

        ask();

        assertThat(service().requests().get(0).header("Accept")).isEqualTo(Optional.of("text/event-stream"));
        assertThat(service().requests().get(0).json().has("stream")).isFalse();
        assertThat(service().requests().get(0).json().has("stream_options")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "CLOVA_V3, streaming=false,              streaming",
        "OPENAI,   n=2,                          n",
        "CLOVA_V1, streamUsage=true,             streamUsage",
        "CLOVA_V3, streamUsage=false,            streamUsage",
        "CLOVA_V3, tokenUnit=syllable,           tokenUnit",
        "CLOVA_V3, tokenFailurePolicy=ignore,    tokenFailurePolicy",
        "CLOVA_V3, idleTimeout=0,                idleTimeout",
        "CLOVA_V3, maxEventSize=0,               maxEventSize",
    })
    void anOptionThatMakesNoSenseIsRefusedByItsName(Speaker speaker, String option, String name) {
        assertThatThrownBy(() -> pushedRoutes(speaker, option))
                .hasStackTraceContaining(IllegalArgumentException.class.getName())
                .hasStackTraceContaining("Option " + name);
    }

    @Test
    void oneOfNIsAStreamLikeAnyOther() {
        pushedRoutes(Speaker.OPENAI, "n=1");
        service().replays(Reply.events(Speaker.OPENAI.stream("안")));

        Exchange answer = ask();

        assertThat(answer.getMessage().getBody()).isEqualTo("안");
    }

    @Test
    void withoutStreamingNothingIsStreamed() {
        routes(route -> route.from("direct:ask").to(Speaker.CLOVA_V3.endpoint(service(), "streaming=false")));
        service().replays(Reply.json(Speaker.CLOVA_V3.answer("안")));

        Exchange answer = ask();

        assertThat(answer.getMessage().getBody()).isEqualTo("안");
        assertThat(service().requests().get(0).header("Accept")).isEqualTo(Optional.of("application/json"));
    }
}
