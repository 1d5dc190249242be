package io.github.camelclova;

import static io.github.camelclova.Target.KEY;
import static io.github.camelclova.Target.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ClovaAuthenticationException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaRefusedException;
import io.github.camelclova.chat.ClovaServerException;
import io.github.camelclova.chat.ClovaUnreadableException;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operations beside chat: what is sent, what comes back, and what all of them share with chat. */
class OperationsTest {

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    /** Each operation in each dialect that has it, with a body it takes and an answer to it. */
    enum Asked {
        EMBEDDING("embeddings", "clova-v3", "", "/v1/api-tools/embedding/v2", "부산항", embedding("0.5,-1,3e-2", 7)),
        EMBEDDING_V1(
                "embeddings",
                "clova-v3",
                "&model=clir-emb-dolphin",
                "/v1/api-tools/embedding/clir-emb-dolphin",
                "부산항",
                embedding("0.5,-1,3e-2", 7)),
        OPENAI_EMBEDDING("embeddings", "openai", "&model=bge-m3", "/v1/embeddings", "부산항", """
                {"object":"list","model":"bge-m3-2026","data":[{"index":0,"embedding":[0.5,-1,3e-2]}],
                 "usage":{"prompt_tokens":7,"total_tokens":7}}"""),
        COUNT_V1(
                "count-tokens",
                "clova-v1",
                "&model=HCX-003",
                "/v1/api-tools/chat-tokenize/HCX-003",
                "부산항",
                ok("{\"messages\":[{\"role\":\"user\",\"content\":\"부산항\",\"count\":7}]}")),
        COUNT_V3("count-tokens", "clova-v3", "&model=HCX-005", "/v3/api-tools/chat-tokenize/HCX-005", "부산항", ok("""
                {"messages":[{"role":"user","content":[{"type":"text","text":"부산","count":3},{"type":"text","text":"항","count":2}]}],
                 "tools":{"count":2}}""")),
        SUMMARY(
                "summarize",
                "clova-v3",
                "",
                "/v1/api-tools/summarization/v2",
                "부산항",
                ok("{\"text\":\"짧게\",\"inputTokens\":7}")),
        SEGMENTS(
                "segment",
                "clova-v3",
                "",
                "/v1/api-tools/segmentation",
                "부산항",
                ok("{\"topicSeg\":[[\"한 줄.\",\"두 줄.\"],[\"딴 얘기.\"]],\"span\":[[0,1],[2]],\"inputTokens\":7}")),
        RERANK("rerank", "clova-v3", "&query=where", "/v1/api-tools/reranker", List.of("부산항", "인천항"), ok("""
                {"result":"In Busan <doc0>.","citedDocuments":[{"id":"0","doc":"부산항"}],"suggestedQueries":["when"],
                 "usage":{"promptTokens":7,"completionTokens":5,"totalTokens":12}}""")),
        MODELS(
                "models",
                "openai",
                "",
                "/v1/models",
                "ignored",
                "{\"object\":\"list\",\"data\":[{\"id\":\"HCX-005\"},{\"id\":\"HCX-007\"}]}");

        final String operation;
        final String dialect;
        final String options;
        final String path;

        @SuppressWarnings("ImmutableEnumChecker") // A text or a list of texts.
        final Object body;

        final String answer;

        Asked(String operation, String dialect, String options, String path, Object body, String answer) {
            this.operation = operation;
            this.dialect = dialect;
            this.options = options;
            this.path = path;
            this.body = body;
            this.answer = answer;
        }

        String uri(String... more) {
            String baseUrl = dialect.equals("openai")
                    ? routes.service().openAiBaseUrl()
                    : routes.service().baseUrl();
            return "clova:%s?dialect=%s&baseUrl=%s&apiKey=%s&maxRetries=0%s%s"
                    .formatted(
                            operation,
                            dialect,
                            baseUrl,
                            KEY,
                            options,
                            more.length == 0 ? "" : "&" + String.join("&", more));
        }
    }

    private static String ok(String result) {
        return "{\"status\":{\"code\":\"20000\",\"message\":\"OK\"},\"result\":%s}".formatted(result);
    }

    private static String embedding(String numbers, int tokens) {
        return ok("{\"embedding\":[%s],\"inputTokens\":%d}".formatted(numbers, tokens));
    }

    // ---- one by one

    static Stream<Arguments> bodies() {
        List<Float> vector = List.of(0.5f, -1f, 0.03f);
        return Stream.of(
                Arguments.of(Asked.EMBEDDING, "{\"text\":\"부산항\"}", vector),
                Arguments.of(Asked.EMBEDDING_V1, "{\"text\":\"부산항\"}", vector),
                Arguments.of(
                        Asked.OPENAI_EMBEDDING,
                        "{\"model\":\"bge-m3\",\"encoding_format\":\"float\",\"input\":[\"부산항\"]}",
                        vector),
                Arguments.of(Asked.COUNT_V1, "{\"messages\":[{\"role\":\"user\",\"content\":\"부산항\"}]}", 7),
                Arguments.of(Asked.COUNT_V3, "{\"messages\":[{\"role\":\"user\",\"content\":\"부산항\"}]}", 7),
                Arguments.of(Asked.SUMMARY, "{\"texts\":[\"부산항\"]}", "짧게"),
                Arguments.of(Asked.SEGMENTS, "{\"text\":\"부산항\"}", List.of(List.of("한 줄.", "두 줄."), List.of("딴 얘기."))),
                Arguments.of(
                        Asked.RERANK,
                        "{\"query\":\"where\",\"documents\":[{\"id\":\"0\",\"doc\":\"부산항\"},{\"id\":\"1\",\"doc\":\"인천항\"}]}",
                        "In Busan <doc0>."));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyBecomesWhatTheOperationGives(Asked asked, String request, Object body) {
        Message answer = answerTo(asked, asked.uri(), asked.body);

        assertThat(lastRequest().method()).isEqualTo("POST");
        assertThat(lastRequest().json()).isEqualTo(read(request));
        assertThat(answer.getBody()).isEqualTo(body);
        assertThat(answer.getHeader(ClovaConstants.INPUT_TOKENS)).isEqualTo(7);
    }

    @Test
    void theModelsOfAServiceAreAskedForWithoutABody() {
        Message answer = answerTo(Asked.MODELS, Asked.MODELS.uri(), null);

        assertThat(lastRequest().method()).isEqualTo("GET");
        assertThat(lastRequest().bytes()).isEmpty();
        assertThat(answer.getBody()).isEqualTo(List.of("HCX-005", "HCX-007"));
    }

    @Test
    void theDialectNeedNotBeSaidWhereThereIsOne() {
        String service = "?baseUrl=%s&apiKey=%s".formatted(routes.service().baseUrl(), KEY);

        answerTo(Asked.EMBEDDING, "clova:embeddings" + service, "부산항");
        answerTo(Asked.COUNT_V1, "clova:count-tokens" + service + "&model=HCX-003", "부산항");
        answerTo(Asked.COUNT_V3, "clova:count-tokens" + service + "&model=HCX-005", "부산항");

        assertThat(routes.service().requests())
                .extracting(ReceivedRequest::path)
                .containsExactly(Asked.EMBEDDING.path, Asked.COUNT_V1.path, Asked.COUNT_V3.path);
    }

    // ---- embeddings

    @Test
    void aListOfTextsIsEmbeddedOneByOneAndInOrder() {
        routes.service()
                .answers(request -> Reply.json(
                        embedding(request.json().path("text").textValue().substring(1), 2)));

        Message answer =
                routes.ask(Asked.EMBEDDING.uri(), List.of("t1", "t2", "t3")).getMessage();

        assertThat(answer.getBody()).isEqualTo(List.of(List.of(1f), List.of(2f), List.of(3f)));
        assertThat(answer.getHeader(ClovaConstants.INPUT_TOKENS)).isEqualTo(6);
        assertThat(answer.getHeader(ClovaConstants.ATTEMPTS)).isEqualTo(3);
    }

    @Test
    void aListOfOneTextGivesAListOfOneVector() {
        Message native1 = answerTo(Asked.EMBEDDING, Asked.EMBEDDING.uri(), List.of("부산항"));
        Message openAi = answerTo(Asked.OPENAI_EMBEDDING, Asked.OPENAI_EMBEDDING.uri(), List.of("부산항"));

        assertThat(native1.getBody()).isEqualTo(List.of(List.of(0.5f, -1f, 0.03f)));
        assertThat(openAi.getBody()).isEqualTo(native1.getBody());
    }

    @Test
    void aBatchIsPutInTheOrderOfItsIndex() {
        routes.service().replays(Reply.json("""
                {"data":[{"index":2,"embedding":[3]},{"index":0,"embedding":[1]},{"index":1,"embedding":[2]}]}"""));

        Message answer =
                routes.ask(Asked.OPENAI_EMBEDDING.uri(), List.of("a", "b", "c")).getMessage();

        assertThat(answer.getBody()).isEqualTo(List.of(List.of(1f), List.of(2f), List.of(3f)));
        assertThat(routes.service().requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"data\":[{\"index\":0,\"embedding\":[1]}]}",
                "{\"data\":[{\"index\":0,\"embedding\":[1]},{\"index\":0,\"embedding\":[2]}]}",
                "{\"data\":[{\"index\":1,\"embedding\":[1]},{\"index\":2,\"embedding\":[2]}]}",
                "{\"data\":[{\"embedding\":[1]},{\"embedding\":[2]},{\"embedding\":[3]}]}",
                "{\"data\":[{\"embedding\":[1]},{\"embedding\":\"AAAA\"}]}",
                "{\"data\":[{\"embedding\":[1]},{\"embedding\":[\"x\"]}]}",
                "{\"data\":{}}",
                "{}"
            })
    void aBatchWithoutOneVectorForEachTextIsUnreadable(String answer) {
        routes.service().replays(Reply.json(answer));

        Exchange failed = routes.ask(Asked.OPENAI_EMBEDDING.uri(), List.of("a", "b"));

        assertThat(failed.getException()).isInstanceOf(ClovaUnreadableException.class);
        assertThat(failed.getMessage().getBody()).isEqualTo(List.of("a", "b"));
    }

    @Test
    void aTextThatFailsFailsTheListAndNothingElseIsAsked() {
        routes.service().replays(Reply.json(embedding("1", 1)), Reply.json(500, "{}"), Reply.json(embedding("3", 1)));

        Exchange failed = routes.ask(Asked.EMBEDDING.uri(), List.of("a", "b", "c"));

        assertThat(failed.getException()).isInstanceOf(ClovaServerException.class);
        assertThat(routes.service().requests()).hasSize(2);
    }

    @Test
    void theModelOfTheComponentIsOneToChatWith() {
        ClovaComponent component = new ClovaComponent();
        component.getConfiguration().setModel("HCX-005");
        routes.context().addComponent("chatty", component);

        answerTo(Asked.EMBEDDING, Asked.EMBEDDING.uri().replace("clova:", "chatty:"), "부산항");

        assertThat(lastRequest().path()).isEqualTo(Asked.EMBEDDING.path);
    }

    @Test
    void theTaskOfTheComponentHasNoTokensThatCouldBeCounted() {
        ClovaComponent component = new ClovaComponent();
        component.getConfiguration().setTaskId("tuned");
        routes.context().addComponent("tuned", component);
        String uri = "tuned:count-tokens?dialect=clova-v3&baseUrl="
                + routes.service().baseUrl();

        assertThat(routes.refusalOf(uri + "&apiKey=" + KEY)).hasMessageStartingWith("Option model: is missing");
    }

    @Test
    void aHeaderMayNameTheModelWhereItIsAllowedTo() {
        routes.service().replays(Reply.json(Asked.OPENAI_EMBEDDING.answer));

        routes.ask(
                Asked.OPENAI_EMBEDDING.uri("allowedHeaderOverrides=model"),
                "부산항",
                Map.of(ClovaConstants.MODEL, "other"));

        assertThat(lastRequest().json().path("model").textValue()).isEqualTo("other");
    }

    // ---- the others

    @Test
    void whatIsCountedIsWhatAChatWouldSend() {
        answerTo(
                Asked.COUNT_V3,
                Asked.COUNT_V3.uri(
                        "systemMessage=Be brief.",
                        "tools=[{\"name\":\"now\",\"description\":\"The time\"}]",
                        "toolChoice=auto"),
                List.of(ChatMessage.user("hi"), ChatMessage.assistant("ho")));

        JsonNode request = lastRequest().json();
        assertThat(request.path("messages").findValuesAsText("role")).containsExactly("system", "user", "assistant");
        assertThat(request.at("/tools/0/function/name").textValue()).isEqualTo("now");
        assertThat(request.path("toolChoice").textValue()).isEqualTo("auto");
    }

    @Test
    void anAnswerFromDocumentsCitesThem() {
        Message answer = answerTo(
                Asked.RERANK,
                Asked.RERANK.uri().replace("&query=where", ""),
                Map.of("query", "where", "documents", List.of(Map.of("id", "b7", "doc", "부산항"), "인천항")));

        assertThat(lastRequest().json().path("documents"))
                .isEqualTo(read("[{\"id\":\"b7\",\"doc\":\"부산항\"},{\"id\":\"1\",\"doc\":\"인천항\"}]"));
        assertThat(answer.getHeader(ClovaConstants.CITATIONS)).isEqualTo(List.of("0"));
        assertThat(answer.getHeader(ClovaConstants.SUGGESTED_QUERIES)).isEqualTo(List.of("when"));
        assertThat(answer.getHeader(ClovaConstants.TOTAL_TOKENS)).isEqualTo(12);
    }

    @Test
    void aHeaderMayBringTheQueryWhereItIsAllowedTo() {
        Map<String, Object> header = Map.of(ClovaConstants.QUERY, "when");
        routes.service().replaysAlways(Reply.json(Asked.RERANK.answer));

        routes.ask(Asked.RERANK.uri(), Asked.RERANK.body, header);
        routes.ask(Asked.RERANK.uri("allowedHeaderOverrides=messages"), Asked.RERANK.body, header);

        assertThat(routes.service().requests())
                .extracting(request -> request.json().path("query").textValue())
                .containsExactly("where", "when");
    }

    @Test
    void whatAnApiCanTuneIsSentAsItIs() {
        answerTo(Asked.SEGMENTS, Asked.SEGMENTS.uri("additionalBodyProperty.segCnt=3"), "부산항");

        assertThat(lastRequest().json().path("segCnt")).isEqualTo(read("3"));
    }

    // ---- what all of them share with chat

    @ParameterizedTest
    @EnumSource
    void theCallIsNamedCountedAndAuthorised(Asked asked) {
        routes.service().replays(Reply.json(asked.answer).header("x-ratelimit-remaining-requests", "9"));

        Exchange answer = routes.ask(asked.uri(), asked.body, Map.of(ClovaConstants.REQUEST_ID, "r-1"));

        assertThat(answer.getException()).isNull();
        assertThat(lastRequest().path()).isEqualTo(asked.path);
        assertThat(lastRequest().header("Authorization")).contains("Bearer " + KEY);
        assertThat(lastRequest().header("X-NCP-CLOVASTUDIO-REQUEST-ID")).contains("r-1");
        assertThat(answer.getMessage().getHeaders())
                .containsEntry(ClovaConstants.REQUEST_ID, "r-1")
                .containsEntry(ClovaConstants.STATUS_CODE, 200)
                .containsEntry(ClovaConstants.ATTEMPTS, 1)
                .containsEntry(ClovaConstants.RATE_LIMIT, Map.of("x-ratelimit-remaining-requests", "9"));
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalKeepsTheMessageAsItWas(Asked asked) {
        routes.service().replays(Reply.json(401, "{\"status\":{\"code\":\"40104\",\"message\":\"no\"}}"));

        Exchange failed = routes.ask(asked.uri(), asked.body);

        assertThat(failed.getException())
                .isInstanceOfSatisfying(ClovaAuthenticationException.class, refusal -> assertThat(refusal.getCode())
                        .isEqualTo("40104"));
        assertThat(failed.getMessage().getBody()).isEqualTo(asked.body);
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalMayComeWithStatus200(Asked asked) {
        routes.service().replays(Reply.json("{\"status\":{\"code\":\"40004\",\"message\":\"empty\"}}"));

        assertThat(routes.ask(asked.uri(), asked.body).getException())
                .isInstanceOfSatisfying(ClovaRefusedException.class, refusal -> assertThat(refusal.getCode())
                        .isEqualTo("40004"));
    }

    @ParameterizedTest
    @EnumSource
    void halfAnAnswerIsNone(Asked asked) {
        routes.service().replaysAlways(Reply.json(ok("{}")));

        Exchange failed = routes.ask(asked.uri(), asked.body);

        assertThat(failed.getException()).isInstanceOf(ClovaUnreadableException.class);
        assertThat(((ClovaException) failed.getException()).getStatusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource
    void overloadIsRetried(Asked asked) {
        routes.service().replays(Reply.json(429, "{}").header("Retry-After-Ms", "1"), Reply.json(asked.answer));

        Exchange answer = routes.ask(asked.uri().replace("maxRetries=0", "maxRetries=1"), asked.body);

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getHeader(ClovaConstants.ATTEMPTS)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftOfAnEarlierAnswer(Asked asked) {
        routes.service().replays(Reply.json(asked.answer));

        Exchange answer =
                routes.ask(asked.uri(), asked.body, Map.of(ClovaConstants.AI_FILTER_VERDICT, "safe", "Own", "kept"));

        assertThat(answer.getMessage().getHeaders())
                .doesNotContainKey(ClovaConstants.AI_FILTER_VERDICT)
                .containsEntry("Own", "kept");
    }

    // ---- refused

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "embeddings   | clova-v2 |               | has no operation embeddings",
                "summarize    | openai   |               | has no operation summarize; say one of clova-v1, clova-v3",
                "models       | clova-v3 |               | has no operation models; say one of openai",
                "embeddings   | openai   |               | Option model: is missing",
                "embeddings   | clova-v3 | temperature=1 | Option temperature: has no meaning for the operation embeddings",
                "summarize    | clova-v3 | model=HCX-005 | Option model: has no meaning",
                "segment      | clova-v3 | streaming=true | Option streaming: has no meaning",
                "rerank       | clova-v3 | ai-filter-policy=strict | Option ai-filter-policy: has no meaning",
                "count-tokens | clova-v3 | taskId=abc    | Option taskId: has no meaning",
                "embeddings   | clova-v3 | aiFilterThreshold.insult=1 | Option aiFilterThreshold.insult: has no meaning",
                "models       | openai   | additionalBodyProperty.a=1 | Option additionalBodyProperty.a: has no meaning",
                "segment      | clova-v3 | additionalBodyProperty.text=x | writes this member itself",
                "talk         | clova-v3 |               | 'talk' is none of chat, embeddings, count-tokens, summarize, segment, rerank, models"
            })
    void whatAnOperationCannotHonourIsRefusedAtStart(String operation, String dialect, String option, String problem) {
        String uri = "clova:%s?dialect=%s&baseUrl=%s&apiKey=%s%s"
                .formatted(
                        operation,
                        dialect,
                        routes.service().baseUrl(),
                        KEY,
                        option == null || option.isEmpty() ? "" : "&" + option);

        assertThat(routes.startFailureOf(uri)).contains(problem);
    }

    static Stream<Arguments> unfitBodies() {
        List<Object> withNull = new ArrayList<>(List.of("a"));
        withNull.add(null);
        return Stream.of(
                Arguments.of(Asked.EMBEDDING, null, "is empty"),
                Arguments.of(Asked.EMBEDDING, " ", "is empty"),
                Arguments.of(Asked.EMBEDDING, List.of(), "is empty"),
                Arguments.of(Asked.EMBEDDING, withNull, "entry 1, is no text"),
                Arguments.of(Asked.EMBEDDING, List.of(7), "entry 0, is no text"),
                Arguments.of(Asked.COUNT_V3, "", "is empty"),
                Arguments.of(Asked.SUMMARY, "가".repeat(35_001), "35001 characters; the service takes at most 35000"),
                Arguments.of(
                        Asked.SUMMARY,
                        List.of("가".repeat(35_000), "가"),
                        "35001 characters; the service takes at most 35000"),
                Arguments.of(Asked.SEGMENTS, "가".repeat(120_001), "the service takes at most 120000"),
                Arguments.of(Asked.SEGMENTS, List.of("a", "b"), "is a list"),
                Arguments.of(Asked.RERANK, "text", "a list of documents"),
                Arguments.of(Asked.RERANK, List.of(), "a list of documents"),
                Arguments.of(Asked.RERANK, List.of(Map.of("id", "1")), "document 0, is no text"),
                Arguments.of(
                        Asked.RERANK,
                        List.of(Map.of("id", "1", "doc", "x"), Map.of("id", "1", "doc", "y")),
                        "document 1, has the id of another"));
    }

    @ParameterizedTest
    @MethodSource("unfitBodies")
    void aBodyThatDoesNotFitIsRefusedBeforeAnyCall(Asked asked, Object body, String problem) {
        Exchange refused = routes.ask(asked.uri(), body);

        assertThat(refused.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(problem);
        assertThat(routes.service().requests()).isEmpty();
    }

    @Test
    void aQueryIsNeeded() {
        Exchange refused = routes.ask(Asked.RERANK.uri().replace("&query=where", ""), Asked.RERANK.body);

        assertThat(refused.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("The query is missing");
    }

    @Test
    void aLongListIsEmbeddedToo() {
        routes.service().replaysAlways(Reply.json(embedding("1", 1)));
        List<String> texts =
                IntStream.range(0, 2_000).mapToObj(Integer::toString).toList();

        Exchange answer = routes.ask(Asked.EMBEDDING.uri(), texts);

        assertThat((List<?>) answer.getMessage().getBody()).hasSize(2_000);
        assertThat(routes.service().requests())
                .extracting(request -> request.json().path("text").textValue())
                .containsExactlyElementsOf(texts);
    }

    private static Message answerTo(Asked asked, String uri, Object body) {
        routes.service().replays(Reply.json(asked.answer));
        Exchange answer = routes.ask(uri, body);
        assertThat(answer.getException()).isNull();
        return answer.getMessage();
    }

    private static ReceivedRequest lastRequest() {
        List<ReceivedRequest> requests = routes.service().requests();
        return requests.get(requests.size() - 1);
    }
}
