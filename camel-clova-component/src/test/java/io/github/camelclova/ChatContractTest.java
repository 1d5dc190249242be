package io.github.camelclova;

import static io.github.camelclova.Target.read;
import static io.github.camelclova.Target.reply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.chat.ClovaAuthenticationException;
import io.github.camelclova.chat.ClovaContextLengthException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaRateLimitException;
import io.github.camelclova.chat.ClovaRefusedException;
import io.github.camelclova.chat.ClovaServerException;
import io.github.camelclova.chat.ClovaUnreadableException;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every service is asked and how its answers are read, told once and run for each dialect, as model and as task. */
class ChatContractTest {

    private static final String QUESTION = "주문이 \"접수\"되었나요? 🙏";
    private static final String ANSWER = "주문은 접수되었습니다 🎉";

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    // ---- a good answer

    @ParameterizedTest
    @EnumSource
    void theAnswerBecomesTheBodyAndWhatIsKnownOfItBecomesHeaders(Target target) {
        routes.service().replays(reply(target.hello()).header("X-RateLimit-Remaining-Requests", "59"));

        Message answer = routes.ask(target.at(routes.service()), QUESTION).getMessage();

        assertThat(answer.getBody()).isEqualTo(ANSWER);
        assertThat(answer.getHeaders())
                .containsEntry(ClovaConstants.STOP_REASON, "stop")
                .containsEntry(
                        ClovaConstants.RAW_STOP_REASON,
                        target.choice(target.hello()).path(target.stopReason()).textValue())
                .containsEntry(ClovaConstants.INPUT_TOKENS, 37)
                .containsEntry(ClovaConstants.OUTPUT_TOKENS, 9)
                .containsEntry(ClovaConstants.TOTAL_TOKENS, 46)
                .containsEntry(ClovaConstants.SEED, 4_294_967_295L)
                .containsEntry(ClovaConstants.STATUS_CODE, 200)
                .containsEntry(ClovaConstants.ATTEMPTS, 1)
                .containsEntry(ClovaConstants.RATE_LIMIT, Map.of("x-ratelimit-remaining-requests", "59"))
                .containsEntry(
                        ClovaConstants.REQUEST_ID,
                        request().header("X-NCP-CLOVASTUDIO-REQUEST-ID").orElseThrow());
        assertThat(answer.getHeaders())
                .doesNotContainKeys(
                        ClovaConstants.TOOL_CALLS,
                        ClovaConstants.THINKING,
                        ClovaConstants.CITATIONS,
                        ClovaConstants.CHOICES,
                        ClovaConstants.LOGPROBS,
                        ClovaConstants.AI_FILTER,
                        ClovaConstants.AI_FILTER_SCORES,
                        ClovaConstants.AI_FILTER_VERDICT,
                        ClovaConstants.AI_FILTER_FLAGGED,
                        ClovaConstants.AI_FILTER_REASONS,
                        ClovaConstants.AI_FILTER_COVERAGE);
    }

    @ParameterizedTest
    @EnumSource
    void theRequestIsExactlyWhatTheServiceDocuments(Target target) {
        routes.service().replays(reply(target.hello()));

        routes.ask(target.at(routes.service(), "systemMessage=Answer in one sentence."), QUESTION);

        ReceivedRequest request = request();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo(target.path());
        assertThat(request.json()).isEqualTo(target.transcript("hello.request"));
        assertThat(headers(request))
                .containsEntry("accept", "application/json")
                .containsEntry("accept-encoding", "identity")
                .containsEntry("authorization", "Bearer " + Target.KEY)
                .containsEntry("host", "localhost:" + routes.service().port())
                .containsEntry("content-length", String.valueOf(request.bytes().length));
        assertThat(request.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/json"));
        assertThat(headers(request).keySet())
                .isSubsetOf(Set.of(
                        "accept",
                        "accept-encoding",
                        "authorization",
                        "connection",
                        "content-length",
                        "content-type",
                        "host",
                        "user-agent",
                        "x-ncp-clovastudio-request-id"));
    }

    @ParameterizedTest
    @EnumSource
    void everyGenerationOptionGoesOutUnderTheServicesOwnName(Target target) {
        String[] options = {
            "temperature=0.25",
            "topP=0.75",
            "topK=12",
            "maxTokens=256",
            "repeatPenalty=1.5",
            "stop=END,끝",
            "seed=4294967295",
            "additionalBodyProperty.trace={\"depth\": 2}"
        };
        String[] own = target.isNative()
                ? new String[] {"includeAiFilters=true"}
                : new String[] {
                    "frequencyPenalty=-0.5",
                    "presencePenalty=0.5",
                    "n=2",
                    "logprobs=true",
                    "topLogprobs=3",
                    "user=clerk-7",
                    "responseFormat=json_object",
                    "thinkingEffort=low"
                };
        routes.service().replays(reply(target.hello()));

        routes.ask(
                target.at(
                        routes.service(),
                        Stream.of(options, own).flatMap(Stream::of).toArray(String[]::new)),
                "hello");

        assertThat(request().json()).isEqualTo(target.transcript("every-option.request"));
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsSentThatNobodyAskedFor(Target target) {
        routes.service().replays(reply(target.hello()));

        routes.ask(target.at(routes.service()), "hello");

        assertThat(names(request().json()))
                .isEqualTo(target.isNative() ? Set.of("messages") : Set.of("messages", "model"));
    }

    // ---- how an answer may be written

    @ParameterizedTest
    @EnumSource
    void theTextIsUtf8WhateverCharsetTheServiceClaims(Target target) {
        routes.service().replays(reply(target.hello()).contentType("application/json; charset=EUC-KR"));

        Exchange answer = routes.ask(target.at(routes.service()), QUESTION);

        assertThat(answer.getMessage().getBody()).isEqualTo(ANSWER);
    }

    @ParameterizedTest
    @EnumSource
    void aMissingContentTypeIsReadAsJson(Target target) {
        routes.service().replays(reply(target.hello()).withoutHeader("Content-Type"));

        Exchange answer = routes.ask(target.at(routes.service()), QUESTION);

        assertThat(answer.getMessage().getBody()).isEqualTo(ANSWER);
    }

    @ParameterizedTest
    @EnumSource
    void anyJsonContentTypeIsRead(Target target) {
        routes.service().replays(reply(target.hello()).contentType("Application/Problem+JSON; charset=utf-8"));

        Exchange answer = routes.ask(target.at(routes.service()), QUESTION);

        assertThat(answer.getMessage().getBody()).isEqualTo(ANSWER);
    }

    @ParameterizedTest
    @EnumSource
    void membersThatNobodyKnowsAreIgnored(Target target) {
        ObjectNode hello = target.hello();
        for (ObjectNode each : List.of(hello, target.choice(hello), target.message(hello), target.usage(hello))) {
            each.put("notYetInvented", 1).putObject("alsoNew").putArray("deep").addNull();
        }
        routes.service().replays(reply(hello));

        Exchange answer = routes.ask(target.at(routes.service()), QUESTION);

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getBody()).isEqualTo(ANSWER);
        assertThat(answer.getMessage().getHeader(ClovaConstants.INPUT_TOKENS)).isEqualTo(37);
    }

    @ParameterizedTest
    @EnumSource
    void membersThatAreMissingLeaveTheirHeadersOut(Target target) {
        ObjectNode hello = target.hello();
        target.usage(hello).remove(List.of(target.inputTokens(), target.outputTokens(), "totalTokens", "total_tokens"));
        target.seedHolder(hello).remove("seed");
        target.choice(hello).remove(target.stopReason());
        hello.remove(List.of("id", "model"));
        routes.service().replays(reply(hello));

        Message answer = routes.ask(target.at(routes.service()), QUESTION).getMessage();

        assertThat(answer.getBody()).isEqualTo(ANSWER);
        assertThat(answer.getHeaders())
                .doesNotContainKeys(
                        ClovaConstants.STOP_REASON,
                        ClovaConstants.RAW_STOP_REASON,
                        ClovaConstants.INPUT_TOKENS,
                        ClovaConstants.OUTPUT_TOKENS,
                        ClovaConstants.TOTAL_TOKENS,
                        ClovaConstants.SEED,
                        ClovaConstants.RESPONSE_ID,
                        ClovaConstants.RESPONSE_MODEL);
    }

    @ParameterizedTest
    @EnumSource
    void membersOfAnotherTypeAreLikeMissingOnes(Target target) {
        ObjectNode hello = target.hello();
        target.usage(hello).put(target.inputTokens(), true).put(target.outputTokens(), -1);
        target.seedHolder(hello).put("seed", "soon");
        target.choice(hello).putArray(target.stopReason()).add("stop");
        routes.service().replays(reply(hello));

        Message answer = routes.ask(target.at(routes.service()), QUESTION).getMessage();

        assertThat(answer.getBody()).isEqualTo(ANSWER);
        assertThat(answer.getHeaders())
                .doesNotContainKeys(ClovaConstants.STOP_REASON, ClovaConstants.OUTPUT_TOKENS, ClovaConstants.SEED);
    }

    @ParameterizedTest
    @EnumSource
    void numbersMayBeText(Target target) {
        ObjectNode hello = target.hello();
        target.usage(hello).put(target.inputTokens(), "37").put(target.outputTokens(), " 9 ");
        target.seedHolder(hello).put("seed", "4294967295");
        routes.service().replays(reply(hello));

        Message answer = routes.ask(target.at(routes.service()), QUESTION).getMessage();

        assertThat(answer.getHeaders())
                .containsEntry(ClovaConstants.INPUT_TOKENS, 37)
                .containsEntry(ClovaConstants.OUTPUT_TOKENS, 9)
                .containsEntry(ClovaConstants.SEED, 4_294_967_295L);
    }

    static Stream<Arguments> stopReasons() {
        Map<String, String> words = Map.ofEntries(
                Map.entry("stop", "stop"),
                Map.entry("STOP", "stop"),
                Map.entry("stop_before", "stop"),
                Map.entry("Stop_Before", "stop"),
                Map.entry("end_token", "stop"),
                Map.entry("length", "length"),
                Map.entry("LENGTH", "length"),
                Map.entry("tool_calls", "tool_calls"),
                Map.entry("Tool_Calls", "tool_calls"),
                Map.entry("content_filter", "content_filter"),
                Map.entry("eos", "other"),
                Map.entry("정지", "other"));
        return Stream.of(Target.values()).flatMap(target -> words.entrySet().stream()
                .map(word -> Arguments.of(target, word.getKey(), word.getValue())));
    }

    @ParameterizedTest
    @MethodSource("stopReasons")
    void aStopReasonIsUnderstoodInAnyCaseAndShownAsReceived(Target target, String raw, String understood) {
        ObjectNode hello = target.hello();
        target.choice(hello).put(target.stopReason(), raw);
        routes.service().replays(reply(hello));

        Message answer = routes.ask(target.at(routes.service()), QUESTION).getMessage();

        assertThat(answer.getHeaders())
                .containsEntry(ClovaConstants.STOP_REASON, understood)
                .containsEntry(ClovaConstants.RAW_STOP_REASON, raw);
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyStopReasonIsNone(Target target) {
        ObjectNode hello = target.hello();
        target.choice(hello).put(target.stopReason(), "");
        routes.service().replays(reply(hello));

        Message answer = routes.ask(target.at(routes.service()), QUESTION).getMessage();

        assertThat(answer.getHeaders()).doesNotContainKeys(ClovaConstants.STOP_REASON, ClovaConstants.RAW_STOP_REASON);
    }

    @ParameterizedTest
    @EnumSource
    void aNullContentIsAnEmptyText(Target target) {
        ObjectNode hello = target.hello();
        target.message(hello).putNull("content");
        routes.service().replays(reply(hello));

        Exchange answer = routes.ask(target.at(routes.service()), QUESTION);

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getBody()).isEqualTo("");
    }

    @ParameterizedTest
    @EnumSource
    void aContentInPartsIsJoined(Target target) {
        ObjectNode hello = target.hello();
        target.message(hello)
                .set("content", read("[{\"type\":\"text\",\"text\":\"안녕\"},{\"type\":\"text\",\"text\":\"!\"}]"));
        routes.service().replays(reply(hello));

        Exchange answer = routes.ask(target.at(routes.service()), QUESTION);

        assertThat(answer.getMessage().getBody()).isEqualTo("안녕!");
    }

    // ---- refusals

    record Refusal(int status, String code, Class<? extends ClovaException> type, boolean retryable) {}

    private static final List<Refusal> REFUSALS = List.of(
            new Refusal(400, "40001", ClovaRefusedException.class, false),
            new Refusal(400, "40003", ClovaContextLengthException.class, false),
            new Refusal(400, "40005", ClovaRefusedException.class, false),
            new Refusal(401, "40104", ClovaAuthenticationException.class, false),
            new Refusal(403, "40300", ClovaAuthenticationException.class, false),
            new Refusal(404, "40400", ClovaRefusedException.class, false),
            new Refusal(408, "40800", ClovaRefusedException.class, true),
            new Refusal(413, "41300", ClovaRefusedException.class, false),
            new Refusal(429, "42900", ClovaRateLimitException.class, true),
            new Refusal(429, "42901", ClovaRateLimitException.class, true),
            new Refusal(429, "42902", ClovaRateLimitException.class, true),
            new Refusal(500, "50000", ClovaServerException.class, true),
            new Refusal(501, "50100", ClovaServerException.class, false),
            new Refusal(504, "50400", ClovaServerException.class, true));

    static Stream<Arguments> refusals() {
        return Stream.of(Target.values())
                .flatMap(target -> REFUSALS.stream().map(refusal -> Arguments.of(target, refusal)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void anHttpErrorIsTheKindOfFailureThatItsCodeSays(Target target, Refusal refusal) {
        routes.service()
                .replays(reply(target.refusal(refusal.code(), "no, not so")).status(refusal.status()));

        ClovaException failure = failure(routes.ask(target.at(routes.service()), QUESTION));

        assertThat(failure).isInstanceOf(refusal.type());
        assertThat(failure.getStatusCode()).isEqualTo(refusal.status());
        assertThat(failure.getCode()).isEqualTo(refusal.code());
        assertThat(failure.isRetryable()).isEqualTo(refusal.retryable());
        assertThat(failure).hasMessageContaining("no, not so");
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void http200IsNoSuccessWhenTheBodySaysOtherwise(Target target, Refusal refusal) {
        routes.service().replays(reply(target.refusal(refusal.code(), "no, not so")));

        ClovaException failure = failure(routes.ask(target.at(routes.service()), QUESTION));

        assertThat(failure).isInstanceOf(refusal.type());
        assertThat(failure.getStatusCode()).isEqualTo(200);
        assertThat(failure.getCode()).isEqualTo(refusal.code());
        assertThat(failure.isRetryable()).isEqualTo(refusal.retryable());
    }

    @ParameterizedTest
    @EnumSource
    void aCodeMayBeANumber(Target target) {
        ObjectNode refusal = target.refusal("", "no");
        ((ObjectNode) refusal.path(target.isNative() ? "status" : "error")).put("code", 42901);
        routes.service().replays(reply(refusal));

        ClovaException failure = failure(routes.ask(target.at(routes.service()), QUESTION));

        assertThat(failure).isInstanceOf(ClovaRateLimitException.class);
        assertThat(failure.getCode()).isEqualTo("42901");
    }

    @ParameterizedTest
    @EnumSource
    void anErrorBesideAnAnswerIsNoAnswer(Target target) {
        ObjectNode hello = target.hello();
        hello.putObject("error").put("message", "the rest is gone").put("code", "50000");
        routes.service().replays(reply(hello));

        Exchange answer = routes.ask(target.at(routes.service()), QUESTION);

        assertThat(failure(answer)).isInstanceOf(ClovaServerException.class).hasMessageContaining("the rest is gone");
        assertThat(answer.getMessage().getBody()).isEqualTo(QUESTION);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorMayBePlainText(Target target) {
        routes.service().replays(Reply.json("{\"error\":\"model is loading\"}"));

        ClovaException failure = failure(routes.ask(target.at(routes.service()), QUESTION));

        assertThat(failure).isInstanceOf(ClovaRefusedException.class).hasMessageContaining("model is loading");
        assertThat(failure.getCode()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void theGatewaysOwnErrorIsReadToo(Target target) {
        routes.service()
                .replays(Reply.json(
                        401,
                        "{\"error\":{\"errorCode\":\"200\",\"message\":\"Authentication Failed\",\"details\":\"x\"}}"));

        ClovaException failure = failure(routes.ask(target.at(routes.service()), QUESTION));

        assertThat(failure)
                .isInstanceOf(ClovaAuthenticationException.class)
                .hasMessageContaining("Authentication Failed");
        assertThat(failure.getCode()).isEqualTo("200");
    }

    @ParameterizedTest
    @EnumSource
    void anHttpErrorWithoutAnyBodyIsStillNamed(Target target) {
        routes.service().replays(Reply.json(503, ""));

        ClovaException failure = failure(routes.ask(target.at(routes.service()), QUESTION));

        assertThat(failure).isInstanceOf(ClovaServerException.class);
        assertThat(failure.getStatusCode()).isEqualTo(503);
        assertThat(failure.getCode()).isNull();
        assertThat(failure.isRetryable()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aRedirectIsARefusalAndNotFollowed(Target target) {
        routes.service()
                .replays(Reply.json(307, "").header("Location", routes.service().baseUrl() + "/elsewhere"));

        ClovaException failure = failure(routes.ask(target.at(routes.service()), QUESTION));

        assertThat(failure).isInstanceOf(ClovaRefusedException.class);
        assertThat(failure.getStatusCode()).isEqualTo(307);
        assertThat(routes.service().requests()).hasSize(1);
    }

    // ---- what is no answer at all

    private static final String PAGE =
            "<html><body><h1>Service \u0007Unavailable</h1>" + "x".repeat(500) + "</body></html>";

    @ParameterizedTest
    @EnumSource
    void aPageInPlaceOfAnAnswerIsUnreadable(Target target) {
        routes.service().replays(Reply.text(200, "text/html", PAGE));

        ClovaException failure = failure(routes.ask(target.at(routes.service()), QUESTION));

        assertThat(failure)
                .isInstanceOf(ClovaUnreadableException.class)
                .hasMessageContaining("HTTP 200")
                .hasMessageContaining("text/html")
                .hasMessageContaining("<html><body><h1>Service \\u0007Unavailable</h1>xxx");
        assertThat(failure.getMessage()).doesNotContain("x".repeat(200));
        assertThat(failure.getStatusCode()).isEqualTo(200);
        assertThat(failure.isRetryable()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aPageWithAnHttpErrorIsThatError(Target target) {
        routes.service().replays(Reply.text(502, "text/html", PAGE));

        ClovaException failure = failure(routes.ask(target.at(routes.service()), QUESTION));

        assertThat(failure)
                .isInstanceOf(ClovaServerException.class)
                .hasMessageContaining("<h1>Service \\u0007Unavailable</h1>");
        assertThat(failure.getMessage()).doesNotContain("x".repeat(200));
        assertThat(failure.getStatusCode()).isEqualTo(502);
        assertThat(failure.isRetryable()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void jsonUnderAnotherContentTypeIsUnreadable(Target target) {
        routes.service().replays(reply(target.hello()).contentType("text/plain"));

        ClovaException failure = failure(routes.ask(target.at(routes.service()), QUESTION));

        assertThat(failure).isInstanceOf(ClovaUnreadableException.class).hasMessageContaining("text/plain");
    }

    static Stream<Arguments> noAnswers() {
        return Stream.of(Target.values()).flatMap(target -> {
            String whole = target.hello().toString();
            return Stream.of(
                            "",
                            "   ",
                            "{}",
                            "[]",
                            "null",
                            "\"ok\"",
                            "5",
                            "{",
                            "not json",
                            whole.substring(0, whole.length() - 1),
                            whole.substring(0, whole.length() / 2),
                            "[" + whole + "]",
                            whole + "<!-- served by a proxy -->")
                    .map(body -> Arguments.of(target, body));
        });
    }

    @ParameterizedTest
    @MethodSource("noAnswers")
    void whatIsNotOneWholeJsonObjectWithAnAnswerIsUnreadable(Target target, String body) {
        routes.service().replays(Reply.json(body));

        Exchange answer = routes.ask(target.at(routes.service()), QUESTION);

        assertThat(failure(answer)).isInstanceOf(ClovaUnreadableException.class);
        assertThat(failure(answer).getMessage()).doesNotContain("접수");
        assertThat(answer.getMessage().getBody()).isEqualTo(QUESTION);
    }

    static Stream<Arguments> withoutAMessage() {
        return Stream.of(Target.values()).flatMap(target -> Stream.<Consumer<ObjectNode>>of(
                        answer -> target.choice(answer).remove("message"),
                        answer -> target.choice(answer).putNull("message"),
                        answer -> target.choice(answer).put("message", "text"),
                        answer -> answer.remove(target.isNative() ? "result" : "choices"),
                        answer -> answer.putNull(target.isNative() ? "result" : "choices"),
                        answer -> answer.putArray(target.isNative() ? "result" : "choices"))
                .map(change -> Arguments.of(target, changed(target.hello(), change))));
    }

    @ParameterizedTest
    @MethodSource("withoutAMessage")
    void anAnswerWithoutAMessageIsUnreadable(Target target, ObjectNode withoutMessage) {
        routes.service().replays(reply(withoutMessage));

        Exchange answer = routes.ask(target.at(routes.service()), QUESTION);

        assertThat(failure(answer)).isInstanceOf(ClovaUnreadableException.class);
        assertThat(answer.getMessage().getBody()).isEqualTo(QUESTION);
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerThatNestsWithoutEndIsUnreadable(Target target) {
        ObjectNode hello = target.hello();
        hello.set("deep", read("[".repeat(200) + "]".repeat(200)));
        routes.service().replays(reply(hello));

        ClovaException failure = failure(routes.ask(target.at(routes.service()), QUESTION));

        assertThat(failure).isInstanceOf(ClovaUnreadableException.class).hasMessageContaining("nests deeper");
    }

    private static ObjectNode changed(ObjectNode answer, Consumer<ObjectNode> change) {
        change.accept(answer);
        return answer;
    }

    private static ClovaException failure(Exchange exchange) {
        assertThat(exchange.getException()).isInstanceOf(ClovaException.class);
        return (ClovaException) exchange.getException();
    }

    private static ReceivedRequest request() {
        assertThat(routes.service().requests()).hasSize(1);
        return routes.service().requests().get(0);
    }

    private static Map<String, String> headers(ReceivedRequest request) {
        return request.headers().stream()
                .collect(Collectors.toMap(header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    }

    private static Set<String> names(JsonNode object) {
        return object.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }
}
