package io.github.camelclova;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.ToolTalk.Call;
import io.github.camelclova.ToolTalk.Mode;
import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaRefusedException;
import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.chat.ToolCall;
import io.github.camelclova.testing.Reply;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.AsyncProcessorSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Routes that the model calls while it answers: as a whole, pushed and pulled, in each dialect that has tools. */
class RouteToolsTest {

    private static final String FIND_ORDER = "clova:tool/findOrder?description=Where an order is"
            + "&parameter.number=string&parameter.number.required=true&parameter.number.description=The order's number"
            + "&parameter.kind.enum=retail,trade&parameter.pieces=integer";
    private static final Call FIND = new Call("call_1", "findOrder", "{\"number\":\"A-1\"}");
    private static final Call SLOW = new Call("call_2", "slow", "{}");
    private static final Call FAILING = new Call("call_3", "failing", "");
    private static final Call HANGING = new Call("call_4", "hanging", "{}");

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    private final List<Message> heard = new CopyOnWriteArrayList<>();
    private final List<Message> called = new CopyOnWriteArrayList<>();
    private final List<Runnable> hanging = new CopyOnWriteArrayList<>();

    @AfterEach
    void letGo() {
        hanging.forEach(Runnable::run);
    }

    static Stream<Arguments> everyWay() {
        return Arrays.stream(ToolTalk.values())
                .flatMap(talk -> Arrays.stream(Mode.values()).map(mode -> Arguments.of(talk, mode)));
    }

    // ---- the loop

    @ParameterizedTest
    @MethodSource("everyWay")
    void theModelIsAskedAgainWithWhatTheToolsGave(ToolTalk talk, Mode mode) {
        routes.service()
                .replays(
                        talk.calls(mode, FIND, SLOW),
                        talk.calls(mode, FAILING),
                        talk.says(mode, "It is ", "in Daejeon."));

        Exchange asked = ask(talk, mode, "toolRoutes=findOrder,slow,failing");

        Message answer = answer(asked, mode);
        assertThat(answer.getBody()).isEqualTo("It is in Daejeon.");
        assertThat(answer.getHeader(ClovaConstants.STOP_REASON)).isEqualTo("stop");
        assertThat(answer.getHeader(ClovaConstants.TOOL_CALLS)).isNull();
        assertThat(answer.getHeader(ClovaConstants.ATTEMPTS)).isEqualTo(3);
        assertThat(answer.getHeader(ClovaConstants.TOTAL_TOKENS)).isEqualTo(45);
        assertThat(messages(1))
                .containsExactly("user: hello", "assistant: ", "tool call_1: at A-1", "tool call_2: slowly");
        assertThat(messages(2))
                .containsExactly(
                        "user: hello",
                        "assistant: ",
                        "tool call_1: at A-1",
                        "tool call_2: slowly",
                        "assistant: ",
                        "tool call_3: Error: the tool failed");
        assertThat(toolChoice(0) + toolChoice(1) + toolChoice(2)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"PUSHED", "PULLED"})
    void aStreamShowsEachCallAndGoesOnCounting(Mode mode) {
        ToolTalk talk = ToolTalk.CLOVA_V3;
        routes.service()
                .replays(
                        talk.reply(mode, "tool_calls", new String[] {"Wait. "}, FIND, SLOW),
                        talk.says(mode, "It is ", "there."));

        Exchange asked = ask(talk, mode, "toolRoutes=findOrder,slow");

        assertThat(asked.getException()).isNull();
        assertThat(headers(ClovaConstants.EVENT_TYPE))
                .containsExactly("token", "tool", "tool", "token", "token", "result");
        assertThat(heard)
                .extracting(Message::getBody)
                .containsExactly("Wait. ", "findOrder", "slow", "It is ", "there.", "It is there.");
        assertThat(headers(ClovaConstants.TOKEN_INDEX)).containsExactly(0, null, null, 1, 2, null);
        assertThat(headers(ClovaConstants.STREAM_COMPLETE)).containsExactly(null, null, null, null, null, true);
        assertThat(new ArrayList<>(headers(ClovaConstants.STREAM_ID)).stream().distinct())
                .hasSize(1);
        assertThat(toolCalls(heard.get(1))).extracting(ToolCall::arguments).containsExactly(Map.of("number", "A-1"));
        assertThat(heard).allMatch(message -> "7".equals(message.getHeader("Shop")));
    }

    @ParameterizedTest
    @EnumSource(ToolTalk.class)
    void aToolIsToldAsItsRouteDescribesIt(ToolTalk talk) {
        routes.service().replays(talk.says(Mode.WHOLE, "Hello."));

        ask(talk, Mode.WHOLE, "toolRoutes=findOrder");

        assertThat(request(0).path("tools")).isEqualTo(Target.read("""
                [{"type":"function","function":{"name":"findOrder","description":"Where an order is","parameters":
                  {"type":"object","required":["number"],"properties":{
                    "kind":{"type":"string","enum":["retail","trade"]},
                    "number":{"type":"string","description":"The order's number"},
                    "pieces":{"type":"integer"}}}}}]"""));
    }

    @Test
    void aRouteIsHandedTheArgumentsAndTheHeadersOfTheExchangeThatAsked() {
        ToolTalk talk = ToolTalk.CLOVA_V3;
        routes.service()
                .replays(
                        talk.calls(Mode.WHOLE, new Call("call_1", "findOrder", "{\"number\":\"A-1\",\"pieces\":3}")),
                        talk.says(Mode.WHOLE, "Hello."));

        Exchange asked = ask(talk, Mode.WHOLE, "toolRoutes=findOrder");

        Message message = called.get(0);
        assertThat(message.getBody()).isEqualTo(Map.of("number", "A-1", "pieces", 3));
        assertThat(message.getHeaders())
                .containsOnly(Map.entry("Shop", "7"), Map.entry(ClovaConstants.TOOL_NAME, "findOrder"));
        assertThat(asked.getMessage().getHeaders()).doesNotContainKey(ClovaConstants.TOOL_NAME);
    }

    static Stream<Arguments> results() {
        return Stream.of(
                Arguments.of("at home", "at home"),
                Arguments.of("", ""),
                Arguments.of(null, "null"),
                Arguments.of(Map.of("city", "부산"), "{\"city\":\"부산\"}"),
                Arguments.of(List.of(1, 2), "[1,2]"),
                Arguments.of(4.5, "4.5"),
                Arguments.of(true, "true"),
                Arguments.of(new Parcel("KR-1", 2), "{\"number\":\"KR-1\",\"pieces\":2}"),
                Arguments.of("부산".getBytes(StandardCharsets.UTF_8), "부산"),
                Arguments.of(new Object(), "Error: the tool failed"));
    }

    record Parcel(String number, int pieces) {}

    @ParameterizedTest
    @MethodSource("results")
    void whatARouteGivesIsReadAsText(Object body, String text) {
        routes.add(tool("clova:tool/given?description=Gives", exchange -> exchange.getMessage()
                .setBody(body)));
        ToolTalk talk = ToolTalk.CLOVA_V3;
        routes.service()
                .replays(talk.calls(Mode.WHOLE, new Call("call_1", "given", "")), talk.says(Mode.WHOLE, "Hello."));

        ask(talk, Mode.WHOLE, "toolRoutes=given");

        assertThat(messages(1)).endsWith("tool call_1: " + text);
    }

    record Broken(int pieces) {

        @Override
        public int pieces() {
            if (pieces == 0) {
                throw new LinkageError("jdbc:secret");
            }
            return pieces;
        }
    }

    @Test
    void aResultThatCannotBeReadFailsTheToolAlsoWhereItsRouteIsAsynchronous() {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("clova:tool/given?description=Gives")
                        .delay(1)
                        .asyncDelayed()
                        .process(exchange -> exchange.getMessage().setBody(new Broken(0)));
            }
        });
        ToolTalk talk = ToolTalk.CLOVA_V3;
        routes.service()
                .replays(talk.calls(Mode.WHOLE, new Call("call_1", "given", "")), talk.says(Mode.WHOLE, "Hello."));

        ask(talk, Mode.WHOLE, "toolRoutes=given", "requestTimeout=5000");

        assertThat(messages(1)).endsWith("tool call_1: Error: the tool failed");
    }

    // ---- where it ends

    @ParameterizedTest
    @MethodSource("everyWay")
    void theLastRoundHasToAnswer(ToolTalk talk, Mode mode) {
        routes.service().replays(talk.calls(mode, FIND), talk.calls(mode, FIND), talk.calls(mode, FIND));

        Exchange asked = ask(talk, mode, "toolRoutes=findOrder", "maxToolRounds=2");

        assertThat(routes.service().requests()).hasSize(3);
        assertThat(List.of(toolChoice(0), toolChoice(1), toolChoice(2))).containsExactly("", "", "\"none\"");
        assertThat(called).hasSize(2);
        // A service that does not heed it has its calls handed to the route.
        assertThat(toolCalls(answer(asked, mode))).hasSize(1);
    }

    @Test
    void aToolThatMustBeCalledIsAskedForOnce() {
        ToolTalk talk = ToolTalk.CLOVA_V3;
        routes.service().replays(talk.calls(Mode.WHOLE, FIND), talk.says(Mode.WHOLE, "Hello."));

        ask(talk, Mode.WHOLE, "toolRoutes=findOrder", "toolChoice=findOrder");

        assertThat(toolChoice(0)).contains("findOrder");
        assertThat(toolChoice(1)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void callsOfToolsThatAreNoRoutesAreTheRoutes(ToolTalk talk, Mode mode) {
        routes.service().replays(talk.calls(mode, FIND, new Call("call_9", "weigh", "{}")));

        Exchange asked =
                ask(talk, mode, "toolRoutes=findOrder", "tools=[{\"name\":\"weigh\",\"description\":\"Weighs\"}]");

        assertThat(toolCalls(answer(asked, mode))).hasSize(2);
        assertThat(called).isEmpty();
        assertThat(request(0).path("tools")).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void aCallThatMayBeHalfOneIsNotRun(ToolTalk talk, Mode mode) {
        routes.service().replays(talk.reply(mode, "length", new String[0], FIND));

        Exchange asked = ask(talk, mode, "toolRoutes=findOrder");

        assertThat(answer(asked, mode).getHeader(ClovaConstants.STOP_REASON)).isEqualTo("length");
        assertThat(called).isEmpty();
    }

    // ---- what the model writes

    static Stream<Arguments> badCalls() {
        String huge = "{\"number\":\"" + "9".repeat(70_000) + "\"}";
        String deep = "{\"number\":" + "[".repeat(200) + "]".repeat(200) + "}";
        return Stream.of(
                Arguments.of("findOrder", "{\"number\":", "the arguments do not fit: not JSON, at line 1, column 11"),
                Arguments.of("findOrder", "[\"A-1\"]", "the arguments do not fit: no JSON object"),
                Arguments.of("findOrder", "", "the arguments do not fit: $ breaks required of number"),
                Arguments.of("findOrder", "{\"number\":7}", "the arguments do not fit: $.number breaks type"),
                Arguments.of(
                        "findOrder",
                        "{\"number\":\"1\",\"kind\":\"x\"}",
                        "the arguments do not fit: $.kind breaks enum"),
                Arguments.of(
                        "findOrder",
                        "{\"number\":\"1\",\"CamelHttpUri\":\"http://a\"}",
                        "the arguments do not fit: $ breaks additionalProperties"),
                Arguments.of("findOrder", huge, "the arguments do not fit: longer than 65536 characters"),
                Arguments.of("findOrder", deep, "the arguments do not fit: not JSON"),
                Arguments.of("slow", "{}", "there is no tool of this name"),
                Arguments.of("nowhere", "{}", "there is no tool of this name"),
                Arguments.of("", "{}", "there is no tool of this name"),
                Arguments.of("direct:heard", "{}", "there is no tool of this name"));
    }

    @ParameterizedTest
    @MethodSource("badCalls")
    void aCallThatCannotBeRunIsToldAndHarmsNothing(String name, String arguments, String problem) {
        for (ToolTalk talk : ToolTalk.values()) {
            routes.service().reset();
            routes.service()
                    .replays(
                            talk.calls(Mode.WHOLE, new Call("call_1", name, arguments)),
                            talk.says(Mode.WHOLE, "Sorry."));

            Exchange asked = ask(talk, Mode.WHOLE, "toolRoutes=findOrder", "toolErrorPolicy=fail");

            assertThat(answer(asked, Mode.WHOLE).getBody()).isEqualTo("Sorry.");
            assertThat(messages(1)).last().asString().startsWith("tool call_1: Error: " + problem);
            assertThat(called).isEmpty();
            assertThat(heard).isEmpty();
            // A service reads the call again, so it is sent one that can be read.
            JsonNode repeated = request(1).at("/messages/1").path(talk.target.isNative() ? "toolCalls" : "tool_calls");
            assertThat(repeated.at("/0/function/name").textValue()).matches("[A-Za-z0-9_-]+");
            JsonNode sent = repeated.at("/0/function/arguments");
            assertThat(sent.isObject() || Target.read(sent.textValue()).isObject())
                    .isTrue();
        }
    }

    @Test
    void argumentsAreABodyAndNothingElse() {
        routes.add(tool(
                "clova:tool/free?description=Takes anything&parameters={\"type\":\"object\"}",
                exchange -> exchange.getMessage().setBody("done")));
        ToolTalk talk = ToolTalk.OPENAI;
        String arguments =
                "{\"CamelHttpUri\":\"http://a\",\"CamelFileName\":\"/etc/passwd\",\"CamelClovaToolName\":\"b\"}";
        routes.service()
                .replays(
                        talk.calls(Mode.WHOLE, new Call("call_1", "free", arguments)), talk.says(Mode.WHOLE, "Hello."));

        Exchange asked = ask(talk, Mode.WHOLE, "toolRoutes=free");

        Message message = called.get(0);
        assertThat(message.getBody())
                .isEqualTo(
                        Map.of("CamelHttpUri", "http://a", "CamelFileName", "/etc/passwd", "CamelClovaToolName", "b"));
        assertThat(message.getHeaders().keySet()).containsExactlyInAnyOrder("Shop", ClovaConstants.TOOL_NAME);
        assertThat(message.getHeader(ClovaConstants.TOOL_NAME)).isEqualTo("free");
        assertThat(asked.getMessage().getHeaders()).doesNotContainKeys("CamelHttpUri", "CamelFileName");
        assertThat(asked.getProperties()).doesNotContainKeys("CamelHttpUri", "CamelFileName");
    }

    @Test
    void oneRoundRunsSoManyCallsAndNoMore() {
        ToolTalk talk = ToolTalk.CLOVA_V3;
        Call[] many = IntStream.range(0, 1000)
                .mapToObj(each -> new Call("call_" + each, "findOrder", "{\"number\":\"A\"}"))
                .toArray(Call[]::new);
        routes.service().replays(talk.calls(Mode.WHOLE, many), talk.says(Mode.WHOLE, "Hello."));

        ask(talk, Mode.WHOLE, "toolRoutes=findOrder");

        assertThat(called).hasSize(32);
        assertThat(messages(1)).hasSize(1002).last().isEqualTo("tool call_999: Error: only 32 calls are run at once");
    }

    @Test
    void callsWithoutAnIdAreToldApart() {
        ToolTalk talk = ToolTalk.OPENAI;
        Call nameless = new Call("", "findOrder", "{\"number\":\"A-1\"}");
        routes.service().replays(talk.calls(Mode.WHOLE, nameless, nameless), talk.says(Mode.WHOLE, "Hello."));

        ask(talk, Mode.WHOLE, "toolRoutes=findOrder");

        assertThat(messages(1)).endsWith("tool call_0: at A-1", "tool call_1: at A-1");
        assertThat(request(1).at("/messages/1/tool_calls/1/id").textValue()).isEqualTo("call_1");
    }

    // ---- what goes wrong

    @ParameterizedTest
    @MethodSource("everyWay")
    void aToolsFailureIsTheExchangesWhereThePolicySaysSo(ToolTalk talk, Mode mode) {
        routes.service().replays(talk.calls(mode, FAILING, FIND));

        Exchange asked = ask(talk, mode, "toolRoutes=findOrder,failing", "toolErrorPolicy=fail");

        assertThat(cause(asked)).hasMessage("jdbc:secret is down");
        assertThat(called).isEmpty();
        assertThat(routes.service().requests()).hasSize(1);
        if (mode == Mode.PUSHED) {
            assertThat(headers(ClovaConstants.EVENT_TYPE)).containsExactly("tool", "tool", "error");
        }
    }

    @Test
    void itIsTheSameExceptionWhateverItsKind() {
        IOException failure = new IOException("no space left");
        routes.add(tool("clova:tool/write?description=Writes", exchange -> {
            throw failure;
        }));
        routes.service().replays(ToolTalk.CLOVA_V3.calls(Mode.WHOLE, new Call("call_1", "write", "")));

        Exchange asked = ask(ToolTalk.CLOVA_V3, Mode.WHOLE, "toolRoutes=write", "toolErrorPolicy=fail");

        assertThat(asked.getException()).isSameAs(failure);
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void theClockOfTheWholeStepRunsWhileAToolDoes(ToolTalk talk, Mode mode) {
        routes.service().replays(talk.calls(mode, HANGING));

        Exchange asked = ask(talk, mode, "toolRoutes=hanging", "requestTimeout=2000");

        assertThat(cause(asked)).isInstanceOf(ClovaTimeoutException.class);
        assertThat(hanging).hasSize(1);
        if (mode == Mode.PUSHED) {
            assertThat(headers(ClovaConstants.EVENT_TYPE)).containsExactly("tool", "error");
        }
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void aRouteThatStopsCutsOffWhatItsToolsDo(ToolTalk talk, Mode mode) throws Exception {
        routes.service().replays(talk.calls(mode, HANGING));
        String from = start(talk, mode, "toolRoutes=hanging");
        CompletableFuture<Exchange> asking = routes.template()
                .asyncSend(from, exchange -> exchange.getMessage().setBody("hello"));
        await().until(() -> hanging.size() == 1);

        routes.context().getRouteController().stopRoute("asking", 1, TimeUnit.MILLISECONDS);

        assertThat(cause(asking.get(10, TimeUnit.SECONDS))).isInstanceOf(ClovaCancelledException.class);
    }

    @ParameterizedTest
    @EnumSource(ToolTalk.class)
    void aToolThatIsShownCanBeForbidden(ToolTalk talk) {
        cancelAtTool = true;
        routes.service().replays(talk.calls(Mode.PUSHED, FIND));

        Exchange asked = ask(talk, Mode.PUSHED, "toolRoutes=findOrder");

        assertThat(asked.getException()).isInstanceOf(ClovaCancelledException.class);
        assertThat(headers(ClovaConstants.EVENT_TYPE)).containsExactly("tool", "error");
        assertThat(called).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ToolTalk.class)
    void soItCanInAPulledStream(ToolTalk talk) {
        cancelAtTool = true;
        routes.service().replays(talk.calls(Mode.PULLED, FIND));

        Exchange asked = ask(talk, Mode.PULLED, "toolRoutes=findOrder");

        assertThat(asked.getException()).isNull();
        assertThat(headers(ClovaConstants.EVENT_TYPE)).containsExactly("tool");
        assertThat(called).isEmpty();
    }

    @Test
    void anIteratorThatIsClosedWaitsForNoTool() throws Exception {
        routes.service().replays(ToolTalk.CLOVA_V3.calls(Mode.PULLED, HANGING));
        CompletableFuture<Object> body = new CompletableFuture<>();
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        tools();
        String uri = ToolTalk.CLOVA_V3.target.at(routes.service(), "toolRoutes=hanging", Mode.PULLED.option);
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:pull").to(uri).process(exchange -> {
                    body.complete(exchange.getMessage().getBody());
                    Iterator<?> tokens = exchange.getMessage().getBody(Iterator.class);
                    tokens.next();
                    thrown.complete(catchThrowable(tokens::next));
                });
            }
        });
        CompletableFuture<Exchange> asking = routes.template()
                .asyncSend("direct:pull", exchange -> exchange.getMessage().setBody("hello"));
        await().until(() -> hanging.size() == 1);

        ((Closeable) body.get(10, TimeUnit.SECONDS)).close();

        assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(ClovaCancelledException.class);
        assertThat(asking.get(10, TimeUnit.SECONDS)).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("everyWay")
    void aFailureOfALaterRoundIsTheExchanges(ToolTalk talk, Mode mode) {
        routes.service()
                .replays(
                        talk.calls(mode, FIND),
                        Target.reply(talk.target.refusal("40000", "no")).status(400));

        Exchange asked = ask(talk, mode, "toolRoutes=findOrder");

        assertThat(cause(asked)).isInstanceOf(ClovaRefusedException.class);
        if (mode == Mode.PUSHED) {
            assertThat(headers(ClovaConstants.EVENT_TYPE)).containsExactly("tool", "error");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"PUSHED", "PULLED"})
    void onlyTheLastRoundIsJudged(Mode mode) {
        ToolTalk talk = ToolTalk.CLOVA_V3;
        String safe = Stream.of("insult", "discrimination", "sexualHarassment")
                .map("{\"name\":\"%s\",\"score\":\"2\"}"::formatted)
                .collect(joining(","));
        routes.service()
                .replays(
                        talk.reply(mode, "tool_calls", new String[] {"Wait."}, FIND),
                        Reply.events(Spoken.CLOVA_V3.tokens("There.")
                                + "event:result\ndata:{\"message\":{\"content\":\"There.\"},\"finishReason\":\"stop\",\"aiFilter\":["
                                + safe + "]}\n\n"));

        Exchange asked = ask(talk, mode, "toolRoutes=findOrder", "aiFilterRelease=hold", "aiFilterPolicy=strict");

        assertThat(asked.getException()).isNull();
        assertThat(headers(ClovaConstants.EVENT_TYPE)).containsExactly("tool", "token", "result");
        assertThat(answer(asked, mode).getHeader(ClovaConstants.AI_FILTER_FLAGGED))
                .isEqualTo(false);
    }

    @Test
    void anAnswerThatDoesNotFitIsAskedForAgainWithAllThatWasSaid() {
        ToolTalk talk = ToolTalk.OPENAI;
        routes.service()
                .replays(
                        talk.calls(Mode.WHOLE, FIND),
                        talk.says(Mode.WHOLE, "there"),
                        talk.says(Mode.WHOLE, "{\"city\":\"부산\"}"));

        Exchange asked = ask(
                talk,
                Mode.WHOLE,
                "toolRoutes=findOrder",
                "structuredRetries=1",
                "jsonSchema={\"type\":\"object\",\"required\":[\"city\"]}");

        assertThat(answer(asked, Mode.WHOLE).getBody()).isEqualTo("{\"city\":\"부산\"}");
        assertThat(answer(asked, Mode.WHOLE).getHeader(ClovaConstants.ATTEMPTS)).isEqualTo(3);
        assertThat(messages(2))
                .startsWith("user: hello", "assistant: ", "tool call_1: at A-1", "assistant: there")
                .hasSize(5);
    }

    // ---- many at once

    @ParameterizedTest
    @MethodSource("everyWay")
    void toolsThatTakeTheirTimeHoldNoThread(ToolTalk talk, Mode mode) throws Exception {
        // Whoever pulls waits on a thread, of which there are ten.
        int conversations = mode == Mode.PULLED ? 10 : 200;
        routes.service()
                .answers(request ->
                        request.body().contains("call_4") ? talk.says(mode, "Done.") : talk.calls(mode, HANGING));
        String from = start(talk, mode, "toolRoutes=hanging");
        AsyncProducer producer = routes.context().getEndpoint(from).createAsyncProducer();
        producer.start();
        List<CompletableFuture<Exchange>> asking = IntStream.range(0, conversations)
                .mapToObj(each -> {
                    Exchange exchange = producer.getEndpoint().createExchange();
                    exchange.getMessage().setBody("hello");
                    return producer.processAsync(exchange);
                })
                .toList();

        await().until(() -> hanging.size() == conversations);
        int threads = LiveThreads.ofTheComponent().size();
        hanging.forEach(Runnable::run);

        asking.forEach(
                each -> assertThat(each.orTimeout(20, TimeUnit.SECONDS).join().getException())
                        .isNull());
        assertThat(heard.stream().filter(message -> "result".equals(message.getHeader(ClovaConstants.EVENT_TYPE))))
                .hasSize(mode == Mode.WHOLE ? 0 : conversations);
        // Two pools of 20 at most, a clock, and the I/O of one client.
        assertThat(threads).isLessThan(50);
        hanging.clear();
    }

    // ---- what stories are made of

    private boolean cancelAtTool;

    private Exchange ask(ToolTalk talk, Mode mode, String... options) {
        return routes.send(start(talk, mode, options), "hello", Map.of("Shop", "7", "CamelClovaTopK", 3));
    }

    private String start(ToolTalk talk, Mode mode, String... options) {
        tools();
        String all = Stream.concat(Arrays.stream(options), Stream.of(mode.option))
                .filter(option -> !option.isEmpty())
                .reduce((one, other) -> one + "&" + other)
                .orElseThrow();
        String uri = talk.target.at(routes.service(), all);
        String from = "direct:asked-" + routes.context().getRoutesSize() + "-" + talk;
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                if (mode == Mode.PULLED) {
                    from(from)
                            .routeId("asking")
                            .to(uri)
                            .split(body())
                            .streaming()
                            .stopOnException()
                            .process(RouteToolsTest.this::hear)
                            .end();
                } else {
                    from(from).routeId("asking").to(uri);
                }
            }
        });
        return from;
    }

    private void hear(Exchange exchange) {
        heard.add(exchange.getMessage().copy());
        if (cancelAtTool && "tool".equals(exchange.getMessage().getHeader(ClovaConstants.EVENT_TYPE))) {
            exchange.getMessage().setHeader(ClovaConstants.CANCEL, true);
        }
    }

    /** Three tools: one sound, one slow, one failing; and one that ends when the test says so. */
    private void tools() {
        if (routes.context().getRoute("heard") != null) {
            return;
        }
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:heard").routeId("heard").process(RouteToolsTest.this::hear);
                from("clova:tool/slow?description=Takes its time")
                        .delay(50)
                        .asyncDelayed()
                        .setBody(constant("slowly"));
                from("clova:tool/failing?description=Fails").process(exchange -> {
                    throw new IllegalStateException("jdbc:secret is down");
                });
                from("clova:tool/hanging?description=Waits").process(new AsyncProcessorSupport() {
                    @Override
                    public boolean process(Exchange exchange, AsyncCallback callback) {
                        hanging.add(() -> callback.done(false));
                        return false;
                    }
                });
            }
        });
        routes.add(tool(FIND_ORDER, exchange -> exchange.getMessage()
                .setBody("at " + exchange.getMessage().getBody(Map.class).get("number"))));
    }

    private RouteBuilder tool(String uri, Processor work) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(uri)
                        .process(exchange -> called.add(exchange.getMessage().copy()))
                        .process(work);
            }
        };
    }

    private Message answer(Exchange asked, Mode mode) {
        assertThat(asked.getException()).isNull();
        return mode == Mode.PULLED ? heard.get(heard.size() - 1) : asked.getMessage();
    }

    /** Of a splitter, what it wraps. */
    private static Throwable cause(Exchange failed) {
        return Stream.<Throwable>iterate(failed.getException(), Objects::nonNull, Throwable::getCause)
                .reduce((outer, inner) -> inner)
                .orElseThrow();
    }

    private static List<ToolCall> toolCalls(Message message) {
        List<?> calls = message.getHeader(ClovaConstants.TOOL_CALLS, List.class);
        return calls.stream().map(ToolCall.class::cast).toList();
    }

    private List<Object> headers(String name) {
        return heard.stream().map(message -> message.getHeader(name)).toList();
    }

    private static JsonNode request(int index) {
        return routes.service().requests().get(index).json();
    }

    private static String toolChoice(int index) {
        JsonNode choice = request(index).findPath("toolChoice");
        JsonNode found = choice.isMissingNode() ? request(index).findPath("tool_choice") : choice;
        return found.isMissingNode() ? "" : found.toString();
    }

    /** The messages of a request: who speaks, whose result it is, and what is said. */
    private static List<String> messages(int index) {
        List<String> messages = new ArrayList<>();
        request(index).path("messages").forEach(message -> {
            String id = Stream.of("toolCallId", "tool_call_id")
                    .map(name -> message.path(name).textValue())
                    .filter(Objects::nonNull)
                    .map(each -> " " + each)
                    .findFirst()
                    .orElse("");
            messages.add(message.path("role").textValue() + id + ": "
                    + message.path("content").textValue());
        });
        return messages;
    }
}
