package io.github.camelclova;

import static io.github.camelclova.Target.OPENAI;
import static io.github.camelclova.Target.V3_MODEL;
import static io.github.camelclova.Target.reply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import io.github.camelclova.testing.Transcript;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.tooling.model.ComponentModel.EndpointHeaderModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each header of the metadata has the effect or the value that it says. A header without a story fails here, and so does a
 * story without a header.
 */
class EveryHeaderTest {

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    /**
     * A header that is read.
     *
     * @param group that must be allowed; empty for always read
     * @param effect where a request shows it
     * @param bad refused, with this problem
     */
    record In(
            Object value,
            String group,
            Function<ReceivedRequest, Object> effect,
            Object expected,
            Object bad,
            String problem) {}

    /** A header that is written, by an answer that has it and not by one that has not. */
    record Out(Target target, Object expected, Reply with, Reply without, List<String> options) {

        Out(Target target, Object expected, Reply with, Reply without) {
            this(target, expected, with, without, List.of());
        }

        @Override
        public String toString() {
            return String.valueOf(expected);
        }
    }

    private static final Map<String, In> READ = Map.ofEntries(
            Map.entry(
                    ClovaConstants.MODEL,
                    new In(
                            "HCX-DASH-002",
                            "model",
                            ReceivedRequest::path,
                            "/v3/chat-completions/HCX-DASH-002",
                            "a/b",
                            "letters, digits")),
            Map.entry(
                    ClovaConstants.SYSTEM_MESSAGE,
                    new In("Be brief.", "messages", member("/messages/0/content"), "\"Be brief.\"", null, null)),
            Map.entry(
                    ClovaConstants.IMAGE_PROMPT,
                    new In("How many?", "messages", member("/messages/0/content/0/text"), "\"How many?\"", null, null)),
            Map.entry(
                    ClovaConstants.TEMPERATURE,
                    new In(0.25, "generation", member("/temperature"), "0.25", 1.5, "0 <= value <= 1")),
            Map.entry(ClovaConstants.TOP_P, new In(0.25, "generation", member("/topP"), "0.25", 0, "0 < value <= 1")),
            Map.entry(ClovaConstants.TOP_K, new In(12, "generation", member("/topK"), "12", 129, "0 <= value <= 128")),
            Map.entry(
                    ClovaConstants.MAX_TOKENS,
                    new In(12, "generation", member("/maxTokens"), "12", 4097, "1 <= value <= 4096")),
            Map.entry(
                    ClovaConstants.REPEAT_PENALTY,
                    new In(1.5, "generation", member("/repetitionPenalty"), "1.5", 2.5, "0 < value <= 2")),
            Map.entry(
                    ClovaConstants.STOP,
                    new In(List.of("END"), "generation", member("/stop"), "[\"END\"]", "a,,b", "empty entry")),
            Map.entry(
                    ClovaConstants.SEED,
                    new In(
                            4_294_967_295L,
                            "generation",
                            member("/seed"),
                            "4294967295",
                            -1,
                            "0 <= value <= 4294967295")),
            Map.entry(
                    ClovaConstants.REQUEST_ID,
                    new In(
                            "order-7",
                            "",
                            request -> request.header("X-NCP-CLOVASTUDIO-REQUEST-ID")
                                    .orElseThrow(),
                            "order-7",
                            "a b",
                            "1 to 64 letters")));

    private static final Map<String, Out> WRITTEN = written();

    /** Headers of token exchanges; what an endpoint's own exchange has is told above. */
    private static final Set<String> STREAMED = Set.of(
            ClovaConstants.CANCEL,
            ClovaConstants.EVENT_TYPE,
            ClovaConstants.STREAM_ID,
            ClovaConstants.TOKEN_INDEX,
            ClovaConstants.STREAM_COMPLETE);

    /** Headers of the other operations, which {@link OperationsTest} tells of. */
    private static final Set<String> BESIDE_CHAT = Set.of(ClovaConstants.QUERY, ClovaConstants.SUGGESTED_QUERIES);

    /** Shown by more than one request; {@link ConversationsTest} tells of it. */
    private static final Set<String> OF_CONVERSATIONS = Set.of(ClovaConstants.CONVERSATION_ID);
    /** On the exchange of a route that is a tool, which {@link RouteToolsTest} tells of. */
    private static final Set<String> OF_TOOLS = Set.of(ClovaConstants.TOOL_NAME);

    private static Map<String, Out> written() {
        Reply bare = Reply.json("{\"status\":{\"code\":\"20000\"},\"result\":{\"message\":{\"content\":\"\"}}}");
        Reply bareOpenAi = Reply.json("{\"choices\":[{\"message\":{\"content\":\"\"}}]}");
        Reply hello = reply(V3_MODEL.hello());
        Reply helloOpenAi = reply(OPENAI.hello());
        Reply filtered = reply(V3_MODEL.transcript("filtered"));
        Map<String, Out> out = new HashMap<>();
        out.put(ClovaConstants.RESPONSE_ID, new Out(OPENAI, "chatcmpl-7f3a", helloOpenAi, bareOpenAi));
        out.put(ClovaConstants.RESPONSE_MODEL, new Out(OPENAI, "small-1-2026", helloOpenAi, bareOpenAi));
        out.put(ClovaConstants.STOP_REASON, new Out(V3_MODEL, "stop", hello, bare));
        out.put(ClovaConstants.RAW_STOP_REASON, new Out(V3_MODEL, "stop", hello, bare));
        out.put(ClovaConstants.INPUT_TOKENS, new Out(V3_MODEL, 37, hello, bare));
        out.put(ClovaConstants.OUTPUT_TOKENS, new Out(V3_MODEL, 9, hello, bare));
        out.put(ClovaConstants.TOTAL_TOKENS, new Out(V3_MODEL, 46, hello, bare));
        out.put(
                ClovaConstants.ESTIMATED_COST,
                new Out(V3_MODEL, 0.000365, hello, bare, List.of("priceInputPer1k=0.005", "priceOutputPer1k=0.02")));
        out.put(ClovaConstants.SEED, new Out(V3_MODEL, 4_294_967_295L, hello, bare));
        // These two are set whatever the answer; what is left out here is the answer itself.
        Reply refused = Reply.json(400, "{}");
        out.put(ClovaConstants.STATUS_CODE, new Out(V3_MODEL, 201, hello.status(201), refused));
        out.put(ClovaConstants.ATTEMPTS, new Out(V3_MODEL, 1, hello, refused));
        out.put(ClovaConstants.REQUEST_ID, new Out(V3_MODEL, null, hello, refused));
        out.put(
                ClovaConstants.CITATIONS,
                new Out(
                        OPENAI,
                        List.of("https://example.org/a", "https://example.org/b"),
                        reply(OPENAI.transcript("citations")),
                        helloOpenAi));
        out.put(ClovaConstants.TOOL_CALLS, new Out(V3_MODEL, null, reply(V3_MODEL.transcript("tool-calls")), hello));
        out.put(
                ClovaConstants.CHOICES,
                new Out(OPENAI, null, reply(OPENAI.transcript("several-choices")), helloOpenAi));
        out.put(ClovaConstants.LOGPROBS, new Out(OPENAI, null, reply(OPENAI.transcript("logprobs")), helloOpenAi));
        out.put(
                ClovaConstants.THINKING,
                new Out(V3_MODEL, "Two trays of six make twelve.", reply(V3_MODEL.transcript("thinking")), hello));
        out.put(
                ClovaConstants.RATE_LIMIT,
                new Out(
                        V3_MODEL,
                        Map.of("x-ratelimit-remaining-tokens", "12", "x-ratelimit-new", "a b"),
                        hello.header("X-RateLimit-Remaining-Tokens", "12").header("x-ratelimit-NEW", "a b"),
                        hello.header("x-rate-limit", "12")));
        out.put(ClovaConstants.AI_FILTER, new Out(V3_MODEL, entries(), filtered, hello));
        out.put(
                ClovaConstants.AI_FILTER_SCORES,
                new Out(V3_MODEL, Map.of("insult", 1, "discrimination", 2, "sexualHarassment", 2), filtered, hello));
        out.put(ClovaConstants.AI_FILTER_VERDICT, new Out(V3_MODEL, "suspect", filtered, hello));
        out.put(ClovaConstants.AI_FILTER_COVERAGE, new Out(V3_MODEL, "full", filtered, hello));
        out.put(
                ClovaConstants.AI_FILTER_FLAGGED,
                new Out(OPENAI, true, reply(OPENAI.transcript("content-filter")), helloOpenAi));
        out.put(
                ClovaConstants.AI_FILTER_REASONS,
                new Out(V3_MODEL, List.of("insult"), filtered, refused, List.of("aiFilterPolicy=strict")));
        return out;
    }

    private static List<Map<String, Object>> entries() {
        return List.of(
                Map.of("groupName", "curse", "name", "insult", "score", "1", "result", "OK"),
                Map.of("groupName", "curse", "name", "discrimination", "score", "2", "result", "OK"),
                Map.of("groupName", "unsafeContents", "name", "sexualHarassment", "score", "2", "result", "OK"));
    }

    private static Function<ReceivedRequest, Object> member(String pointer) {
        return request -> request.json().at(pointer).toString();
    }

    // ---- the tables are whole

    @Test
    void everyHeaderHasAStoryAndEveryStoryAHeader() {
        TreeSet<String> told = new TreeSet<>(READ.keySet());
        told.addAll(WRITTEN.keySet());
        told.addAll(STREAMED);
        told.addAll(BESIDE_CHAT);
        told.addAll(OF_CONVERSATIONS);
        told.addAll(OF_TOOLS);
        told.add(ClovaConstants.ORIGINAL_BODY);

        assertThat(told).containsExactlyInAnyOrderElementsOf(names());
    }

    /** On token exchanges and by operations beside chat. */
    private static final Set<String> READ_ELSEWHERE =
            Set.of(ClovaConstants.CANCEL, ClovaConstants.QUERY, ClovaConstants.CONVERSATION_ID);

    /** What the stories prove, for the reference: {@code in}, {@code out} or both. */
    static String direction(String header) {
        boolean read = READ.containsKey(header) || READ_ELSEWHERE.contains(header);
        boolean written = !read || WRITTEN.containsKey(header);
        return !read ? "out" : written ? "in, out" : "in";
    }

    private static List<String> names() {
        return Metadata.headers().stream().map(EndpointHeaderModel::getName).toList();
    }

    static Stream<String> readHeaders() {
        return names().stream().filter(READ::containsKey);
    }

    static Stream<EndpointHeaderModel> writtenHeaders() {
        return Metadata.headers().stream().filter(header -> WRITTEN.containsKey(header.getName()));
    }

    // ---- in

    @ParameterizedTest
    @MethodSource("readHeaders")
    void whereItsGroupIsAllowedTheHeaderHasItsEffect(String header) {
        In in = READ.get(header);

        ReceivedRequest request =
                requestWith(in.group().isEmpty() ? "none" : in.group(), header, Map.of(header, in.value()));

        assertThat(in.effect().apply(request)).isEqualTo(in.expected());
    }

    @ParameterizedTest
    @MethodSource("readHeaders")
    void whereItsGroupIsNotAllowedTheRequestIsTheSameToTheByte(String header) {
        In in = READ.get(header);
        String others = Stream.of("generation", "model", "messages")
                .filter(group -> !group.equals(in.group()))
                .reduce((one, other) -> one + "," + other)
                .orElseThrow();

        ReceivedRequest with = requestWith(others, header, Map.of(header, in.value()));
        routes.service().reset();
        ReceivedRequest without = requestWith(others, header, Map.of());

        assertThat(with.bytes()).isEqualTo(without.bytes());
        assertThat(with.path()).isEqualTo(without.path());
        assertThat(headersButTheRequestId(with)).isEqualTo(headersButTheRequestId(without));
    }

    static Stream<String> refusing() {
        return readHeaders().filter(header -> READ.get(header).bad() != null);
    }

    @ParameterizedTest
    @MethodSource("refusing")
    void aBadValueIsRefusedByNameBeforeAnyCall(String header) {
        In in = READ.get(header);

        Exchange failed = routes.ask(
                V3_MODEL.at(routes.service(), "allowedHeaderOverrides=all"), "hello", Map.of(header, in.bad()));

        assertThat(failed.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(header)
                .hasMessageContaining(in.problem());
        assertThat(routes.service().requests()).isEmpty();
    }

    // ---- out

    @ParameterizedTest
    @MethodSource("writtenHeaders")
    void anAnswerThatHasItSetsTheHeaderWithItsType(EndpointHeaderModel header) throws ClassNotFoundException {
        Out out = WRITTEN.get(header.getName());
        routes.service().replays(out.with());

        Exchange answer =
                routes.ask(out.target().at(routes.service(), out.options().toArray(String[]::new)), "hello");

        Object value = answer.getMessage().getHeader(header.getName());
        assertThat(value).isInstanceOf(type(header));
        if (out.expected() != null) {
            assertThat(value).isEqualTo(out.expected());
        }
    }

    @ParameterizedTest
    @MethodSource("writtenHeaders")
    void anAnswerThatHasItNotLeavesTheHeaderOut(EndpointHeaderModel header) {
        Out out = WRITTEN.get(header.getName());
        routes.service().replays(out.without());

        Exchange answer =
                routes.ask(out.target().at(routes.service(), out.options().toArray(String[]::new)), "hello");

        assertThat(answer.getMessage().getHeaders()).doesNotContainKey(header.getName());
    }

    @ParameterizedTest
    @ValueSource(strings = {"CamelClovaStopReason", "CamelFileName", "Authorization"})
    void theServiceNamesNoHeader(String evil) {
        ObjectNode answer = V3_MODEL.transcript("tool-calls");
        answer.put(evil, "x");
        V3_MODEL.choice(answer).put(evil, "x");
        ((ObjectNode) V3_MODEL.message(answer).at("/toolCalls/0/function/arguments")).put(evil, "x");
        routes.service().replays(reply(answer).header(evil, "x"));

        Exchange exchange = routes.ask(V3_MODEL.at(routes.service()), "hello");

        assertThat(exchange.getMessage().getHeaders()).doesNotContainValue("x");
    }

    @Test
    void tokenExchangesHaveTheHeadersOfAStream() {
        List<Exchange> heard = new CopyOnWriteArrayList<>();
        routes.add(hearing(heard, ""));
        routes.service().replays(Reply.events(Transcript.load("transcripts/clova-v3/hello-in-three-tokens.sse")));

        routes.ask(V3_MODEL.at(routes.service(), "streamTo=direct:heard"), "hello");

        assertThat(headers(heard, ClovaConstants.EVENT_TYPE)).containsExactly("token", "token", "token", "result");
        assertThat(headers(heard, ClovaConstants.TOKEN_INDEX)).containsExactly(0, 1, 2, null);
        assertThat(headers(heard, ClovaConstants.STREAM_COMPLETE)).containsExactly(null, null, null, true);
        assertThat(headers(heard, ClovaConstants.STREAM_ID))
                .hasSize(4)
                .doesNotContainNull()
                .containsOnly(heard.get(0).getMessage().getHeader(ClovaConstants.STREAM_ID));
    }

    @Test
    void allExchangesOfAStreamTellTheRequestAndItsCalls() {
        List<Exchange> heard = new CopyOnWriteArrayList<>();
        routes.add(hearing(heard, ""));
        routes.service()
                .replays(
                        Reply.json(503, "{}"),
                        Reply.events(Transcript.load("transcripts/clova-v3/hello-in-three-tokens.sse")));

        routes.ask(
                V3_MODEL.bare(routes.service(), "model=HCX-005", "streamTo=direct:heard", "retryDelay=1"),
                "hello",
                Map.of(ClovaConstants.REQUEST_ID, "questions-3-1042"));

        assertThat(headers(heard, ClovaConstants.REQUEST_ID)).hasSize(4).containsOnly("questions-3-1042");
        assertThat(headers(heard, ClovaConstants.ATTEMPTS)).hasSize(4).containsOnly(2);
    }

    @Test
    void theExchangeThatClosesAFailedStreamTellsTheRequestAndItsCalls() {
        List<Exchange> heard = new CopyOnWriteArrayList<>();
        routes.add(hearing(heard, ""));
        routes.service().replays(Reply.json(400, "{}"));

        routes.ask(
                V3_MODEL.at(routes.service(), "streamTo=direct:heard"),
                "hello",
                Map.of(ClovaConstants.REQUEST_ID, "questions-3-1042"));

        assertThat(headers(heard, ClovaConstants.EVENT_TYPE)).containsExactly("error");
        assertThat(headers(heard, ClovaConstants.REQUEST_ID)).containsExactly("questions-3-1042");
        assertThat(headers(heard, ClovaConstants.ATTEMPTS)).containsExactly(1);
    }

    @Test
    void aTokenExchangeThatSaysCancelEndsTheStream() {
        List<Exchange> heard = new CopyOnWriteArrayList<>();
        routes.add(hearing(heard, "true"));
        routes.service().replays(Reply.events(Transcript.load("transcripts/clova-v3/hello-in-three-tokens.sse")));

        Exchange cancelled = routes.ask(V3_MODEL.at(routes.service(), "streamTo=direct:heard"), "hello");

        assertThat(cancelled.getException()).isInstanceOf(ClovaCancelledException.class);
        assertThat(headers(heard, ClovaConstants.EVENT_TYPE)).containsExactly("token", "error");
    }

    @Test
    void theOriginalBodyIsKeptBesideAnAnswerThatTakesItsPlace() {
        routes.service().replays(reply(V3_MODEL.hello()));
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:enrich").enrich(V3_MODEL.at(routes.service()), new AnswerAggregationStrategy());
            }
        });

        Exchange enriched = routes.send("direct:enrich", "hello", Map.of());

        assertThat(enriched.getMessage().getHeader(ClovaConstants.ORIGINAL_BODY))
                .isEqualTo("hello");
        assertThat(enriched.getMessage().getBody(String.class)).isNotEqualTo("hello");
    }

    private static RouteBuilder hearing(List<Exchange> heard, String cancel) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:heard").process(heard::add).setHeader(ClovaConstants.CANCEL, constant(cancel));
            }
        };
    }

    private static List<Object> headers(List<Exchange> exchanges, String name) {
        return exchanges.stream()
                .map(exchange -> exchange.getMessage().getHeader(name))
                .toList();
    }

    /** What the service is asked about a body that the header matters to. */
    private static ReceivedRequest requestWith(String groups, String header, Map<String, Object> headers) {
        routes.service().replays(reply(V3_MODEL.hello()));
        String uri = V3_MODEL.at(routes.service(), "allowedHeaderOverrides=" + groups, "imagePrompt=What is this?");
        Exchange answer =
                routes.ask(uri, header.equals(ClovaConstants.IMAGE_PROMPT) ? Images.png(9, 9) : "hello", headers);
        assertThat(answer.getException()).isNull();
        return routes.service().requests().get(0);
    }

    private static Map<String, String> headersButTheRequestId(ReceivedRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
        headers.remove("X-NCP-CLOVASTUDIO-REQUEST-ID");
        return headers;
    }

    private static Class<?> type(EndpointHeaderModel header) throws ClassNotFoundException {
        String name = header.getJavaType().replaceAll("<.*", "");
        return Class.forName(name.contains(".") ? name : "java.lang." + name);
    }
}
