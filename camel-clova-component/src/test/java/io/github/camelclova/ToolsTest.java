package io.github.camelclova;

import static io.github.camelclova.Target.OPENAI;
import static io.github.camelclova.Target.V3_MODEL;
import static io.github.camelclova.Target.read;
import static io.github.camelclova.Target.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.Role;
import io.github.camelclova.chat.ToolCall;
import io.github.camelclova.testing.Reply;
import io.github.camelclova.testing.Transcript;
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

/** What a model may call, what it called, and how a route brings the results back. */
class ToolsTest {

    private static final String FUNCTION = "{\"name\":\"tide_at\",\"description\":\"When the tide is high\","
            + "\"parameters\":{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}}";
    private static final String BARE = "tools=[" + FUNCTION + "]";
    private static final String WRAPPED = "tools=[{\"type\":\"function\",\"function\":" + FUNCTION + "}]";
    private static final String RESOURCE = "tools=resource:classpath:tools/tides.json";
    private static final String SILENT = "tools=[{\"name\":\"now\"}]";
    private static final ToolCall TIDE = new ToolCall("call_a", "tide_at", Map.of("city", "부산"), "{\"city\": \"부산\"}");

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    // ---- what may be called

    static Stream<Arguments> definitions() {
        return Stream.of(V3_MODEL, OPENAI).flatMap(target -> Stream.of(BARE, WRAPPED, RESOURCE)
                .map(definition -> Arguments.of(target, definition)));
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void definitionsAreSentAsFunctionsHoweverTheyAreWritten(Target target, String definition) {
        JsonNode request = requestWith(target, definition);

        assertThat(request.path("tools"))
                .isEqualTo(read("[{\"type\":\"function\",\"function\":%s}]".formatted(FUNCTION)));
        assertThat(request.has("toolChoice") || request.has("tool_choice")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_MODEL", "OPENAI"})
    void aFunctionWithoutParametersTakesNone(Target target) {
        JsonNode request = requestWith(target, "tools=[{\"name\":\"now\",\"description\":\"The time\"}]");

        assertThat(request.at("/tools/0/function/parameters"))
                .isEqualTo(read("{\"type\":\"object\",\"properties\":{}}"));
    }

    @ParameterizedTest
    @CsvSource({
        "V3_MODEL, toolChoice,  none",
        "V3_MODEL, toolChoice,  auto",
        "OPENAI,   tool_choice, none",
        "OPENAI,   tool_choice, auto",
        "OPENAI,   tool_choice, required",
    })
    void aChoiceIsAWord(Target target, String member, String choice) {
        assertThat(requestWith(target, BARE, "toolChoice=" + choice)
                        .path(member)
                        .textValue())
                .isEqualTo(choice);
    }

    @ParameterizedTest
    @CsvSource({"V3_MODEL, toolChoice", "OPENAI, tool_choice"})
    void orItNamesTheFunctionThatMustBeCalled(Target target, String member) {
        assertThat(requestWith(target, BARE, "toolChoice=tide_at").path(member))
                .isEqualTo(read("{\"type\":\"function\",\"function\":{\"name\":\"tide_at\"}}"));
    }

    @Test
    void aModelThatThinksMayCallToolsWhenItDoesNot() {
        routes.service().replays(reply(V3_MODEL.hello()));

        Exchange answer =
                routes.ask(V3_MODEL.bare(routes.service(), "model=HCX-007", BARE, "thinkingEffort=none"), "hello");

        assertThat(answer.getException()).isNull();
        assertThat(lastRequest().at("/thinking/effort").textValue()).isEqualTo("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1024", "4096"})
    void v3AnswersWithToolsFrom1024TokensOn(String maxTokens) {
        assertThat(requestWith(V3_MODEL, BARE, "maxTokens=" + maxTokens)
                        .path("maxTokens")
                        .asText())
                .isEqualTo(maxTokens);
    }

    static Stream<Arguments> refusals() {
        String model = "model=HCX-005";
        return Stream.of(
                Arguments.of(Target.V1_MODEL, "model=HCX-003", BARE, "Option tools: cannot be expressed", "clova-v1"),
                Arguments.of(Target.V2_TASK, "taskId=abc", BARE, "Option tools: cannot be expressed", "clova-v2"),
                Arguments.of(Target.V3_TASK, "taskId=abc", BARE, "tools cannot be used", "tuned task"),
                Arguments.of(V3_MODEL, "model=HCX-007", BARE, "tools cannot be used", "thinkingEffort=none"),
                Arguments.of(
                        V3_MODEL,
                        "model=HCX-007",
                        BARE + "&thinkingEffort=low",
                        "tools cannot be used",
                        "thinkingEffort=none"),
                Arguments.of(V3_MODEL, model, BARE + "&toolChoice=required", "toolChoice=required", "clova-v3"),
                Arguments.of(V3_MODEL, model, BARE + "&toolChoice=any", "toolChoice=any", "clova-v3"),
                Arguments.of(OPENAI, "model=small-1", BARE + "&toolChoice=any", "toolChoice=any", "openai"),
                Arguments.of(V3_MODEL, model, BARE + "&toolChoice=wind_at", "toolChoice=wind_at", "name of a tool"),
                Arguments.of(V3_MODEL, model, "toolChoice=auto", "toolChoice", "needs tools"),
                Arguments.of(OPENAI, "model=small-1", "toolChoice=auto", "toolChoice", "needs tools"),
                Arguments.of(V3_MODEL, model, SILENT, "tools need a description", "now has none"),
                Arguments.of(V3_MODEL, model, BARE + "&maxTokens=1023", "maxTokens=1023", "1024"),
                Arguments.of(V3_MODEL, model, BARE + "&maxTokensLimit=500", "maxTokens=500", "1024"),
                Arguments.of(
                        V3_MODEL,
                        "model=HCX-007",
                        BARE + "&jsonSchema={\"type\":\"object\"}",
                        "tools cannot stand beside jsonSchema",
                        "clova-v3"));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatTheServiceWouldRefuseKeepsTheRouteFromStarting(
            Target target, String asked, String options, String named, String reason) {
        assertThat(routes.refusalOf(target.bare(routes.service(), asked, options)))
                .hasMessageContaining(named)
                .hasMessageContaining(reason);
    }

    @Test
    void openAiCompatibleServicesNeedNoDescription() {
        assertThat(requestWith(OPENAI, SILENT).at("/tools/0/function/name").textValue())
                .isEqualTo("now");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"name\":\"a\"},                                           | malformed JSON at line 1",
                "{\"name\":\"a\"}                                             | no JSON list",
                "[]                                                           | has no function",
                "[\"a\"]                                                      | entry 0 needs a name",
                "[{\"name\":\"a\"},{\"description\":\"b\"}]                   | entry 1 needs a name",
                "[{\"name\":\"a b\"}]                                         | entry 0 needs a name",
                "[{\"type\":\"function\",\"function\":{\"name\":\"\"}}]       | entry 0 needs a name",
                "[{\"name\":\"a\"},{\"name\":\"a\"}]                          | entry 1 has the name of another, a",
                "[{\"name\":\"a\",\"parameters\":\"none\"}]                   | entry 0 has parameters",
                "[{\"name\":\"a\",\"description\":{}}]                        | entry 0 has a description",
                "resource:classpath:tools/none.json                           | cannot read classpath:tools/none.json",
            })
    void aDefinitionThatIsNoneIsNamed(String tools, String named) {
        assertThat(routes.refusalOf(V3_MODEL.at(routes.service(), "tools=" + tools)))
                .hasMessageStartingWith("Option tools:")
                .hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource({
        "CamelClovaMaxTokens, 1000, maxTokens=1000",
        "CamelClovaModel, HCX-007, thinkingEffort=none",
    })
    void aHeaderCannotAskForWhatDoesNotGoWithTools(String header, String value, String named) {
        Exchange failed = routes.ask(
                V3_MODEL.at(routes.service(), BARE, "allowedHeaderOverrides=all"), "hello", Map.of(header, value));

        assertThat(failed.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(named);
        assertThat(routes.service().requests()).isEmpty();
    }

    @Test
    void aModelThatIsNamedByHeaderMayCallTools() {
        routes.service().replays(reply(V3_MODEL.hello()));
        String uri = V3_MODEL.bare(routes.service(), "allowedHeaderOverrides=model", BARE);

        Exchange answer = routes.ask(uri, "hello", Map.of(ClovaConstants.MODEL, "HCX-DASH-002"));

        assertThat(answer.getException()).isNull();
        assertThat(lastRequest().path("tools")).hasSize(1);
    }

    // ---- what was called

    static Stream<Arguments> streams() {
        return Stream.of(
                Arguments.of(V3_MODEL, "clova-v3/two-tool-calls.sse"),
                Arguments.of(OPENAI, "openai/two-tool-calls.sse"));
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aPushedStreamEndsWithTheCallsThatCameInPieces(Target target, String transcript) {
        List<Message> heard = new CopyOnWriteArrayList<>();
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:heard")
                        .process(exchange -> heard.add(exchange.getMessage().copy()));
            }
        });
        routes.service().replays(stream(transcript));

        Message answer = routes.ask(target.at(routes.service(), BARE, "streamTo=direct:heard"), "hello")
                .getMessage();

        assertThat(heard).hasSize(1);
        assertTwoCalls(heard.get(0));
        assertTwoCalls(answer);
    }

    @ParameterizedTest
    @MethodSource("streams")
    void aPulledStreamEndsWithThemToo(Target target, String transcript) {
        List<Message> heard = new CopyOnWriteArrayList<>();
        String uri = target.at(routes.service(), BARE, "streaming=true");
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:pull")
                        .to(uri)
                        .split(body())
                        .streaming()
                        .process(exchange -> heard.add(exchange.getMessage().copy()));
            }
        });
        routes.service().replays(stream(transcript));

        assertThat(routes.send("direct:pull", "hello", Map.of()).getException()).isNull();

        assertThat(heard).hasSize(1);
        assertTwoCalls(heard.get(0));
    }

    private static void assertTwoCalls(Message message) {
        assertThat(message.getBody()).isEqualTo("");
        assertThat(message.getHeader(ClovaConstants.STOP_REASON)).isEqualTo("tool_calls");
        List<ToolCall> calls = calls(message);
        assertThat(calls).extracting(ToolCall::id).containsExactly("call_a", "call_b");
        assertThat(calls).extracting(ToolCall::name).containsExactly("tide_at", "wind_at");
        assertThat(calls).extracting(ToolCall::arguments).containsExactly(Map.of("city", "부산"), Map.of("city", "제주"));
        assertThat(calls).extracting(ToolCall::json).containsExactly("{\"city\":\"부산\"}", "{\"city\":\"제주\"}");
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_MODEL", "OPENAI"})
    void whatTheModelNamesIsNoHeader(Target target) {
        ObjectNode answer = target.transcript("tool-calls");
        ObjectNode function = (ObjectNode)
                target.message(answer).at(target.isNative() ? "/toolCalls/0/function" : "/tool_calls/0/function");
        function.put("name", "CamelHttpUri");
        function.put("arguments", "{\"CamelFileName\":\"/etc/passwd\",\"Authorization\":\"x\"}");
        routes.service().replays(reply(answer));

        Message message = routes.ask(target.at(routes.service(), BARE), "hello").getMessage();

        assertThat(calls(message)).extracting(ToolCall::name).containsExactly("CamelHttpUri");
        assertThat(message.getHeaders()).doesNotContainKeys("CamelHttpUri", "CamelFileName", "Authorization");
        assertThat(message.getHeaders().keySet()).allMatch(name -> name.startsWith("CamelClova"));
    }

    // ---- the second round

    private static final String NATIVE_ROUND = """
            [
              {"role": "user", "content": "만조가 언제예요?"},
              {"role": "assistant", "content": "", "toolCalls": [
                {"id": "call_a", "type": "function", "function": {"name": "tide_at", "arguments": {"city": "부산"}}}]},
              {"role": "tool", "content": "09:12", "toolCallId": "call_a"}
            ]""";
    private static final String OPENAI_ROUND = """
            [
              {"role": "user", "content": "만조가 언제예요?"},
              {"role": "assistant", "content": null, "tool_calls": [
                {"id": "call_a", "type": "function", "function": {"name": "tide_at", "arguments": "{\\"city\\":\\"부산\\"}"}}]},
              {"role": "tool", "content": "09:12", "tool_call_id": "call_a"}
            ]""";

    static Stream<Arguments> rounds() {
        Map<String, Object> user = Map.of("role", "user", "content", "만조가 언제예요?");
        Map<String, Object> function = Map.of("name", "tide_at", "arguments", Map.of("city", "부산"));
        Map<String, Object> call = Map.of("id", "call_a", "type", "function", "function", function);
        return Stream.of(V3_MODEL, OPENAI).flatMap(target -> Stream.<Object>of(
                        List.of(
                                ChatMessage.user("만조가 언제예요?"),
                                ChatMessage.assistant("", List.of(TIDE)),
                                ChatMessage.tool("call_a", "09:12")),
                        List.of(
                                user,
                                Map.of("role", "assistant", "content", "", "toolCalls", List.of(TIDE)),
                                Map.of("role", "tool", "content", "09:12", "toolCallId", "call_a")),
                        List.of(
                                user,
                                Map.of("role", Role.ASSISTANT, "tool_calls", List.of(call), "other", Thread.class),
                                Map.of("role", Role.TOOL, "content", "09:12", "tool_call_id", "call_a")),
                        NATIVE_ROUND,
                        OPENAI_ROUND)
                .map(body -> Arguments.of(target, body)));
    }

    @ParameterizedTest
    @MethodSource("rounds")
    void callsAndResultsAreSentInTheDialectsOwnForm(Target target, Object body) {
        routes.service().replays(reply(target.hello()));

        Exchange answer = routes.ask(target.at(routes.service(), BARE, "bodyFormat=messages"), body);

        assertThat(answer.getException()).isNull();
        JsonNode sent = lastRequest().path("messages");
        ObjectNode expected =
                (ObjectNode) read("{\"messages\":%s}".formatted(target.isNative() ? NATIVE_ROUND : OPENAI_ROUND));
        // Content is never null, whatever came.
        ((ObjectNode) expected.at("/messages/1")).put("content", "");
        assertThat(withPlainArguments(sent)).isEqualTo(withPlainArguments(expected.path("messages")));
        JsonNode arguments =
                sent.at(target.isNative() ? "/1/toolCalls/0/function/arguments" : "/1/tool_calls/0/function/arguments");
        assertThat(arguments.isObject()).isEqualTo(target.isNative());
        assertThat(arguments.isTextual()).isEqualTo(!target.isNative());
    }

    /** White space in arguments that are text says nothing. */
    private static JsonNode withPlainArguments(JsonNode messages) {
        JsonNode function = messages.at("/1/tool_calls/0/function");
        if (function instanceof ObjectNode openAi) {
            openAi.put("arguments", read(openAi.path("arguments").textValue()).toString());
        }
        return messages;
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_MODEL", "OPENAI"})
    void anAnswerGoesBackAsItCame(Target target) {
        routes.service().replays(reply(target.transcript("tool-calls")), reply(target.hello()));
        String from = routes.start(target.at(routes.service(), BARE));
        Message first = routes.send(from, "어디예요?", Map.of()).getMessage();

        ToolCall call = calls(first).get(0);
        routes.send(
                from,
                List.of(
                        ChatMessage.user("어디예요?"),
                        ChatMessage.assistant(first.getBody(String.class), calls(first)),
                        ChatMessage.tool(call.id(), "부산항")),
                first.getHeaders());

        ObjectNode asked = target.transcript("tool-calls");
        target.message(asked).put("content", "");
        assertThat(lastRequest().at("/messages/1")).isEqualTo(target.message(asked));
    }

    @Test
    void aCallWithoutArgumentsIsSentWithAnEmptyObject() {
        ToolCall now = new ToolCall("call_a", "now", Map.of(), "");
        routes.service().replays(reply(OPENAI.hello()));

        routes.ask(
                OPENAI.at(routes.service()),
                List.of(ChatMessage.assistant("", List.of(now)), ChatMessage.tool("call_a", "12:00")));

        assertThat(lastRequest()
                        .at("/messages/0/tool_calls/0/function/arguments")
                        .textValue())
                .isEqualTo("{}");
    }

    @ParameterizedTest
    @EnumSource(names = {"V1_MODEL", "V1_TASK", "V2_TASK"})
    void dialectsWithoutToolsRefuseSuchMessages(Target target) {
        for (ChatMessage message :
                List.of(ChatMessage.assistant("", List.of(TIDE)), ChatMessage.tool("call_a", "09:12"))) {
            Exchange failed = routes.ask(target.at(routes.service()), List.of(ChatMessage.user("hello"), message));

            assertThat(failed.getException())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("message body")
                    .hasMessageContaining(target.dialect());
        }
        assertThat(routes.service().requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[{\"role\":\"tool\",\"content\":\"x\"}]                                        | entry 0: the role tool",
                "[{\"role\":\"user\",\"content\":\"x\",\"toolCallId\":\"call_a\"}]              | entry 0: the role tool",
                "[{\"role\":\"tool\",\"tool_call_id\":\"call_a\"}]                              | entry 0 needs role and content",
                "[{\"role\":\"assistant\",\"content\":null,\"toolCalls\":[]}]                   | entry 0 needs role and content",
                "[{\"role\":\"assistant\",\"content\":\"\",\"toolCalls\":{\"id\":\"a\"}}]       | entry 0 needs its tool calls as a list",
                "[{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"a\"}]}]    | entry 0 needs its tool calls as a list",
                "[{\"role\":\"user\",\"content\":\"\",\"toolCalls\":[{\"id\":\"a\",\"function\":{\"name\":\"f\"}}]}] | entry 0: only the role assistant",
            })
    void aMessageWhosePartsDoNotFitItsRoleIsRefused(String json, String named) {
        Exchange failed = routes.ask(V3_MODEL.at(routes.service(), "bodyFormat=messages"), json);

        assertThat(failed.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("message body")
                .hasMessageContaining(named);
        assertThat(routes.service().requests()).isEmpty();
    }

    @Test
    void aTypedMessageCannotBeWrongEither() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChatMessage(Role.USER, "x", List.of(TIDE), null))
                .withMessageContaining("assistant");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ChatMessage(Role.TOOL, "x"))
                .withMessageContaining("id of its tool call");
    }

    @Test
    void textCannotSpeakAsATool() {
        routes.service().replays(reply(V3_MODEL.hello()));

        routes.ask(V3_MODEL.at(routes.service(), BARE), NATIVE_ROUND);

        assertThat(lastRequest().path("messages")).hasSize(1);
        assertThat(lastRequest().at("/messages/0/role").textValue()).isEqualTo("user");
    }

    private static JsonNode requestWith(Target target, String... options) {
        routes.service().replays(reply(target.hello()));
        assertThat(routes.ask(target.at(routes.service(), options), "hello").getException())
                .isNull();
        return lastRequest();
    }

    private static JsonNode lastRequest() {
        return routes.service()
                .requests()
                .get(routes.service().requests().size() - 1)
                .json();
    }

    private static Reply stream(String transcript) {
        return Reply.events(Transcript.load("transcripts/" + transcript));
    }

    private static List<ToolCall> calls(Message message) {
        List<?> calls = message.getHeader(ClovaConstants.TOOL_CALLS, List.class);
        return calls.stream().map(ToolCall.class::cast).toList();
    }
}
