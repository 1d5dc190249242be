package io.github.camelclova.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.GenerationOption;
import io.github.camelclova.chat.GenerationOptions;
import io.github.camelclova.chat.ToolCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenEstimateTest {

    @ParameterizedTest
    @CsvSource({"'',0", "four,1", "fives,2", "주문은,3", "주문 ok,3", "😀,1"})
    void fourLettersOrOneSyllableAreAToken(String text, long tokens) {
        assertThat(TokenEstimate.text(text)).isEqualTo(tokens);
    }

    @Test
    void theMostThatTheAnswerMayHaveIsCharged() {
        assertThat(estimate(Dialect.CLOVA_V3, "HCX-005", Map.of(GenerationOption.MAX_TOKENS, 4000)))
                .isEqualTo(4 + 1 + 4000);
        assertThat(estimate(Dialect.OPENAI, "m", Map.of(GenerationOption.MAX_TOKENS, 100, GenerationOption.N, 3)))
                .isEqualTo(4 + 1 + 300);
    }

    @ParameterizedTest
    @CsvSource({
        "CLOVA_V1,HCX-003,,100",
        "CLOVA_V2,,,100",
        "CLOVA_V3,HCX-005,,512",
        "CLOVA_V3,HCX-007,,5120",
        "CLOVA_V3,HCX-007,none,512",
        "CLOVA_V3,HCX-007,high,20480",
        "OPENAI,small-1,,512"
    })
    void withoutAMostTheServicesDefaultIsCharged(Dialect dialect, String model, String effort, long output) {
        Map<GenerationOption, Object> options =
                effort == null ? Map.of() : Map.of(GenerationOption.THINKING_EFFORT, effort);

        assertThat(estimate(dialect, model, options)).isEqualTo(4 + 1 + output);
    }

    @Test
    void toolsAndTheirCallsAreSentToo() {
        ToolCall call = new ToolCall("1", "find", Map.of(), "{\"number\":\"KR-5512\"}");
        ChatRequest request = new ChatRequest(
                "r",
                "HCX-005",
                List.of(ChatMessage.assistant("", List.of(call))),
                new GenerationOptions(Map.of(GenerationOption.TOOLS, List.of(Map.of("name", "find")))),
                null);

        assertThat(TokenEstimate.of(request, Dialect.CLOVA_V3)).isEqualTo(4 + 1 + 5 + 4 + 512);
    }

    private static long estimate(Dialect dialect, String model, Map<GenerationOption, Object> options) {
        return TokenEstimate.of(
                new ChatRequest("r", model, List.of(ChatMessage.user("four")), new GenerationOptions(options), null),
                dialect);
    }
}
