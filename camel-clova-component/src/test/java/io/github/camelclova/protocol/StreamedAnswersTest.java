package io.github.camelclova.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.ClovaContextLengthException;
import io.github.camelclova.chat.ClovaLimitException;
import io.github.camelclova.chat.ClovaServerException;
import io.github.camelclova.chat.ClovaTruncatedException;
import io.github.camelclova.chat.ClovaUnreadableException;
import io.github.camelclova.chat.TokenUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that no transcript shows, because they are damaged, endless or no streams at all. */
class StreamedAnswersTest {

    private static final Map<String, String> EVENTS = Map.of("content-type", "text/event-stream");
    private static final Map<String, String> JSON = Map.of("content-type", "application/json");
    private static final int ENOUGH = 1 << 20;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "clova-v1/hello-in-three-tokens.sse",
                "clova-v3/hello-in-three-tokens.sse",
                "openai/hello-in-three-tokens.sse"
            })
    void isTruncatedWhereverItBreaksOffBeforeItsClosingEvent(String transcript) {
        Body whole = Body.of(transcript);
        String text = new String(whole.bytes(), ISO_8859_1);
        int closing = text.indexOf(whole.dialect().isNative() ? "event:result" : "\"delta\":{}");

        for (int length = 0; length < closing; length++) {
            HeardStream heard = new Body("cut", whole.dialect(), Arrays.copyOf(whole.bytes(), length)).inOneRead();

            assertThat(heard.failure()).as("after %d bytes", length).isEqualTo(ClovaTruncatedException.class);
            assertThat(heard.partialText()).isEqualTo(heard.text());
            assertThat("안녕!").startsWith(heard.text());
        }
    }

    @Test
    void anUnfinishedLastBlockCountsWhenItsJsonIsWhole() {
        Body body = Body.written(Dialect.CLOVA_V3, """
                event:token
                data:{"message":{"content":"안"}}

                event:result
                data:{"message":{"content":"안"},"finishReason":"stop"}""");

        HeardStream heard = body.inOneRead();

        assertThat(heard).hasToString("안 -> '안' stop");
    }

    @Test
    void anUnfinishedLastBlockIsNothingWhenItsJsonIsNot() {
        Body body = Body.written(Dialect.CLOVA_V3, """
                event:token
                data:{"message":{"content":"안"}}

                event:result
                data:{"message":{"content":"안"},"finishReason":"st""");

        HeardStream heard = body.inOneRead();

        assertThat(heard).hasToString("안 -> Truncated '안'");
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aWholeEventThatIsNoJsonIsUnreadable(Dialect dialect) {
        Body body = Body.written(dialect, """
                event:%s
                data:{"message":

                """.formatted(dialect.isNative() ? "token" : "message"));

        HeardStream heard = body.inOneRead();

        assertThat(heard.failure()).isEqualTo(ClovaUnreadableException.class);
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void anEventWithoutDataIsNothing(Dialect dialect) {
        Body hello = Body.of("%s/hello-in-three-tokens.sse".formatted(dialect.isNative() ? "clova-v3" : "openai"));
        String blank = dialect.isNative() ? "event:token\ndata:\n\n" : "data: \n\n";

        HeardStream heard = Body.written(hello.dialect(), blank + new String(hello.bytes(), UTF_8))
                .inOneRead();

        assertThat(heard).isEqualTo(hello.inOneRead());
    }

    @Test
    void anUnknownEventIsNotEvenRead() {
        Body body = Body.written(Dialect.CLOVA_V3, """
                event:progress
                data:{not json

                data:{"message":{"content":"틀림"}}

                event:result
                data:{"message":{"content":"안"}}

                """);

        HeardStream heard = body.inOneRead();

        assertThat(heard).hasToString("안 -> '안'");
    }

    @Test
    void aNamedEventIsNoOpenAiChunkUnlessItIsAnError() {
        Body body = Body.written(Dialect.OPENAI, """
                event:ping
                data:{not json

                event:error
                data:{"message":"gone","code":"50000"}

                """);

        HeardStream heard = body.inOneRead();

        assertThat(heard.failure()).isEqualTo(ClovaServerException.class);
        assertThat(heard.code()).isEqualTo("50000");
    }

    @Test
    void bytesThatAreNoUtf8AreReplacedAndHarmNothingElse() {
        byte[] bytes = """
                event:token
                data:{"message":{"content":"가#을"}}

                event:token
                data:{"message":{"content":"비"}}

                event:signal
                data:{"data":"[DONE]"}

                """.getBytes(UTF_8);
        bytes[new String(bytes, ISO_8859_1).indexOf('#')] = (byte) 0xEC;

        HeardStream heard = new Body("damaged", Dialect.CLOVA_V1, bytes).inOneRead();

        assertThat(heard).hasToString("가\uFFFD을|비 -> '가\uFFFD을비'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "CLOVA_V1; {'status':{'code':'20000'},'result':{'message':{'content':'안녕'},'stopReason':'stop_before'}}",
                "CLOVA_V3; {'status':{'code':20000},'result':{'message':{'content':'안녕'},'finishReason':'stop'}}",
                "OPENAI;   {'choices':[{'message':{'content':'안녕'},'finish_reason':'stop'}]}",
            })
    void aGoodJsonAnswerInPlaceOfAStreamIsOneTokenAndItsResult(Dialect dialect, String json) {
        HeardStream heard = HeardStream.of(
                dialect,
                options(TokenUnit.TOKEN),
                ENOUGH,
                JSON,
                List.of(json.replace('\'', '"').getBytes(UTF_8)));

        assertThat(heard.tokens()).containsExactly("안녕");
        assertThat(heard.completion().text()).isEqualTo("안녕");
        assertThat(heard.completion().first().stopReason()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "CLOVA_V1; {'status':{'code':'40003','message':'Text too long'}}",
                "CLOVA_V3; {'status':{'code':40003,'message':'Context length exceeded'}}",
                "OPENAI;   {'error':{'code':'40003','message':'Context length exceeded'}}",
            })
    void anErrorEnvelopeInPlaceOfAStreamIsThatError(Dialect dialect, String json) {
        HeardStream heard = HeardStream.of(
                dialect,
                options(TokenUnit.TOKEN),
                ENOUGH,
                JSON,
                List.of(json.replace('\'', '"').getBytes(UTF_8)));

        assertThat(heard.failure()).isEqualTo(ClovaContextLengthException.class);
        assertThat(heard.code()).isEqualTo("40003");
        assertThat(heard.tokens()).isEmpty();
    }

    @Test
    void aStreamWithoutAContentTypeIsReadAsOne() {
        Body body = Body.of("clova-v3/hello-in-three-tokens.sse");

        HeardStream heard =
                HeardStream.of(body.dialect(), options(TokenUnit.TOKEN), ENOUGH, Map.of(), List.of(body.bytes()));

        assertThat(heard.text()).isEqualTo("안녕!");
    }

    @Test
    void halfAPairThatNoOtherHalfFollowsIsHandedOnAsItCame() {
        Body body = Body.written(Dialect.CLOVA_V3, """
                event:token
                data:{"message":{"content":"가\\ud83d"}}

                event:token
                data:{"message":{"content":"을"}}

                event:token
                data:{"message":{"content":"\\ude00"}}

                event:signal
                data:{"data":"[DONE]"}

                """);

        HeardStream heard = body.inOneRead();

        assertThat(heard.tokens()).containsExactly("가", "\ud83d을", "\ude00");
        assertThat(heard.completion().text()).isEqualTo("가\ud83d을\ude00");
    }

    @Test
    void thinkingIsNotHandedOnUnlessItIsAskedFor() {
        Body body = Body.of("clova-v3/thinking.sse");

        HeardStream heard = HeardStream.of(
                body.dialect(),
                new StreamOptions(TokenUnit.TOKEN, false, false),
                ENOUGH,
                EVENTS,
                List.of(body.bytes()));

        assertThat(heard.thinking()).isEmpty();
        assertThat(heard.text()).isEqualTo("열다섯 개예요 🍎");
        assertThat(heard.completion().first().thinking()).isEqualTo("세 상자에 다섯 개씩이면 3 × 5 = 15.");
    }

    @Test
    void aUnitThatWaitsForItsEndIsHandedOnBeforeTheResult() {
        Body body = Body.of("clova-v3/hello-in-three-tokens.sse");

        HeardStream heard =
                HeardStream.of(body.dialect(), options(TokenUnit.SENTENCE), ENOUGH, EVENTS, List.of(body.bytes()));

        assertThat(heard.tokens()).containsExactly("안녕!");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "CLOVA_V3; {'message':{'content':'가을 비'}}",
                "CLOVA_V3; {'message':{'thinkingContent':'가을 비'}}",
                "CLOVA_V3; {'message':{'toolCalls':[{'function':{'partialJson':'가을 비'}}]}}",
                "OPENAI;   {'choices':[{'delta':{'content':'가을 비'}}]}",
                "OPENAI;   {'choices':[{'delta':{'tool_calls':[{'index':0,'function':{'arguments':'가을 비'}}]}}]}",
            })
    void whatAnEndlessStreamMakesUsKeepIsBounded(Dialect dialect, String json) {
        String event =
                "event:%s\ndata:%s\n\n".formatted(dialect.isNative() ? "token" : "message", json.replace('\'', '"'));

        HeardStream heard = HeardStream.of(
                dialect,
                options(TokenUnit.TOKEN),
                1000,
                EVENTS,
                List.of(event.repeat(1000).getBytes(UTF_8)));

        assertThat(heard.failure()).isEqualTo(ClovaLimitException.class);
        assertThat(heard.text().length()).isLessThan(1000);
    }

    private static StreamOptions options(TokenUnit unit) {
        return new StreamOptions(unit, true, false);
    }
}
