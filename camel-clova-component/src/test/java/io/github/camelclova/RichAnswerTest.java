package io.github.camelclova;

import static io.github.camelclova.Target.OPENAI;
import static io.github.camelclova.Target.V3_MODEL;
import static io.github.camelclova.Target.read;
import static io.github.camelclova.Target.reply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.chat.Choice;
import io.github.camelclova.chat.ClovaRateLimitException;
import io.github.camelclova.chat.ToolCall;
import java.util.List;
import java.util.Map;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only some services send: tool calls, thinking, citations, several choices, log probabilities. */
class RichAnswerTest {

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    // ---- tool calls

    @ParameterizedTest
    @EnumSource(names = {"V3_MODEL", "OPENAI"})
    void toolCallsComeWithTheirArguments(Target target) {
        Message answer = answer(target, target.transcript("tool-calls"));

        assertThat(answer.getBody()).isEqualTo("");
        assertThat(answer.getHeader(ClovaConstants.STOP_REASON)).isEqualTo("tool_calls");
        ToolCall call = onlyToolCall(answer);
        assertThat(call.id()).isEqualTo("call_7Qm2ZrLk0001");
        assertThat(call.name()).isEqualTo("find_parcel");
        assertThat(call.arguments())
                .hasSize(3)
                .containsEntry("number", "KR-5512")
                .containsEntry("verbose", false)
                .containsEntry("since", null);
        assertThat(read(call.json())).isEqualTo(read("{\"number\":\"KR-5512\",\"verbose\":false,\"since\":null}"));
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_MODEL", "OPENAI"})
    void argumentsMayBeAnObjectOrTextWhateverTheDialect(Target target) {
        ObjectNode asObject = target.transcript("tool-calls");
        function(target, asObject).set("arguments", read("{\"number\":\"KR-1\"}"));
        ObjectNode asText = target.transcript("tool-calls");
        function(target, asText).put("arguments", "{\"number\":\"KR-1\"}");

        ToolCall fromObject = onlyToolCall(answer(target, asObject));
        ToolCall fromText = onlyToolCall(answer(target, asText));

        assertThat(fromObject).isEqualTo(fromText);
        assertThat(fromObject.arguments()).isEqualTo(Map.of("number", "KR-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"number\":", "[1]", "KR-5512", "", "{} {}"})
    void argumentsThatAreNoObjectAreKeptAsReceived(String arguments) {
        ObjectNode answer = OPENAI.transcript("tool-calls");
        function(OPENAI, answer).put("arguments", arguments);

        ToolCall call = onlyToolCall(answer(OPENAI, answer));

        assertThat(call.json()).isEqualTo(arguments);
        assertThat(call.arguments()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_MODEL", "OPENAI"})
    void aToolCallMayLackItsParts(Target target) {
        ObjectNode answer = target.transcript("tool-calls");
        function(target, answer).removeAll();

        ToolCall call = onlyToolCall(answer(target, answer));

        assertThat(call.name()).isEmpty();
        assertThat(call.json()).isEmpty();
        assertThat(call.arguments()).isEmpty();
    }

    // ---- thinking

    @ParameterizedTest
    @EnumSource(names = {"V3_MODEL", "OPENAI"})
    void thinkingIsAHeaderAndNoPartOfTheAnswer(Target target) {
        Message answer = answer(target, target.transcript("thinking"));

        assertThat(answer.getBody()).isEqualTo("Twelve.");
        assertThat(answer.getHeader(ClovaConstants.THINKING)).isEqualTo("Two trays of six make twelve.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"thinking_content", "reasoning_content", "reasoning"})
    void openAiCompatibleServicesNameThinkingDifferently(String member) {
        ObjectNode answer = OPENAI.hello();
        OPENAI.message(answer).put(member, "Hm.");

        assertThat(answer(OPENAI, answer).getHeader(ClovaConstants.THINKING)).isEqualTo("Hm.");
    }

    @Test
    void anAnswerThatWasCutWhileThinkingIsEmptyAndSaysSo() {
        ObjectNode cut = V3_MODEL.transcript("thinking");
        V3_MODEL.message(cut).put("content", "");
        V3_MODEL.choice(cut).put("finishReason", "length");

        Message answer = answer(V3_MODEL, cut);

        assertThat(answer.getBody()).isEqualTo("");
        assertThat(answer.getHeader(ClovaConstants.STOP_REASON)).isEqualTo("length");
    }

    // ---- citations and usage

    @Test
    void citationsAreTheLinksInTheirOrder() {
        Message answer = answer(OPENAI, OPENAI.transcript("citations"));

        assertThat(answer.getBody()).isEqualTo("Busan port [1][2].");
        assertThat(answer.getHeader(ClovaConstants.CITATIONS))
                .isEqualTo(List.of("https://example.org/a", "https://example.org/b"));
    }

    @Test
    void citationsThatAreNoTextAreLeftOut() {
        ObjectNode answer = OPENAI.hello();
        answer.set("citations", read("[null, 5, {\"url\":\"https://example.org\"}, \"https://example.org/a\"]"));

        assertThat(answer(OPENAI, answer).getHeader(ClovaConstants.CITATIONS))
                .isEqualTo(List.of("https://example.org/a"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{\"prompt_tokens\":1,\"promp_tokens\":2,\"completion_tokens\":3,\"total_tokens\":9} | 1 | 3 | 9",
                "{\"promp_tokens\":2,\"completion_tokens\":3,\"total_tokens\":9}                     | 2 | 3 | 9",
                "{\"completion_tokens\":3,\"total_tokens\":9}                                        | 6 | 3 | 9",
                "{\"completion_tokens\":9,\"total_tokens\":3}                                        | 0 | 9 | 3",
                "{\"prompt_tokens\":1}                                                               | 1 | - | -",
                "{\"total_tokens\":\"9\"}                                                            | - | - | 9",
                "null                                                                                | - | - | -",
                "[]                                                                                  | - | - | -",
                "{\"prompt_tokens\":99999999999}                                                     | - | - | -",
            })
    void usageIsReadWithTheQuirksOfServices(String usage, Integer input, Integer output, Integer total) {
        ObjectNode answer = OPENAI.hello();
        answer.set("usage", read(usage));

        Message message = answer(OPENAI, answer);

        assertThat(message.getHeader(ClovaConstants.INPUT_TOKENS)).isEqualTo(input);
        assertThat(message.getHeader(ClovaConstants.OUTPUT_TOKENS)).isEqualTo(output);
        assertThat(message.getHeader(ClovaConstants.TOTAL_TOKENS)).isEqualTo(total);
    }

    @Test
    void theTotalIsTheServicesOwnAndNotTheSum() {
        ObjectNode answer = V3_MODEL.hello();
        V3_MODEL.usage(answer)
                .put("promptTokens", 134)
                .put("completionTokens", 48)
                .put("totalTokens", 315);

        assertThat(answer(V3_MODEL, answer).getHeader(ClovaConstants.TOTAL_TOKENS))
                .isEqualTo(315);
    }

    // ---- several choices, log probabilities, identity

    @Test
    void theFirstOfSeveralChoicesIsTheBodyAndAllAreInAHeader() {
        Message answer = answer(OPENAI, OPENAI.transcript("several-choices"));

        assertThat(answer.getBody()).isEqualTo("Seoul");
        assertThat(answer.getHeader(ClovaConstants.STOP_REASON)).isEqualTo("stop");
        assertThat(choices(answer)).extracting(Choice::text).containsExactly("Seoul", "Busan, a po");
        assertThat(choices(answer)).extracting(Choice::index).containsExactly(0, 1);
        assertThat(choices(answer))
                .extracting(choice -> choice.stopReason().raw())
                .containsExactly("stop", "length");
    }

    @Test
    void logProbabilitiesKeepTheServicesStructure() {
        Message answer = answer(OPENAI, OPENAI.transcript("logprobs"));

        Map<?, ?> logprobs = answer.getHeader(ClovaConstants.LOGPROBS, Map.class);
        assertThat(logprobs.get("refusal")).isNull();
        assertThat(((Map<?, ?>) ((List<?>) logprobs.get("content")).get(0)).get("logprob"))
                .isEqualTo(-0.125);
    }

    @Test
    void theAnswerSaysWhoGaveItUnderWhichId() {
        Message answer = answer(OPENAI, OPENAI.hello());

        assertThat(answer.getHeaders())
                .containsEntry(ClovaConstants.RESPONSE_ID, "chatcmpl-7f3a")
                .containsEntry(ClovaConstants.RESPONSE_MODEL, "small-1-2026");
    }

    @Test
    void contentWithheldByAnOpenAiCompatibleServiceIsFlagged() {
        Message answer = answer(OPENAI, OPENAI.transcript("content-filter"));

        assertThat(answer.getBody()).isEqualTo("I would");
        assertThat(answer.getHeaders())
                .containsEntry(ClovaConstants.STOP_REASON, "content_filter")
                .containsEntry(ClovaConstants.AI_FILTER_FLAGGED, true)
                .doesNotContainKeys(ClovaConstants.AI_FILTER_VERDICT, ClovaConstants.AI_FILTER_REASONS);
    }

    @Test
    void openAiErrorTypesAreUnderstoodWhereThereIsNoCode() {
        routes.service()
                .replays(reply(
                        read("{\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_error\",\"code\":null}}")));

        assertThat(routes.ask(OPENAI.at(routes.service()), "hello").getException())
                .isInstanceOf(ClovaRateLimitException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "context_length_exceeded, ClovaContextLengthException",
        "rate_limit_exceeded,     ClovaRateLimitException",
        "invalid_api_key,         ClovaAuthenticationException",
        "server_error,            ClovaServerException",
        "something_new,           ClovaRefusedException",
    })
    void openAiErrorCodesAreUnderstood(String code, String type) {
        routes.service().replays(reply(OPENAI.refusal(code, "no")));

        assertThat(routes.ask(OPENAI.at(routes.service()), "hello").getException())
                .extracting(failure -> failure.getClass().getSimpleName())
                .isEqualTo(type);
    }

    private static Message answer(Target target, ObjectNode answer) {
        routes.service().replays(reply(answer));
        return routes.ask(target.at(routes.service()), "hello").getMessage();
    }

    private static ObjectNode function(Target target, ObjectNode answer) {
        return (ObjectNode)
                target.message(answer).at(target.isNative() ? "/toolCalls/0/function" : "/tool_calls/0/function");
    }

    private static ToolCall onlyToolCall(Message answer) {
        List<?> calls = answer.getHeader(ClovaConstants.TOOL_CALLS, List.class);
        assertThat(calls).hasSize(1);
        return (ToolCall) calls.get(0);
    }

    private static List<Choice> choices(Message answer) {
        List<?> choices = answer.getHeader(ClovaConstants.CHOICES, List.class);
        return choices.stream().map(Choice.class::cast).toList();
    }
}
