package io.github.camelclova.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnscriptedAnswersTest {

    private static final String V1 = "/v1/chat-completions/HCX-003";
    private static final String V3 = "/v3/chat-completions/HCX-005";
    private static final String OPEN_AI = "/v1/chat/completions";

    @RegisterExtension
    static final ClovaStandInExtension service = new ClovaStandInExtension();

    private record Event(String name, JsonNode data) {}

    @ParameterizedTest
    @ValueSource(
            strings = {V1, "/testapp" + V1, "/v1/tasks/czf9fbky/chat-completions", "/v2/tasks/czf9fbky/chat-completions"
            })
    void v1AnswersInItsEnvelope(String path) throws Exception {
        JsonNode answer = json(post(path, user("Where is my parcel?", "\"seed\":7")));

        assertThat(answer.at("/status/code").asText()).isEqualTo("20000");
        JsonNode result = answer.path("result");
        assertThat(names(result)).containsExactly("message", "inputLength", "outputLength", "stopReason", "seed");
        assertThat(result.at("/message/role").asText()).isEqualTo("assistant");
        assertThat(result.at("/message/content").asText())
                .startsWith("This is the stand-in service, not a language model.")
                .contains("“Where is my parcel?”");
        assertThat(result.path("stopReason").asText()).isEqualTo("stop_before");
        assertThat(result.path("seed").asLong()).isEqualTo(7);
        assertThat(result.path("outputLength").asInt()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {V3, "/serviceapp" + V3, "/v3/tasks/czf9fbky/chat-completions"})
    void v3AnswersInItsEnvelope(String path) throws Exception {
        JsonNode result = json(post(path, user("소포가 어디에 있나요?"))).path("result");

        assertThat(names(result)).containsExactly("message", "finishReason", "created", "seed", "usage");
        assertThat(result.at("/message/content").asText()).contains("대역 서비스", "“소포가 어디에 있나요?”");
        assertThat(result.path("finishReason").asText()).isEqualTo("stop");
        assertThat(result.path("created").asLong()).isBetween(1_700_000_000L, 9_999_999_999L);
        assertThat(result.at("/usage/totalTokens").asInt())
                .isEqualTo(result.at("/usage/promptTokens").asInt()
                        + result.at("/usage/completionTokens").asInt());
    }

    @Test
    void openAiAnswersWithChoices() throws Exception {
        JsonNode answer = json(post(OPEN_AI, user("Hello", "\"model\":\"local\",\"n\":2,\"logprobs\":true")));

        assertThat(names(answer)).containsExactly("id", "object", "created", "model", "choices", "usage");
        assertThat(answer.path("id").asText()).startsWith("chatcmpl-");
        assertThat(answer.path("object").asText()).isEqualTo("chat.completion");
        assertThat(answer.path("model").asText()).isEqualTo("local");
        assertThat(answer.path("choices")).hasSize(2);
        assertThat(answer.at("/choices/1/index").asInt()).isEqualTo(1);
        assertThat(answer.at("/choices/0/message/content").asText()).contains("“Hello”");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(answer.at("/choices/0/logprobs/content/0/token").asText()).isEqualTo("This ");
        assertThat(answer.at("/usage/total_tokens").asInt()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {V1, V3})
    void aNativeStreamRepeatsItsTokensInItsResult(String path) throws Exception {
        HttpResponse<String> reply = post(path, user("주문이 왔나요?"), "Accept", "text/event-stream");

        assertThat(reply.headers().firstValue("Content-Type")).contains("text/event-stream");
        List<Event> events = events(reply.body());
        List<String> names = events.stream().map(Event::name).toList();
        assertThat(names).endsWith("token", "result", "signal").doesNotContain("error");
        String tokens = contents(events, "token");
        assertThat(tokens).contains("주문이 왔나요?").isEqualTo(contents(events, "result"));
        assertThat(events.get(events.size() - 1).data().path("data").asText()).isEqualTo("[DONE]");
        assertThat(reply.body()).startsWith("id:").contains("\nevent:token\ndata:{");
    }

    @Test
    void tokensOfV1AndV3AreShapedLikeTheirService() throws Exception {
        JsonNode v1 = events(post(V1, user("Hi"), "Accept", "text/event-stream").body())
                .get(0)
                .data();
        JsonNode v3 = events(post(V3, user("Hi"), "Accept", "text/event-stream").body())
                .get(0)
                .data();

        assertThat(names(v1)).containsExactly("message", "index", "inputLength", "outputLength", "stopReason");
        assertThat(v1.path("stopReason").isNull()).isTrue();
        assertThat(names(v3)).containsExactly("message", "finishReason", "created", "seed", "usage");
        assertThat(v3.path("usage").isNull()).isTrue();
    }

    @Test
    void anOpenAiStreamEndsWithItsReasonItsUsageAndDone() throws Exception {
        String asked = user("Hello", "\"stream\":true,\"stream_options\":{\"include_usage\":true}");

        List<String> data = data(post(OPEN_AI, asked).body());

        assertThat(data).last().isEqualTo("[DONE]");
        List<JsonNode> chunks = data.subList(0, data.size() - 1).stream()
                .map(UnscriptedAnswersTest::json)
                .toList();
        assertThat(chunks).allMatch(chunk -> chunk.path("object").asText().equals("chat.completion.chunk"));
        assertThat(chunks.get(0).at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        String text = chunks.stream()
                .map(chunk -> chunk.at("/choices/0/delta/content").asText())
                .collect(Collectors.joining());
        assertThat(text).contains("stand-in service", "“Hello”");
        JsonNode usage = chunks.get(chunks.size() - 1);
        assertThat(usage.path("choices")).isEmpty();
        assertThat(usage.at("/usage/completion_tokens").asInt()).isPositive();
        assertThat(chunks.get(chunks.size() - 2).at("/choices/0/finish_reason").asText())
                .isEqualTo("stop");
    }

    @ParameterizedTest
    @CsvSource({V1 + ",maxTokens,stopReason", V3 + ",maxTokens,finishReason", V3 + ",maxCompletionTokens,finishReason"})
    void aCapCutsTheAnswer(String path, String cap, String reason) throws Exception {
        String asked = user("Hello", "\"" + cap + "\":3");

        JsonNode result = json(post(path, asked)).path("result");
        List<Event> events =
                events(post(path, asked, "Accept", "text/event-stream").body());

        assertThat(result.at("/message/content").asText()).isEqualTo("This is the ");
        assertThat(result.path(reason).asText()).isEqualTo("length");
        assertThat(contents(events, "token")).isEqualTo("This is the ");
    }

    @Test
    void aCapCutsAnOpenAiAnswer() throws Exception {
        JsonNode choice = json(post(OPEN_AI, user("Hello", "\"max_tokens\":2"))).at("/choices/0");

        assertThat(choice.at("/message/content").asText()).isEqualTo("This is ");
        assertThat(choice.path("finish_reason").asText()).isEqualTo("length");
    }

    @Test
    void thinkingIsSentBesideTheAnswerWhenAskedFor() throws Exception {
        String asked = user("Hello", "\"thinking\":{\"effort\":\"low\"}");

        JsonNode result = json(post(V3, asked)).path("result");
        Event first =
                events(post(V3, asked, "Accept", "text/event-stream").body()).get(0);

        assertThat(result.at("/message/thinkingContent").asText()).contains("does not think");
        assertThat(result.at("/usage/completionTokensDetails/thinkingTokens").asInt())
                .isPositive();
        assertThat(names(first.data().path("message"))).containsExactly("role", "thinkingContent");
    }

    @Test
    void theSamePromptGetsTheSameAnswer() throws Exception {
        String first = post(V1, user("Again"), "Accept", "text/event-stream").body();
        String second = post(V1, user("Again"), "Accept", "text/event-stream").body();
        String other =
                post(V1, user("Once more"), "Accept", "text/event-stream").body();

        assertThat(second).isEqualTo(first).isNotEqualTo(other);
    }

    @Test
    void aLongMessageIsQuotedByTheBeginningOfItsFirstLine() throws Exception {
        String message = "\\n  " + "😀".repeat(70) + "\\nsecond line";

        String answer =
                json(post(V3, user(message))).at("/result/message/content").asText();

        assertThat(answer).contains("“" + "😀".repeat(60) + "…”").doesNotContain("second line");
    }

    @Test
    void partsOfTextAreReadAndPicturesPassedOver() throws Exception {
        String asked = """
                {"messages":[{"role":"user","content":[{"type":"image_url","imageUrl":{"url":"http://x/a.png"}},
                {"type":"text","text":"What is this?"}]}]}""";

        assertThat(json(post(V3, asked)).at("/result/message/content").asText()).contains("What is this?");
    }

    @Test
    void everyAnswerTellsWhoSentItAndWhatIsLeft() throws Exception {
        HttpResponse<String> reply = post(V3, user("Hello"));

        assertThat(reply.headers().firstValue("Server")).contains("camel-clova-stand-in");
        assertThat(reply.headers().map())
                .containsKeys(
                        "x-ratelimit-remaining-requests",
                        "x-ratelimit-remaining-tokens",
                        "x-ratelimit-reset-requests",
                        "x-ratelimit-reset-tokens");
    }

    @Test
    void theOnlyModelIsTheStandIn() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(service.get().openAiBaseUrl() + "/models"))
                .timeout(Duration.ofSeconds(5))
                .build();

        JsonNode models = json(
                Http.CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body());

        assertThat(models.path("data")).hasSize(1);
        assertThat(models.at("/data/0/id").asText()).isEqualTo("stand-in");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "{}", "{\"messages\":[]}", "{\"messages\":[{\"content\":\"x\"}]}", "{} {}", ""})
    void aRequestOfTheWrongShapeIsRefused(String body) throws Exception {
        HttpResponse<String> reply = post(V3, body);
        HttpResponse<String> openAi = post(OPEN_AI, body);

        assertThat(reply.statusCode()).isEqualTo(400);
        assertThat(json(reply).at("/status/code").asText()).isEqualTo("40000");
        assertThat(openAi.statusCode()).isEqualTo(400);
        assertThat(json(openAi).at("/error/code").asText()).isEqualTo("40000");
    }

    @Test
    void anUnknownPathIsNotFound() throws Exception {
        HttpResponse<String> reply = post("/v1/chat-completion", user("Hello"));
        HttpResponse<String> openAi = post("/v1/openai/chat/juggling", "{}");

        assertThat(reply.statusCode()).isEqualTo(404);
        assertThat(json(reply).at("/status/code").asText()).isEqualTo("40400");
        assertThat(json(openAi).at("/error/code").asText()).isEqualTo("40400");
    }

    @Test
    void anEmptyTextAndACapOfNothingHaveCodesOfTheirOwn() throws Exception {
        assertThat(json(post(V3, user(" "))).at("/status/code").asText()).isEqualTo("40004");
        assertThat(json(post(V3, user("x", "\"maxTokens\":0")))
                        .at("/status/code")
                        .asText())
                .isEqualTo("40001");
        assertThat(json(post(OPEN_AI, user("x", "\"n\":0"))).at("/error/code").asText())
                .isEqualTo("40001");
    }

    @Test
    void aRequiredKeyIsAskedForInBothGenerations() throws Exception {
        try (ClovaStandIn guarded = ClovaStandIn.builder().requireKey("nv-key").start()) {
            String url = guarded.baseUrl() + V3;
            HttpResponse<String> without = Http.post(url, user("Hello"));
            HttpResponse<String> wrong =
                    Http.post(guarded.baseUrl() + OPEN_AI, user("Hello"), "Authorization", "Bearer no");

            assertThat(without.statusCode()).isEqualTo(401);
            assertThat(json(without).at("/status/code").asText()).isEqualTo("40104");
            assertThat(json(wrong).at("/error/code").asText()).isEqualTo("40104");
            assertThat(Http.post(url, user("Hello"), "Authorization", "Bearer nv-key")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(Http.post(url, user("Hello"), "X-NCP-CLOVASTUDIO-API-KEY", "nv-key")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    static String user(String text, String... members) {
        String rest = Arrays.stream(members).map(member -> "," + member).collect(Collectors.joining());
        return "{\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]" + rest + "}";
    }

    private static HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return Http.post(service.get().baseUrl() + path, body, headers);
    }

    private static JsonNode json(HttpResponse<String> reply) {
        return json(reply.body());
    }

    private static JsonNode json(String text) {
        return Json.read(text.getBytes(UTF_8));
    }

    private static List<String> names(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> data(String sse) {
        return sse.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring("data: ".length()))
                .toList();
    }

    private static List<Event> events(String sse) {
        return Arrays.stream(sse.split("\n\n", -1))
                .filter(block -> !block.isEmpty())
                .map(block -> block.split("\n", -1))
                .map(lines ->
                        new Event(lines[1].substring("event:".length()), json(lines[2].substring("data:".length()))))
                .toList();
    }

    private static String contents(List<Event> events, String name) {
        return events.stream()
                .filter(event -> event.name().equals(name))
                .map(event -> event.data().at("/message/content").asText())
                .collect(Collectors.joining());
    }
}
