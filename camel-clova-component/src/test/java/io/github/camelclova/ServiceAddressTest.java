package io.github.camelclova;

import static io.github.camelclova.Target.OPENAI;
import static io.github.camelclova.Target.V1_MODEL;
import static io.github.camelclova.Target.V3_MODEL;
import static io.github.camelclova.Target.V3_TASK;
import static io.github.camelclova.Target.reply;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.testing.ReceivedRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.RuntimeCamelCatalog;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which service is asked, where, in which dialect and with which key. */
class ServiceAddressTest {

    private static final String ASK_HCX = "clova:chat?model=HCX-005&";

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    // ---- baseUrl

    @ParameterizedTest
    @CsvSource({
        "'',             /v3/chat-completions/HCX-005",
        "/,              /v3/chat-completions/HCX-005",
        "/gateway,       /gateway/v3/chat-completions/HCX-005",
        "/a/b.c/,        /a/b.c/v3/chat-completions/HCX-005",
        "/with%2520space, /with%20space/v3/chat-completions/HCX-005",
    })
    void thePathOfTheBaseUrlIsKeptAndItsTrailingSlashIgnored(String path, String asked) {
        ReceivedRequest request =
                requestOf(ASK_HCX + "baseUrl=" + routes.service().baseUrl() + path, V3_MODEL);

        assertThat(request.path()).isEqualTo(asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1", "/v1/"})
    void theBaseUrlOfTheOpenAiDialectIncludesTheVersion(String path) {
        ReceivedRequest request = requestOf(
                "clova:chat?dialect=openai&model=small-1&baseUrl="
                        + routes.service().baseUrl() + path,
                OPENAI);

        assertThat(request.path()).isEqualTo("/v1/chat/completions");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file:///etc/passwd                 | http or https",
                "ftp://localhost                    | http or https",
                "localhost:8080                     | http or https",
                "http:localhost                     | http or https",
                "//localhost                        | http or https",
                "https://                           | baseUrl",
                "https://user:hunter2@localhost     | user information",
                "https://hunter2@localhost          | user information",
                "https://localhost?key=hunter2      | query",
                "https://localhost/?                | query",
                "https://localhost#hunter2          | fragment",
                "https://local host                 | URL",
                "https://example.com:65536          | port",
                "https://localhost:0                | port",
                "http://example.com                 | allowInsecureUrl=true",
                "HTTP://EXAMPLE.COM/v1              | allowInsecureUrl=true",
                "http://localhost.example.com       | allowInsecureUrl=true",
                "http://127.0.0.1.example.com       | allowInsecureUrl=true",
                "http://128.0.0.1                   | allowInsecureUrl=true",
                "http://[::2]                       | allowInsecureUrl=true",
                "http://0.0.0.0                     | allowInsecureUrl=true",
                "http://10.0.0.1                    | allowInsecureUrl=true",
            })
    void aBaseUrlThatWouldLeakOrMisleadIsRefused(String baseUrl, String problem) {
        IllegalArgumentException refusal = routes.refusalOf(ASK_HCX + "apiKey=k&baseUrl=" + encoded(baseUrl));

        assertThat(refusal).hasMessageStartingWith("Option baseUrl: ").hasMessageContaining(problem);
        assertThat(refusal.getMessage()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost",
                "http://LOCALHOST:1",
                "http://127.0.0.1",
                "http://127.1.2.3:9999",
                "http://[::1]",
                "http://[0:0:0:0:0:0:0:1]:80",
                "https://example.com",
                " https://example.com ",
            })
    void thisMachineMayBeAskedInTheClearAndAnyOtherOverTls(String baseUrl) {
        assertThat(routes.start(ASK_HCX + "apiKey=k&baseUrl=" + encoded(baseUrl)))
                .isNotNull();
    }

    @Test
    void anotherMachineMayBeAskedInTheClearWhereTheRouteSaysSo() {
        assertThat(routes.start(ASK_HCX + "apiKey=k&baseUrl=http://example.com&allowInsecureUrl=true"))
                .isNotNull();
    }

    @Test
    void theOpenAiDialectHasNoDefaultService() {
        assertThat(routes.refusalOf("clova:chat?dialect=openai&model=small-1"))
                .hasMessageStartingWith("Option baseUrl: is missing");
    }

    // ---- pathPrefix and task

    @ParameterizedTest
    @ValueSource(strings = {"testapp", "/testapp", "testapp/", "/testapp/"})
    void thePathPrefixStandsBeforeTheVersion(String prefix) {
        ReceivedRequest request = requestOf(V3_MODEL.at(routes.service(), "pathPrefix=" + prefix), V3_MODEL);

        assertThat(request.path()).isEqualTo("/testapp/v3/chat-completions/HCX-005");
    }

    @ParameterizedTest
    @CsvSource({
        "pathPrefix, a/b",
        "pathPrefix, ..",
        "pathPrefix, a?b",
        "taskId,     a/b",
        "taskId,     .",
        "taskId,     a%252Fb",
        "taskId,     a;b",
        "model,      ../v1",
        "model,      모델",
    })
    void whatStandsInThePathIsOneSegment(String option, String segment) {
        String uri = "clova:chat?dialect=clova-v3&apiKey=k&baseUrl=%s&%s%s=%s"
                .formatted(
                        routes.service().baseUrl(),
                        option.equals("pathPrefix") ? "model=HCX-005&" : "",
                        option,
                        segment);

        assertThat(routes.refusalOf(uri))
                .hasMessageStartingWith("Option " + option)
                .hasMessageContaining("letters, digits, . _ - :");
    }

    @ParameterizedTest
    @CsvSource({"taskId=abc", "pathPrefix=testapp", "apigwKey=k"})
    void whatOnlyClovaHasIsRefusedInTheOpenAiDialect(String option) {
        assertThat(routes.refusalOf(OPENAI.at(routes.service(), option)))
                .hasMessage("Option %s: cannot be expressed in dialect openai", option.split("=", -1)[0]);
    }

    @Test
    void theSecondVersionHasTasksOnly() {
        assertThat(routes.refusalOf("clova:chat?dialect=clova-v2&model=HCX-003&apiKey=k"))
                .hasMessageStartingWith("Option taskId: is missing");
    }

    // ---- dialect

    @ParameterizedTest
    @CsvSource({
        "HCX-003,      /v1/chat-completions/HCX-003",
        "HCX-DASH-001, /v1/chat-completions/HCX-DASH-001",
        "HCX-005,      /v3/chat-completions/HCX-005",
        "HCX-DASH-002, /v3/chat-completions/HCX-DASH-002",
        "HCX-007,      /v3/chat-completions/HCX-007",
        "HCX-900,      /v3/chat-completions/HCX-900",
    })
    void theDialectFollowsFromTheModel(String model, String path) {
        ReceivedRequest request = requestOf(
                "clova:chat?model=%s&apiKey=k&baseUrl=%s"
                        .formatted(model, routes.service().baseUrl()),
                path.startsWith("/v1") ? V1_MODEL : V3_MODEL);

        assertThat(request.path()).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"model=gpt-4", "model=hcx-005", "taskId=abc", "model=LK-D2", "allowedHeaderOverrides=model"})
    void whereTheDialectDoesNotFollowItMustBeSaid(String asked) {
        assertThat(routes.refusalOf("clova:chat?apiKey=k&" + asked))
                .hasMessageStartingWith("Option dialect: ")
                .hasMessageContaining("clova-v1, clova-v2, clova-v3, openai");
    }

    @ParameterizedTest
    @EnumSource
    void theDialectHasNoCase(Target target) {
        String uri = target.at(routes.service())
                .replace(
                        "dialect=" + target.dialect(),
                        "dialect=" + target.dialect().toUpperCase(Locale.ROOT));

        assertThat(requestOf(uri, target).path()).isEqualTo(target.path());
    }

    // ---- keys

    @ParameterizedTest
    @ValueSource(strings = {"nv-key", "nv-key%0A", "%20nv-key%0D%0A"})
    void aKeyGoesAsABearerTokenWithoutTheLineEndOfItsFile(String key) {
        ReceivedRequest request = requestOf(
                ASK_HCX + "apiKey=%s&baseUrl=%s".formatted(key, routes.service().baseUrl()), V3_MODEL);

        assertThat(request.header("Authorization")).contains("Bearer nv-key");
        assertThat(request.header("X-NCP-CLOVASTUDIO-API-KEY")).isEmpty();
    }

    @Test
    void aLegacyPairGoesInItsOwnHeaders() {
        ReceivedRequest request = requestOf(V3_TASK.at(routes.service(), "apigwKey=gw-key%0A"), V3_TASK);

        assertThat(request.header("X-NCP-CLOVASTUDIO-API-KEY")).contains(Target.KEY);
        assertThat(request.header("X-NCP-APIGW-API-KEY")).contains("gw-key");
        assertThat(request.header("Authorization")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"apiKey=a%0Ab", "apiKey=열쇠", "apiKey=a%00b", "apiKey=k&apigwKey=a%0Ab", "apiKey=k&apigwKey=%20"})
    void aKeyThatCannotBeOneIsRefusedWithoutBeingShown(String keys) {
        IllegalArgumentException refusal =
                routes.refusalOf(ASK_HCX + keys + "&baseUrl=" + routes.service().baseUrl());

        assertThat(refusal.getMessage())
                .matches("Option (apiKey|apigwKey): is empty or has characters that no key has");
    }

    @Test
    void withoutAKeyClovaStudioIsNotAsked() {
        assertThat(routes.refusalOf("clova:chat?model=HCX-005"))
                .hasMessageStartingWith("Option apiKey: is missing")
                .hasMessageContaining("CLOVASTUDIO_API_KEY");
        assertThat(
                        routes.refusalOf(
                                "clova:chat?dialect=openai&model=HCX-005&baseUrl=https://clovastudio.stream.ntruss.com/v1/openai"))
                .hasMessageStartingWith("Option apiKey: is missing");
        assertThat(routes.refusalOf("clova:chat?model=HCX-005&apigwKey=k"))
                .hasMessageStartingWith("Option apiKey: is missing");
    }

    @Test
    void aServiceThatAsksForNoKeyGetsNone() {
        ReceivedRequest request = requestOf(
                "clova:chat?dialect=openai&model=small-1&baseUrl="
                        + routes.service().openAiBaseUrl(),
                OPENAI);

        assertThat(request.headers())
                .extracting(header -> header.getKey().toLowerCase(Locale.ROOT))
                .doesNotContain("authorization", "x-ncp-clovastudio-api-key", "x-ncp-apigw-api-key");
    }

    // ---- what else a request carries

    @Test
    void moreHeadersMayBeSent() {
        ReceivedRequest request = requestOf(
                V3_MODEL.at(routes.service(), "additionalHeader.X-Gateway=a b", "additionalHeader.x-b=2"), V3_MODEL);

        assertThat(request.header("X-Gateway")).contains("a b");
        assertThat(request.header("X-B")).contains("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization=x",
                "authorization=x",
                "Accept=x",
                "Content-Type=x",
                "Content-Length=0",
                "Host=evil",
                "Transfer-Encoding=chunked",
                "X-NCP-CLOVASTUDIO-REQUEST-ID=x",
                "a%20b=x",
                "a:b=x",
                "X-Gateway=a%0D%0AX-Evil: 1",
                "X-Gateway=값",
            })
    void aHeaderOfItsOwnOrAForgedOneIsRefused(String header) {
        IllegalArgumentException refusal =
                routes.refusalOf(V3_MODEL.at(routes.service(), "additionalHeader." + header));

        assertThat(refusal).hasMessageStartingWith("Option additionalHeader.");
        assertThat(refusal.getMessage()).doesNotContain("X-Evil", "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true          | true",
                "5             | 5",
                "-0.5          | -0.5",
                "null          | null",
                "[1,\"a\"]     | [1,\"a\"]",
                "{\"a\":{\"b\":1}} | {\"a\":{\"b\":1}}",
                "\"quoted\"    | \"quoted\"",
                "plain         | \"plain\"",
                "5 apples      | \"5 apples\"",
                "true or not   | \"true or not\"",
                "{broken       | \"{broken\"",
                "{} {}         | \"{} {}\"",
                "한글          | \"한글\"",
            })
    void aBodyPropertyThatIsJsonIsSentAsThatAndAnyOtherAsText(String value, String sent) {
        ReceivedRequest request =
                requestOf(V3_MODEL.at(routes.service(), "additionalBodyProperty.x=" + encoded(value)), V3_MODEL);

        assertThat(request.json().path("x")).isEqualTo(Target.read(sent));
    }

    @Test
    void anEmptyBodyPropertyIsEmptyText() {
        ReceivedRequest request = requestOf(V3_MODEL.at(routes.service(), "additionalBodyProperty.x="), V3_MODEL);

        assertThat(request.json().path("x").textValue()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "V1_MODEL, messages",
        "V1_MODEL, maxTokens",
        "V1_MODEL, stopBefore",
        "V1_MODEL, includeAiFilters",
        "V1_MODEL, stream",
        "V3_MODEL, repetitionPenalty",
        "V3_MODEL, maxCompletionTokens",
        "V3_MODEL, thinking",
        "OPENAI,   model",
        "OPENAI,   messages",
        "OPENAI,   stream",
        "OPENAI,   max_tokens",
        "OPENAI,   reasoning_effort",
        "OPENAI,   response_format",
    })
    void aBodyPropertyThatTheComponentWritesItselfIsRefused(Target target, String member) {
        assertThat(routes.refusalOf(target.at(routes.service(), "additionalBodyProperty." + member + "=1")))
                .hasMessage(
                        "Option additionalBodyProperty.%s: the component writes this member itself; use its option",
                        member);
    }

    @ParameterizedTest
    @CsvSource({"OPENAI, max_completion_tokens", "OPENAI, includeAiFilters", "V1_MODEL, repetitionPenalty"})
    void aMemberThatTheDialectDoesNotWriteIsFree(Target target, String member) {
        ReceivedRequest request =
                requestOf(target.at(routes.service(), "additionalBodyProperty." + member + "=1"), target);

        assertThat(request.json().path(member).intValue()).isEqualTo(1);
    }

    // ---- Camel

    @Test
    void anUnknownOptionIsRefusedByCamel() {
        assertThat(routes.startFailureOf(V3_MODEL.at(routes.service(), "temprature=0.5")))
                .contains("temprature", "Unknown parameters");
    }

    @Test
    void theCatalogKnowsTheComponentAndChecksItsUris() {
        RuntimeCamelCatalog catalog = PluginHelper.getRuntimeCamelCatalog(routes.context());

        EndpointValidationResult good = catalog.validateProperties(
                "clova", Map.of("operation", "chat", "model", "HCX-005", "temperature", "0.5"));
        EndpointValidationResult bad =
                catalog.validateProperties("clova", Map.of("operation", "chat", "temprature", "0.5", "topK", "many"));

        assertThat(catalog.componentJSonSchema("clova")).contains("io.github.camelclova.ClovaComponent");
        assertThat(good.isSuccess()).isTrue();
        assertThat(bad.getUnknown()).containsExactly("temprature");
        assertThat(bad.getInvalidInteger()).containsKey("topK");
    }

    private static ReceivedRequest requestOf(String uri, Target answeredAs) {
        routes.service().replays(reply(answeredAs.hello()));
        assertThat(routes.ask(uri.contains("apiKey=") || uri.contains("openai") ? uri : uri + "&apiKey=k", "hello")
                        .getException())
                .isNull();
        return routes.service().requests().get(0);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
