package io.github.camelclova;

import static io.github.camelclova.Target.OPENAI;
import static io.github.camelclova.Target.V1_MODEL;
import static io.github.camelclova.Target.V3_MODEL;
import static io.github.camelclova.Target.reply;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.testing.ReceivedRequest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What data may change of a request, and what it may not. */
class HeaderOverridesTest {

    private static final Map<String, Object> ONE_OF_EACH_GROUP = Map.of(
            ClovaConstants.TEMPERATURE, 0.25,
            ClovaConstants.MODEL, "HCX-DASH-002",
            ClovaConstants.SYSTEM_MESSAGE, "from the header");

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    // ---- groups

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-                            | true  | false | false",
                "none                         | false | false | false",
                "generation                   | true  | false | false",
                "model                        | false | true  | false",
                "messages                     | false | false | true",
                "generation,model             | true  | true  | false",
                "generation,messages          | true  | false | true",
                "model,messages               | false | true  | true",
                "messages, Model ,GENERATION  | true  | true  | true",
                "all                          | true  | true  | true",
                "ALL                          | true  | true  | true",
                "all,model                    | true  | true  | true",
            })
    void onlyHeadersOfAllowedGroupsCount(String groups, boolean generation, boolean model, boolean messages) {
        String[] options = groups.equals("-")
                ? new String[0]
                : new String[] {"allowedHeaderOverrides=" + groups.replace(" ", "%20")};

        ReceivedRequest request = requestWith(V3_MODEL, ONE_OF_EACH_GROUP, options);

        assertThat(request.json().has("temperature")).isEqualTo(generation);
        assertThat(request.path().endsWith("/HCX-DASH-002")).isEqualTo(model);
        assertThat(request.json().at("/messages/0/role").textValue().equals("system"))
                .isEqualTo(messages);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none,model", "none,all", "headers", "model;messages", "generation,,model", "true"})
    void wordsThatNameNoGroupAreRefusedAtStart(String groups) {
        IllegalArgumentException refusal =
                routes.refusalOf(V3_MODEL.at(routes.service(), "allowedHeaderOverrides=" + groups));

        assertThat(refusal)
                .hasMessageStartingWith("Option allowedHeaderOverrides: ")
                .hasMessageContaining("none");
    }

    @ParameterizedTest
    @EnumSource
    void whereNothingMayBeOverriddenTheRequestIsTheSameToTheByte(Target target) {
        Map<String, Object> everything = new HashMap<>(ONE_OF_EACH_GROUP);
        everything.put(ClovaConstants.MAX_TOKENS, "a lot");
        everything.put(ClovaConstants.STOP, List.of("END"));
        everything.put(ClovaConstants.SEED, -1);
        everything.put(ClovaConstants.REQUEST_ID, "same-1");

        ReceivedRequest with = requestWith(target, everything, "allowedHeaderOverrides=none");
        routes.service().reset();
        ReceivedRequest without =
                requestWith(target, Map.of(ClovaConstants.REQUEST_ID, "same-1"), "allowedHeaderOverrides=none");

        assertThat(with.bytes()).isEqualTo(without.bytes());
        assertThat(with.path()).isEqualTo(without.path());
        assertThat(with.headers()).hasToString(without.headers().toString());
    }

    @Test
    void theNameOfAHeaderHasNoCase() {
        ReceivedRequest request = requestWith(V3_MODEL, Map.of("CAMELCLOVATEMPERATURE", 0.25, "camelclovatopk", 7));

        assertThat(request.json().path("temperature").doubleValue()).isEqualTo(0.25);
        assertThat(request.json().path("topK").intValue()).isEqualTo(7);
    }

    // ---- values

    @ParameterizedTest
    @CsvSource({
        "CamelClovaTemperature,   0.3, /temperature, 0.3",
        "CamelClovaTemperature,   1,   /temperature, 1.0",
        "CamelClovaTemperature,   ' 0.3 ', /temperature, 0.3",
        "CamelClovaTopP,          3e-1, /topP, 0.3",
        "CamelClovaTopK,          8,   /topK, 8",
        "CamelClovaTopK,          8.0, /topK, 8",
        "CamelClovaMaxTokens,     99,  /maxTokens, 99",
        "CamelClovaRepeatPenalty, 1.5, /repetitionPenalty, 1.5",
        "CamelClovaSeed,          4294967295, /seed, 4294967295",
    })
    void aNumberMayBeText(String header, String text, String member, String sent) {
        ReceivedRequest request = requestWith(V3_MODEL, Map.of(header, text));

        assertThat(request.json().at(member).asText()).isEqualTo(sent);
    }

    static Stream<Arguments> stops() {
        return Stream.of(
                Arguments.of("END", List.of("END")),
                Arguments.of("END, 끝 ", List.of("END", "끝")),
                Arguments.of(List.of("a, b", " c"), List.of("a, b", " c")),
                Arguments.of(new String[] {"a", "b"}, List.of("a", "b")));
    }

    @ParameterizedTest
    @MethodSource("stops")
    void stopStringsMayBeAListOrText(Object header, List<String> sent) {
        ReceivedRequest request = requestWith(V3_MODEL, Map.of(ClovaConstants.STOP, header));

        assertThat(request.json().path("stop")).extracting(JsonNode::textValue).isEqualTo(sent);
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                Arguments.of(V3_MODEL, ClovaConstants.TEMPERATURE, "warm", "'warm' is not a number"),
                Arguments.of(V3_MODEL, ClovaConstants.TEMPERATURE, "", "is not a number"),
                Arguments.of(V3_MODEL, ClovaConstants.TEMPERATURE, true, "'true' is not a number"),
                Arguments.of(
                        V3_MODEL,
                        ClovaConstants.TEMPERATURE,
                        1.01,
                        "1.01 is out of range, dialect clova-v3 takes 0 <= value <= 1"),
                Arguments.of(
                        V1_MODEL,
                        ClovaConstants.TEMPERATURE,
                        0,
                        "0.0 is out of range, dialect clova-v1 takes 0 < value <= 1"),
                Arguments.of(V3_MODEL, ClovaConstants.TEMPERATURE, "1e400", "out of range"),
                Arguments.of(V3_MODEL, ClovaConstants.TEMPERATURE, Double.NaN, "'NaN' is not a number"),
                Arguments.of(V3_MODEL, ClovaConstants.TOP_P, 0, "0.0 is out of range"),
                Arguments.of(V3_MODEL, ClovaConstants.TOP_K, 3.7, "'3.7' is not a whole number"),
                Arguments.of(V3_MODEL, ClovaConstants.TOP_K, "12345678901", "is not a whole number"),
                Arguments.of(V3_MODEL, ClovaConstants.TOP_K, 129, "129 is out of range"),
                Arguments.of(
                        V3_MODEL,
                        ClovaConstants.MAX_TOKENS,
                        4097,
                        "4097 is out of range, dialect clova-v3 takes 1 <= value <= 4096"),
                Arguments.of(V3_MODEL, ClovaConstants.MAX_TOKENS, List.of(5), "is not a whole number"),
                Arguments.of(OPENAI, ClovaConstants.MAX_TOKENS, 0, "0 is out of range"),
                Arguments.of(
                        V3_MODEL,
                        ClovaConstants.REPEAT_PENALTY,
                        2.5,
                        "2.5 is out of range, dialect clova-v3 takes 0 < value <= 2"),
                Arguments.of(V3_MODEL, ClovaConstants.SEED, "4294967296", "4294967296 is out of range"),
                Arguments.of(V3_MODEL, ClovaConstants.SEED, "1e99999999999", "is not"),
                Arguments.of(V3_MODEL, ClovaConstants.STOP, List.of(), "empty entry"),
                Arguments.of(V3_MODEL, ClovaConstants.STOP, List.of("a", ""), "empty entry"),
                Arguments.of(V3_MODEL, ClovaConstants.STOP, Arrays.asList("a", null), "empty entry"),
                Arguments.of(V3_MODEL, ClovaConstants.STOP, ",", "empty entry"),
                Arguments.of(OPENAI, ClovaConstants.STOP, "a,b,c,d,e", "at most 4 entries"));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void aBadValueFailsBeforeAnyCallAndIsNamed(Target target, String header, Object value, String problem) {
        Exchange failed = routes.ask(target.at(routes.service()), "the question", Map.of(header, value));

        assertThat(failed.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Header " + header + ": ")
                .hasMessageContaining(problem);
        assertThat(failed.getMessage().getBody()).isEqualTo("the question");
        assertThat(routes.service().requests()).isEmpty();
    }

    @Test
    void aLongBadValueIsShownInPartAndEscaped() {
        Exchange failed = routes.ask(
                V3_MODEL.at(routes.service()),
                "hello",
                Map.of(ClovaConstants.TEMPERATURE, "warm\r\n" + "x".repeat(1000)));

        assertThat(failed.getException()).hasMessageContaining("warm\\u000d\\u000axxx");
        assertThat(failed.getException().getMessage()).hasSizeLessThan(300).doesNotContain("\n", "\r");
    }

    /** So Kafka and JMS may bring them. */
    @Test
    void textMayBeBytes() {
        Map<String, Object> headers = Map.of(
                ClovaConstants.MODEL, "HCX-DASH-002".getBytes(UTF_8),
                ClovaConstants.SYSTEM_MESSAGE, "짧게".getBytes(UTF_8),
                ClovaConstants.TEMPERATURE, "0.25".getBytes(UTF_8),
                ClovaConstants.STOP, "END".getBytes(UTF_8),
                ClovaConstants.REQUEST_ID, "order-7".getBytes(UTF_8));

        ReceivedRequest request = requestWith(V3_MODEL, headers, "allowedHeaderOverrides=all");

        assertThat(request.path()).endsWith("/HCX-DASH-002");
        assertThat(request.json().at("/messages/0/content").textValue()).isEqualTo("짧게");
        assertThat(request.json().path("temperature").doubleValue()).isEqualTo(0.25);
        assertThat(request.json().at("/stop/0").textValue()).isEqualTo("END");
        assertThat(request.header("X-NCP-CLOVASTUDIO-REQUEST-ID")).contains("order-7");
    }

    @Test
    void anEmptySystemMessageIsNone() {
        ReceivedRequest request = requestWith(
                V3_MODEL,
                Map.of(ClovaConstants.SYSTEM_MESSAGE, " "),
                "allowedHeaderOverrides=messages",
                "systemMessage=Be brief.");

        assertThat(request.json().at("/messages/0/role").textValue()).isEqualTo("user");
    }

    @Test
    void anAllowedHeaderWinsOverItsOption() {
        ReceivedRequest request =
                requestWith(V3_MODEL, Map.of(ClovaConstants.TEMPERATURE, 0.25), "temperature=0.75", "topP=0.5");

        assertThat(request.json().path("temperature").doubleValue()).isEqualTo(0.25);
        assertThat(request.json().path("topP").doubleValue()).isEqualTo(0.5);
    }

    @Test
    void aHeaderMustFitTheOptionsBesideIt() {
        String thinking = V3_MODEL.bare(routes.service(), "model=HCX-007");

        Exchange failed = routes.ask(thinking, "hello", Map.of(ClovaConstants.STOP, "END"));

        assertThat(failed.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stop cannot be used while HCX-007 thinks");
        assertThat(routes.service().requests()).isEmpty();
    }

    // ---- maxTokensLimit

    @ParameterizedTest
    @EnumSource
    void withALimitAndNothingAskedForTheLimitIsSent(Target target) {
        ReceivedRequest request = requestWith(target, Map.of(), "maxTokensLimit=128");

        assertThat(request.json()
                        .path(target.isNative() ? "maxTokens" : "max_tokens")
                        .intValue())
                .isEqualTo(128);
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderMayAskForAsMuchAsTheLimitAndNoMore(Target target) {
        ReceivedRequest atLimit = requestWith(target, Map.of(ClovaConstants.MAX_TOKENS, 128), "maxTokensLimit=128");
        Exchange above = routes.ask(
                target.at(routes.service(), "maxTokensLimit=128"), "hello", Map.of(ClovaConstants.MAX_TOKENS, 129));

        assertThat(atLimit.json()
                        .path(target.isNative() ? "maxTokens" : "max_tokens")
                        .intValue())
                .isEqualTo(128);
        assertThat(above.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(ClovaConstants.MAX_TOKENS)
                .hasMessageContaining("129 is more than maxTokensLimit, which is 128");
        assertThat(above.getMessage().getBody()).isEqualTo("hello");
        assertThat(routes.service().requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void anOptionAboveTheLimitIsRefusedAtStart(Target target) {
        assertThat(routes.refusalOf(target.at(routes.service(), "maxTokens=129", "maxTokensLimit=128")))
                .hasMessage("Option maxTokens: 129 is more than maxTokensLimit, which is 128");
    }

    @Test
    void theLimitHoldsForAModelThatAHeaderNames() {
        ReceivedRequest request = requestWith(
                V3_MODEL,
                Map.of(ClovaConstants.MODEL, "HCX-007"),
                "maxTokensLimit=128",
                "allowedHeaderOverrides=model");

        assertThat(request.json().path("maxCompletionTokens").intValue()).isEqualTo(128);
        assertThat(request.json().has("maxTokens")).isFalse();
    }

    // ---- the model

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                ".",
                "a/b",
                "/etc",
                "HCX-005?x=1",
                "HCX-005#x",
                "%2e%2e",
                "HCX;v=1",
                "HCX 005",
                "모델",
                "a\\b",
                "a\r\nb"
            })
    void aModelThatWouldMoveTheCallIsRefused(String model) {
        Exchange failed = routes.ask(
                V3_MODEL.at(routes.service(), "allowedHeaderOverrides=model"),
                "hello",
                Map.of(ClovaConstants.MODEL, model));

        assertThat(failed.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Header CamelClovaModel: ")
                .hasMessageContaining("letters, digits, . _ - :");
        assertThat(failed.getException().getMessage()).doesNotContain("\r", "\n");
        assertThat(routes.service().requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"V3_MODEL", "OPENAI"})
    void aBlankModelIsRefused(Target target) {
        Exchange failed = routes.ask(
                target.at(routes.service(), "allowedHeaderOverrides=model"),
                "hello",
                Map.of(ClovaConstants.MODEL, " "));

        assertThat(failed.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Header CamelClovaModel is empty");
    }

    @Test
    void anOpenAiCompatibleServiceTakesAnyModelNameInItsBody() {
        ReceivedRequest request =
                requestWith(OPENAI, Map.of(ClovaConstants.MODEL, "org/모델 v1?#%"), "allowedHeaderOverrides=model");

        assertThat(request.path()).isEqualTo("/v1/chat/completions");
        assertThat(request.json().path("model").textValue()).isEqualTo("org/모델 v1?#%");
    }

    @Test
    void theModelMayBeLeftToTheHeader() {
        String uri = OPENAI.bare(routes.service(), "allowedHeaderOverrides=model");
        routes.service().replays(reply(OPENAI.hello()));

        Exchange named = routes.ask(uri, "hello", Map.of(ClovaConstants.MODEL, "small-2"));
        Exchange unnamed = routes.ask(uri, "hello");

        assertThat(named.getException()).isNull();
        assertThat(unnamed.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CamelClovaModel is missing");
        assertThat(routes.service().requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"V1_MODEL", "V3_MODEL", "OPENAI"})
    void aMissingModelIsRefusedAtStart(Target target) {
        assertThat(routes.refusalOf(target.bare(routes.service(), "maxRetries=0")))
                .hasMessageStartingWith("Option model: is missing")
                .hasMessageContaining("taskId");
    }

    // ---- the request id

    static Stream<String> requestIds() {
        return Stream.of("a", "A-1_b.c", "x".repeat(64));
    }

    @ParameterizedTest
    @MethodSource("requestIds")
    void theRequestIdIsSentAndComesBack(String id) {
        routes.service().replays(reply(V3_MODEL.hello()));

        Exchange answer = routes.ask(
                V3_MODEL.at(routes.service(), "allowedHeaderOverrides=none", "requestIdPrefix=shop-"),
                "hello",
                Map.of(ClovaConstants.REQUEST_ID, id));

        assertThat(routes.service().requests().get(0).header("X-NCP-CLOVASTUDIO-REQUEST-ID"))
                .contains(id);
        assertThat(answer.getMessage().getHeader(ClovaConstants.REQUEST_ID)).isEqualTo(id);
    }

    static Stream<String> forgedRequestIds() {
        return Stream.of("a\r\nX-Evil: 1", "evil\0", "주문", "x".repeat(65), "", " ", "a b", "a/b");
    }

    @ParameterizedTest
    @MethodSource("forgedRequestIds")
    void aRequestIdThatIsNoneIsRefusedWithoutBeingShown(String id) {
        Exchange failed = routes.ask(V3_MODEL.at(routes.service()), "hello", Map.of(ClovaConstants.REQUEST_ID, id));

        assertThat(failed.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Header CamelClovaRequestId may have 1 to 64 letters, digits, dots, underscores or hyphens");
        assertThat(routes.service().requests()).isEmpty();
    }

    @Test
    void everyRequestHasAnIdOfItsOwn() {
        ReceivedRequest one = requestWith(V3_MODEL, Map.of(), "requestIdPrefix=shop-");
        ReceivedRequest other = requestWith(V3_MODEL, Map.of(), "requestIdPrefix=shop-");

        String first = one.header("X-NCP-CLOVASTUDIO-REQUEST-ID").orElseThrow();
        String second = other.header("X-NCP-CLOVASTUDIO-REQUEST-ID").orElseThrow();
        assertThat(List.of(first, second))
                .allMatch(id -> id.startsWith("shop-"))
                .doesNotHaveDuplicates();
        assertThat(first).hasSizeLessThanOrEqualTo(64);
    }

    /** The last request that came in after one more exchange with these headers. */
    private static ReceivedRequest requestWith(Target target, Map<String, ?> headers, String... options) {
        int before = routes.service().requests().size();
        routes.service().replays(reply(target.hello()));
        Exchange answer = routes.ask(target.at(routes.service(), options), "hello", headers);
        assertThat(answer.getException()).isNull();
        return routes.service().requests().get(before);
    }
}
