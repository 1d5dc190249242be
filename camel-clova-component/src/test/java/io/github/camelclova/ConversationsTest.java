package io.github.camelclova;

import static io.github.camelclova.Target.OPENAI;
import static io.github.camelclova.Target.V3_MODEL;
import static io.github.camelclova.Target.read;
import static io.github.camelclova.Target.reply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ClovaAiFilterException;
import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaServerException;
import io.github.camelclova.chat.ClovaTruncatedException;
import io.github.camelclova.chat.ContentPart;
import io.github.camelclova.chat.Conversation;
import io.github.camelclova.chat.ToolCall;
import io.github.camelclova.chat.Turn;
import io.github.camelclova.conversation.ConversationStore;
import io.github.camelclova.conversation.MemoryConversationStore;
import io.github.camelclova.testing.Reply;
import io.github.camelclova.testing.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was said before is sent again, and nothing is kept that should not be. */
class ConversationsTest {

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    private static final String ANYTHING = "RAW({\"type\":\"object\"})";
    private static final AtomicInteger STORES = new AtomicInteger();

    private String bean = "store-" + STORES.incrementAndGet();
    private MemoryConversationStore store;

    /** How an answer comes. */
    enum Mode {
        WHOLE,
        PUSHED,
        PULLED
    }

    @BeforeEach
    void bindAStore() {
        store = new MemoryConversationStore();
        routes.context().getRegistry().bind(bean, store);
    }

    static Stream<Arguments> targetsAndModes() {
        return Stream.of(Target.values())
                .flatMap(target -> Stream.of(Mode.values()).map(mode -> Arguments.of(target, mode)));
    }

    // ---- what is kept and sent again

    @ParameterizedTest
    @MethodSource("targetsAndModes")
    void whatWasAskedAndAnsweredIsSentAgain(Target target, Mode mode) {
        String from = start(target, mode, "conversationId=${header.session}", "systemMessage=Be brief.");
        answers(target, mode, "one", "two", "three");

        say(from, "first", "s-1");
        say(from, "second", "s-1");
        say(from, "third", "s-1");

        assertThat(sent(0)).containsExactly("system: Be brief.", "user: first");
        assertThat(sent(1)).containsExactly("system: Be brief.", "user: first", "assistant: one", "user: second");
        assertThat(sent(2))
                .containsExactly(
                        "system: Be brief.",
                        "user: first",
                        "assistant: one",
                        "user: second",
                        "assistant: two",
                        "user: third");
    }

    @Test
    void conversationsDoNotMix() {
        String from = start(V3_MODEL, Mode.WHOLE, "conversationId=${header.session}");
        answers(V3_MODEL, Mode.WHOLE, "one", "two", "three");

        say(from, "first", "s-1");
        say(from, "second", "s-2");
        say(from, "third", "s-1");

        assertThat(sent(1)).containsExactly("user: second");
        assertThat(sent(2)).containsExactly("user: first", "assistant: one", "user: third");
    }

    @Test
    void withoutAnIdNothingIsKept() {
        String from = start(V3_MODEL, Mode.WHOLE);
        answers(V3_MODEL, Mode.WHOLE, "one", "two");

        say(from, "first", "s-1");
        say(from, "second", "s-1");

        assertThat(sent(1)).containsExactly("user: second");
    }

    @Test
    void theComponentKeepsConversationsForAllOfItsEndpoints() {
        String here = routes.start(V3_MODEL.at(routes.service(), "conversationId=common"));
        String there = routes.start(V3_MODEL.at(routes.service(), "conversationId=common", "temperature=0.1"));
        answers(V3_MODEL, Mode.WHOLE, "one", "two");

        say(here, "first", "");
        say(there, "second", "");

        assertThat(sent(1)).containsExactly("user: first", "assistant: one", "user: second");
    }

    @Test
    void thinkingIsNotKept() {
        String from = start(V3_MODEL, Mode.WHOLE, "conversationId=s");
        routes.service().replays(reply(V3_MODEL.transcript("thinking")), reply(V3_MODEL.hello()));

        say(from, "how many", "");
        say(from, "sure", "");

        assertThat(sent(1)).containsExactly("user: how many", "assistant: Twelve.", "user: sure");
    }

    @Test
    void imagesAreNotKept() {
        String from = start(V3_MODEL, Mode.WHOLE, "conversationId=s");
        answers(V3_MODEL, Mode.WHOLE, "a ship", "another", "three");
        ContentPart image = ContentPart.imageUrl("https://example.org/ship.png");

        say(from, List.of(ContentPart.text("What is it?"), image), "");
        say(from, List.of(image), "");
        say(from, "And both?", "");

        assertThat(sent(2))
                .containsExactly(
                        "user: What is it?",
                        "assistant: a ship",
                        "user: [image]",
                        "assistant: another",
                        "user: And both?");
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_MODEL", "OPENAI"})
    void toolCallsAreKeptAndStayWithTheirResults(Target target) {
        String from = start(target, Mode.WHOLE, "conversationId=s", "maxHistoryMessages=4");
        routes.service().replays(reply(target.transcript("tool-calls")));
        answers(target, Mode.WHOLE, "one", "two", "three");
        Exchange called = say(from, "where", "");
        ToolCall call = (ToolCall) called.getMessage()
                .getHeader(ClovaConstants.TOOL_CALLS, List.class)
                .get(0);

        say(from, List.of(ChatMessage.tool(call.id(), "Daejeon")), "");
        say(from, "second", "");
        say(from, "third", "");

        assertThat(roles(1)).containsExactly("user", "assistant", "tool");
        assertThat(roles(2)).containsExactly("user", "assistant", "tool", "assistant", "user");
        assertThat(roles(3))
                .as("the four messages of the first turn have gone together")
                .containsExactly("user", "assistant", "user");
    }

    @Test
    void anAnswerThatDidNotFitItsSchemaIsNotKept() {
        String from = start(
                OPENAI,
                Mode.WHOLE,
                "conversationId=s",
                "jsonSchema={\"type\":\"object\",\"required\":[\"a\"]}",
                "structuredRetries=1");
        answers(OPENAI, Mode.WHOLE, "no", "{\"a\":1}", "{\"a\":2}");

        say(from, "first", "");
        say(from, "second", "");

        assertThat(sent(2)).containsExactly("user: first", "assistant: {\"a\":1}", "user: second");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void roundsOfToolsAreKeptAndCostWhatTheLastOfThemCost(boolean pushed) {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("clova:tool/find_parcel?description=Where a parcel is&parameters=%s".formatted(ANYTHING))
                        .setBody(constant("Daejeon"));
            }
        });
        String from = start(V3_MODEL, pushed ? Mode.PUSHED : Mode.WHOLE, "conversationId=s", "toolRoutes=find_parcel");
        ObjectNode calling = V3_MODEL.transcript("tool-calls");
        ObjectNode answer = counting("one", 500);
        routes.service()
                .replays(pushed ? resultOf(calling) : reply(calling), pushed ? resultOf(answer) : reply(answer));

        Exchange answered = say(from, "where", "");

        assertThat(answered.getException()).isNull();
        int earlier = V3_MODEL.usage(calling).path("totalTokens").intValue();
        assertThat(answered.getMessage().getHeader(ClovaConstants.TOTAL_TOKENS)).isEqualTo(earlier + 500);
        assertThat(store.load("s").messages())
                .extracting(message -> message.role().wireName())
                .startsWith("user", "assistant", "tool")
                .endsWith("assistant");
        assertThat(store.load("s").tokens()).isEqualTo(500);
    }

    private static Reply resultOf(ObjectNode answer) {
        return Reply.events("event:result\ndata:%s\n\n".formatted(answer.path("result")));
    }

    // ---- how much

    @Test
    void theOldestTurnsGoFirst() {
        String from =
                start(V3_MODEL, Mode.WHOLE, "conversationId=s", "maxHistoryMessages=5", "systemMessage=Be brief.");
        answers(V3_MODEL, Mode.WHOLE, "1", "2", "3", "4");

        for (String question : List.of("a", "b", "c", "d")) {
            say(from, question, "");
        }

        assertThat(sent(3))
                .containsExactly("system: Be brief.", "user: b", "assistant: 2", "user: c", "assistant: 3", "user: d");
    }

    @Test
    void tokensAreThoseThatTheServiceCounted() {
        String from = start(V3_MODEL, Mode.WHOLE, "conversationId=s", "maxHistoryTokens=100");
        routes.service().replays(counted("1", 60), counted("2", 95), counted("3", 130), counted("4", 100));

        for (String question : List.of("a", "b", "c", "d")) {
            say(from, question, "");
        }

        assertThat(sent(2)).as("60 and 35 tokens fit").hasSize(5);
        assertThat(sent(3))
                .as("60, 35 and 35 do not; the first turn went")
                .containsExactly("user: b", "assistant: 2", "user: c", "assistant: 3", "user: d");
    }

    // ---- what is not kept

    static Stream<Arguments> failures() {
        return Stream.of(Mode.values())
                .flatMap(mode -> Stream.of(
                        Arguments.of(mode, Reply.json(500, "{}"), ClovaServerException.class),
                        Arguments.of(mode, flagged(mode), ClovaAiFilterException.class)));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailedOrWithheldAnswerIsNotKept(Mode mode, Reply failing, Class<?> failure) {
        String from = start(V3_MODEL, mode, "conversationId=s", "aiFilterPolicy=strict", "aiFilterAction=exception");
        routes.service().replays(failing);

        Exchange failed = say(from, "first", "");

        assertThat(failed.getException()).satisfies(endsIn(failure.asSubclass(Throwable.class)));
        assertThat(store.load("s")).isEqualTo(Conversation.EMPTY);
    }

    @ParameterizedTest
    @EnumSource
    void aFlaggedAnswerIsNotKept(Mode mode) {
        String from = start(V3_MODEL, mode, "conversationId=s", "aiFilterPolicy=strict");
        routes.service().replays(flagged(mode));

        Exchange answer = say(from, "first", "");

        assertThat(answer.getException()).isNull();
        assertThat(store.load("s")).isEqualTo(Conversation.EMPTY);
    }

    @Test
    void whatAnOpenAiServiceWithheldIsNotKept() {
        String from = start(OPENAI, Mode.WHOLE, "conversationId=s");
        routes.service().replays(reply(OPENAI.transcript("content-filter")));

        say(from, "first", "");

        assertThat(store.load("s")).isEqualTo(Conversation.EMPTY);
    }

    @ParameterizedTest
    @EnumSource(names = {"PUSHED", "PULLED"})
    void halfAnAnswerIsNotKept(Mode mode) {
        String from = start(V3_MODEL, mode, "conversationId=s");
        Transcript stream = Transcript.load("transcripts/clova-v3/hello-in-three-tokens.sse");
        String text = stream.text();
        routes.service().replays(Reply.events(text.substring(0, text.indexOf("event:result"))));

        Exchange failed = say(from, "first", "");

        assertThat(failed.getException()).satisfies(endsIn(ClovaTruncatedException.class));
        assertThat(store.load("s")).isEqualTo(Conversation.EMPTY);
    }

    @Test
    void aCancelledAnswerIsNotKept() {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:tokens").setHeader(ClovaConstants.CANCEL, constant(true));
                from("direct:cancelling")
                        .to(V3_MODEL.at(
                                routes.service(),
                                "conversationId=s",
                                "conversationStore=#" + bean,
                                "streamTo=direct:tokens"));
            }
        });
        routes.service().replays(Reply.events(Transcript.load("transcripts/clova-v3/hello-in-three-tokens.sse")));

        Exchange cancelled = routes.send("direct:cancelling", "first", Map.of());

        assertThat(cancelled.getException()).isInstanceOf(ClovaCancelledException.class);
        assertThat(store.load("s")).isEqualTo(Conversation.EMPTY);
    }

    @Test
    void anAnswerWhoseResultExchangeFailedIsNotKept() {
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:tokens")
                        .filter(header(ClovaConstants.EVENT_TYPE).isEqualTo("result"))
                        .throwException(new IllegalStateException("nobody listens"));
                from("direct:failing")
                        .to(V3_MODEL.at(
                                routes.service(),
                                "conversationId=s",
                                "conversationStore=#" + bean,
                                "streamTo=direct:tokens"));
            }
        });
        routes.service().replays(Reply.events(Transcript.load("transcripts/clova-v3/hello-in-three-tokens.sse")));

        Exchange failed = routes.send("direct:failing", "first", Map.of());

        assertThat(failed.getException()).isInstanceOf(IllegalStateException.class);
        assertThat(store.load("s")).isEqualTo(Conversation.EMPTY);
    }

    // ---- stores that fail, and others who are faster

    @ParameterizedTest
    @EnumSource
    void aStoreThatCannotBeReadFailsTheExchangeBeforeAnyCall(Mode mode) {
        bean = "unreadable";
        routes.context().getRegistry().bind(bean, new Broken(true));
        String from = start(V3_MODEL, mode, "conversationId=s");

        Exchange failed = say(from, "first", "");

        assertThat(failed.getException()).satisfies(endsIn(Broken.Failure.class));
        assertThat(failed.getMessage().getBody()).isEqualTo("first");
        assertThat(routes.service().requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aStoreThatCannotBeWrittenFailsTheExchange(Mode mode) {
        bean = "unwritable";
        routes.context().getRegistry().bind(bean, new Broken(false));
        String from = start(V3_MODEL, mode, "conversationId=s");
        answers(V3_MODEL, mode, "one");

        Exchange failed = say(from, "first", "");

        assertThat(failed.getException()).satisfies(endsIn(Broken.Failure.class));
        if (mode != Mode.PULLED) {
            assertThat(failed.getMessage().getBody()).isEqualTo("first");
            assertThat(failed.getMessage().getHeaders()).containsOnlyKeys("session");
        }
    }

    /** An {@link Error}, because stores are anybody's code and may not find a class of their driver. */
    private record Broken(boolean unreadable) implements ConversationStore {

        private static final class Failure extends LinkageError {

            private static final long serialVersionUID = 1L;
        }

        @Override
        public Conversation load(String id) {
            if (unreadable) {
                throw new Failure();
            }
            return Conversation.EMPTY;
        }

        @Override
        public boolean save(String id, Conversation conversation) {
            throw new Failure();
        }
    }

    @Test
    void whatSomebodyElseSaidMeanwhileStays() {
        String from = start(V3_MODEL, Mode.WHOLE, "conversationId=s");
        Turn elsewhere = new Turn(List.of(ChatMessage.user("fast"), ChatMessage.assistant("soon")), 5);
        routes.service().answers(request -> {
            store.save("s", Conversation.EMPTY.with(elsewhere));
            return saying(V3_MODEL, "late");
        });

        say(from, "slow", "");

        assertThat(store.load("s").messages())
                .extracting(ChatMessage::text)
                .containsExactly("fast", "soon", "slow", "late");
    }

    // ---- who names a conversation

    @Test
    void aHeaderNamesTheConversationWhereItIsAllowedTo() {
        String allowed = start(V3_MODEL, Mode.WHOLE, "allowedHeaderOverrides=conversation", "conversationId=option");
        String others = start(
                V3_MODEL, Mode.WHOLE, "allowedHeaderOverrides=generation,model,messages", "conversationId=option");
        answers(V3_MODEL, Mode.WHOLE, "one", "two");
        Map<String, Object> header = Map.of(ClovaConstants.CONVERSATION_ID, "header");

        routes.send(allowed, "first", header);
        routes.send(others, "second", header);

        assertThat(store.load("header").messages())
                .extracting(ChatMessage::text)
                .containsExactly("first", "one");
        assertThat(store.load("option").messages())
                .extracting(ChatMessage::text)
                .containsExactly("second", "two");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\u0000b"})
    void anIdThatIsNoneIsRefusedAndNotShown(String id) {
        String from = start(V3_MODEL, Mode.WHOLE, "conversationId=${header.session}");

        Exchange refused = say(from, "first", id);

        assertThat(refused.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Option conversationId gave no id of a conversation, which has 1 to 200 characters, none of them a control character");
        assertThat(routes.service().requests()).isEmpty();
    }

    @Test
    void anIdThatIsTooLongIsRefused() {
        String from = start(V3_MODEL, Mode.WHOLE, "allowedHeaderOverrides=all");

        Exchange refused = routes.send(from, "first", Map.of(ClovaConstants.CONVERSATION_ID, "a".repeat(201)));

        assertThat(refused.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Header CamelClovaConversationId gave no id");
    }

    @Test
    void anExpressionThatIsNoneIsRefusedByName() {
        assertThat(routes.refusalOf(V3_MODEL.at(routes.service(), "conversationId=${header.session")))
                .hasMessageStartingWith("Option conversationId: ");
    }

    @Test
    void theExpressionMayAskABean() {
        routes.context().getRegistry().bind("ids", (Supplier<String>) () -> "of-the-bean");
        String from = start(V3_MODEL, Mode.WHOLE, "conversationId=${bean:ids?method=get}");
        answers(V3_MODEL, Mode.WHOLE, "one");

        say(from, "first", "");

        assertThat(store.load("of-the-bean").messages()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"maxHistoryMessages=1, 1 is less than 2", "maxHistoryTokens=0, 0 is less than 1"})
    void aLimitThatLetsNothingThroughIsRefused(String option, String problem) {
        assertThat(routes.refusalOf(V3_MODEL.at(routes.service(), option)).getMessage())
                .contains(problem);
    }

    // ---- the parts of the stories

    private String start(Target target, Mode mode, String... options) {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("conversationStore=#" + bean);
        int number = routes.context().getRoutesSize();
        String tokens = "direct:tokens-" + number;
        if (mode != Mode.WHOLE) {
            all.add(mode == Mode.PUSHED ? "streamTo=" + tokens : "streaming=true");
        }
        String from = "direct:say-" + number;
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(tokens).setBody(body());
                var route = from(from).to(target.at(routes.service(), all.toArray(String[]::new)));
                if (mode == Mode.PULLED) {
                    route.split(body())
                            .streaming()
                            .stopOnException()
                            .setBody(body())
                            .end();
                }
            }
        });
        return from;
    }

    private static Consumer<Throwable> endsIn(Class<? extends Throwable> root) {
        return failure -> assertThat(Stream.iterate(failure, each -> each != null, Throwable::getCause))
                .last()
                .isInstanceOf(root);
    }

    private static Exchange say(String from, Object body, String session) {
        return routes.send(from, body, Map.of("session", session));
    }

    private static void answers(Target target, Mode mode, String... texts) {
        Stream.of(texts).forEach(text -> routes.service()
                .replays(mode == Mode.WHOLE ? saying(target, text) : streaming(target, text)));
    }

    private static Reply saying(Target target, String text) {
        ObjectNode answer = target.hello();
        target.message(answer).put("content", text);
        return reply(answer);
    }

    private static Reply streaming(Target target, String text) {
        if (!target.isNative()) {
            return Reply.events(
                    "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n"
                            .formatted(text));
        }
        return Reply.events(
                "event:result\ndata:{\"message\":{\"role\":\"assistant\",\"content\":\"%s\"}}\n\n".formatted(text));
    }

    private static Reply counted(String text, int total) {
        return reply(counting(text, total));
    }

    private static ObjectNode counting(String text, int total) {
        ObjectNode answer = V3_MODEL.hello();
        V3_MODEL.message(answer).put("content", text);
        V3_MODEL.usage(answer).put("totalTokens", total);
        return answer;
    }

    private static Reply flagged(Mode mode) {
        ObjectNode answer = V3_MODEL.transcript("filtered");
        ((ObjectNode) answer.at("/result/aiFilter/0")).put("score", "0");
        return mode == Mode.WHOLE
                ? reply(answer)
                : Reply.events("event:result\ndata:%s\n\n".formatted(answer.path("result")));
    }

    private static List<String> sent(int request) {
        List<String> messages = new ArrayList<>();
        messages(request)
                .forEach(message -> messages.add(message.path("role").textValue() + ": "
                        + message.path("content").textValue()));
        return messages;
    }

    private static List<String> roles(int request) {
        return messages(request).findValuesAsText("role");
    }

    private static JsonNode messages(int request) {
        return read(routes.service().requests().get(request).body()).path("messages");
    }
}
