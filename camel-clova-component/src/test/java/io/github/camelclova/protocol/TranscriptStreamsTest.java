package io.github.camelclova.protocol;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every transcript says: its tokens, and how it ended. */
class TranscriptStreamsTest {

    private static final String HELLO_V1 = "안|녕|! -> '안녕!' stop_before 21+3=24 filter[2, 2, 2]";
    private static final String HELLO_V3 = "안|녕|! -> '안녕!' stop 14+3=17";
    private static final String HELLO_OPENAI = "안|녕|! -> '안녕!' stop";

    /** By transcript, as {@link HeardStream#toString} writes it. */
    private static final Map<String, String> SAYS = Map.ofEntries(
            Map.entry("clova-v1/hello-in-three-tokens.sse", HELLO_V1),
            Map.entry("clova-v1/hello-with-spaces.sse", HELLO_V1),
            Map.entry("clova-v1/hello.crlf.sse", HELLO_V1),
            Map.entry("clova-v1/no-signal.sse", HELLO_V1),
            Map.entry("clova-v1/no-last-blank-line.sse", HELLO_V1),
            Map.entry("clova-v1/error-first-overflow.sse", " -> ContextLength 40003 ''"),
            Map.entry("clova-v1/error-mid-stream.sse", "배송은 |내일 -> Server 50000 '배송은 내일'"),
            Map.entry("clova-v1/emoji.sse", "좋은 아침|이에요 |☀️👩‍🍳|🥐 -> '좋은 아침이에요 ☀️👩‍🍳🥐' end_token 21+9=30"),
            Map.entry("clova-v1/length.sse", "첫째, 재료를 |준비 -> '첫째, 재료를 준비' length 21+2=23"),
            Map.entry("clova-v1/result-only.sse", "네. -> '네.' stop_before 21+2=23"),
            Map.entry("clova-v1/filtered.sse", "이 문장은 |거칠다. -> '이 문장은 거칠다.' stop_before 21+5=26 filter[0, 1, -1]"),
            Map.entry("clova-v1/tokens-after-result.sse", "가|을 -> '가을' stop_before 21+3=24"),
            Map.entry("clova-v1/ended-twice.sse", "가|을 -> '가을' stop_before 21+3=24"),
            // The counts of a v1 token are its own: totals come with the result alone.
            Map.entry("clova-v1/signal-without-result.sse", "가|을 -> '가을' stop_before"),
            Map.entry("clova-v1/bare-end-marker.sse", "가|을 -> '가을'"),
            Map.entry("clova-v1/nothing-said.sse", " -> '' stop_before 21+0=21"),
            Map.entry("clova-v1/result-says-more.sse", "가 -> '가을비' stop_before 21+3=24"),
            Map.entry("clova-v3/hello-in-three-tokens.sse", HELLO_V3),
            Map.entry("clova-v3/hello-with-spaces.sse", HELLO_V3),
            Map.entry("clova-v3/hello.crlf.sse", HELLO_V3),
            Map.entry("clova-v3/no-signal.sse", HELLO_V3),
            Map.entry("clova-v3/no-last-blank-line.sse", HELLO_V3),
            Map.entry("clova-v3/keep-alive.sse", HELLO_V3),
            Map.entry("clova-v3/multi-line-data.sse", HELLO_V3),
            Map.entry("clova-v3/lost-result.sse", "안|녕|! -> Truncated '안녕!'"),
            Map.entry("clova-v3/error-first-overflow.sse", " -> ContextLength 40003 ''"),
            Map.entry("clova-v3/error-mid-stream.sse", "창고에는 |사과가 -> RateLimit 42902 '창고에는 사과가'"),
            Map.entry("clova-v3/status-in-token.sse", "안 -> RateLimit 42901 '안'"),
            Map.entry("clova-v3/error-after-result.sse", "안 -> '안' stop 14+3=17"),
            Map.entry(
                    "clova-v3/thinking.sse",
                    "(세 상자에 다섯 개씩이면 |3 × 5 = 15.)열다섯 |개예요 🍎 -> '열다섯 개예요 🍎' (세 상자에 다섯 개씩이면 3 × 5 = 15.) stop 27+31=58"),
            Map.entry("clova-v3/thinking-cut.sse", "(먼저 상자의 수를 |세어 보면) -> '' (먼저 상자의 수를 세어 보면) length 27+12=39"),
            Map.entry("clova-v3/content-beside-thinking.sse", "(셋 더하기 넷은 |일곱.)일곱 -> '일곱' (셋 더하기 넷은 일곱.) stop 5+6=11"),
            Map.entry(
                    "clova-v3/tool-call.sse",
                    " -> '' tool_calls 96+24=120 call_weather01:weather_at{city=부산, note=a \"b\" 🌊}"),
            Map.entry(
                    "clova-v3/two-tool-calls.sse", " -> '' tool_calls call_a:tide_at{city=부산},call_b:wind_at{city=제주}"),
            Map.entry("clova-v3/escaped-characters.sse", "가\"\\/\n\t|😀! -> '가\"\\/\n\t😀!' stop 1+2=3"),
            Map.entry("clova-v3/empty-tokens.sse", "안|녕 -> '안녕' stop 14+3=17"),
            Map.entry("clova-v3/unknown-members.sse", "안|녕 -> '안녕' stop 14+3=17"),
            Map.entry("clova-v3/large-numbers.sse", "안|녕 -> '안녕' stop 14+3=17"),
            Map.entry("clova-v3/content-in-parts.sse", "안녕|! -> '안녕!' stop 14+3=17"),
            Map.entry("openai/hello-in-three-tokens.sse", HELLO_OPENAI),
            Map.entry("openai/hello-without-spaces.sse", HELLO_OPENAI),
            Map.entry("openai/hello.crlf.sse", HELLO_OPENAI),
            Map.entry("openai/keep-alive.sse", HELLO_OPENAI),
            Map.entry("openai/byte-order-mark.sse", HELLO_OPENAI),
            Map.entry("openai/no-done.sse", HELLO_OPENAI),
            Map.entry("openai/no-last-blank-line.sse", HELLO_OPENAI),
            Map.entry("openai/usage-in-last.sse", HELLO_OPENAI + " 12+3=15"),
            Map.entry("openai/usage-on-every-chunk.sse", "안|녕 -> '안녕' stop 4+3=7"),
            Map.entry("openai/citations.sse", "만조는| 오전| 여섯 시 [1][2]. -> '만조는 오전 여섯 시 [1][2].' stop 9+10=19 2 links"),
            Map.entry("openai/content-filter.sse", "그  -> '그 ' content_filter"),
            Map.entry("openai/thinking.sse", "(두 배는 |서른.)서른이에요 |🍊 -> '서른이에요 🍊' (두 배는 서른.) stop"),
            Map.entry("openai/reasoning.sse", "(셋 더하기 |넷.)일곱 -> '일곱' (셋 더하기 넷.) stop"),
            Map.entry("openai/tool-call.sse", " -> '' tool_calls call_stock01:stock_of{item=귤 🍊}"),
            Map.entry("openai/two-tool-calls.sse", " -> '' tool_calls call_a:tide_at{city=부산},call_b:wind_at{city=제주}"),
            Map.entry("openai/error-first-overflow.sse", " -> ContextLength 40003 ''"),
            Map.entry("openai/error-mid-stream.sse", "서울에서  -> Server 50000 '서울에서 '"),
            Map.entry("openai/error-as-text.sse", "안 -> Refused '안'"),
            Map.entry("openai/error-flag.sse", "안 -> Refused '안'"),
            Map.entry("openai/role-and-finish-in-one.sse", "안녕! -> '안녕!' stop 4+2=6"),
            Map.entry("openai/second-choice.sse", "안|녕 -> '안녕' stop"),
            Map.entry("openai/choices-without-index.sse", "안|녕 -> '안녕' stop"),
            Map.entry("openai/content-in-parts.sse", "안녕 -> '안녕' stop"),
            Map.entry("openai/ended-twice.sse", "안|녕 -> '안녕' stop"),
            Map.entry("openai/done-without-reason.sse", "안|녕 -> '안녕'"),
            Map.entry("openai/reason-without-done.sse", "안|녕 -> '안녕' stop"),
            Map.entry("openai/tokens-after-reason.sse", "안|녕 -> '안녕' stop"),
            Map.entry("openai/unknown-members.sse", "안|녕 -> '안녕' stop"));

    static final List<Body> TRANSCRIPTS = Body.transcripts();

    static List<Map.Entry<String, String>> says() {
        return SAYS.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
    }

    @ParameterizedTest
    @MethodSource("says")
    void saysThis(Map.Entry<String, String> transcript) {
        HeardStream heard = Body.of(transcript.getKey()).inOneRead();

        assertThat(heard).hasToString(transcript.getValue());
    }

    @Test
    void noTranscriptIsLeftOut() {
        Map<String, Body> byName = TRANSCRIPTS.stream().collect(toMap(Body::name, body -> body));

        assertThat(byName).containsOnlyKeys(SAYS.keySet());
    }

    @ParameterizedTest
    @FieldSource("TRANSCRIPTS")
    void saysTheSameWithEverySingleCut(Body body) {
        HeardStream expected = body.inOneRead();

        List<Integer> wrong = IntStream.range(1, body.bytes().length)
                .filter(position -> !body.cutAt(position).equals(expected))
                .boxed()
                .toList();

        assertThat(wrong).as("cuts that change %s", expected).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("TRANSCRIPTS")
    void saysTheSameByteByByte(Body body) {
        HeardStream expected = body.inOneRead();

        HeardStream heard = body.byteByByte();

        assertThat(heard).isEqualTo(expected);
    }
}
