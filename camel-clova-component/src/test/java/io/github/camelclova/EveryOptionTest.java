package io.github.camelclova;

import static io.github.camelclova.Target.OPENAI;
import static io.github.camelclova.Target.V1_MODEL;
import static io.github.camelclova.Target.V2_TASK;
import static io.github.camelclova.Target.V3_MODEL;
import static io.github.camelclova.Target.read;
import static io.github.camelclova.Target.reply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.ToolTalk.Call;
import io.github.camelclova.ToolTalk.Mode;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ClovaAiFilterException;
import io.github.camelclova.chat.ClovaLimitException;
import io.github.camelclova.chat.ClovaQuotaException;
import io.github.camelclova.chat.ClovaServerException;
import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.conversation.MemoryConversationStore;
import io.github.camelclova.testing.Ending;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import io.github.camelclova.testing.Transcript;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.jsse.KeyManagersParameters;
import org.apache.camel.support.jsse.KeyStoreParameters;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each option of the metadata does what it says, in a URI and at the component, and refuses what it cannot be. An option
 * without a story fails here, and so does a story without an option.
 */
class EveryOptionTest {

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    private static final String TOOLS = "[{\"name\":\"find_parcel\",\"description\":\"Where a parcel is\"}]";
    private static final String SCHEMA = "{\"type\":\"object\",\"required\":[\"name\"]}";

    private static final Call FIND = new Call("call_1", "findOrder", "{}");

    private static final Map<String, Story> STORIES = stories();

    record Harbour(String name) {}

    private static Map<String, Story> stories() {
        Map<String, Story> stories = new HashMap<>();

        stories.put(
                "operation",
                story("chat", option -> assertThat(option.request(V3_MODEL).path())
                                .isEqualTo(V3_MODEL.path()))
                        .refuses("talk", "'talk' is none of chat"));
        stories.put(
                "dialect",
                story("clova-v1", option -> {
                            ReceivedRequest request = option.request(V3_MODEL, V1_MODEL);
                            assertThat(request.path()).isEqualTo("/v1/chat-completions/HCX-005");
                        })
                        .refuses("clova-v9", "auto, clova-v1, clova-v2, clova-v3, openai"));
        stories.put(
                "baseUrl",
                story(null, option -> {
                            option.value = routes.service().baseUrl() + "/behind/a/gateway/";
                            assertThat(option.request(V3_MODEL).path())
                                    .isEqualTo("/behind/a/gateway" + V3_MODEL.path());
                        })
                        .refuses("ftp://localhost", "http or https"));
        stories.put(
                "pathPrefix",
                story("testapp", option -> assertThat(option.request(V3_MODEL).path())
                                .isEqualTo("/testapp" + V3_MODEL.path()))
                        .refuses("a b", "letters, digits"));
        stories.put(
                "model",
                story("HCX-DASH-002", option -> assertThat(
                                        option.request(V3_MODEL).path())
                                .isEqualTo("/v3/chat-completions/HCX-DASH-002"))
                        .refuses("a/b", "letters, digits"));
        stories.put(
                "taskId",
                story("ab12cd34", option -> assertThat(option.request(V2_TASK).path())
                                .isEqualTo("/v2/tasks/ab12cd34/chat-completions"))
                        .refuses("..", "letters, digits"));
        stories.put(
                "apiKey",
                story("nv-mine", option -> assertThat(option.request(V3_MODEL).header("Authorization"))
                                .contains("Bearer nv-mine"))
                        .refuses("열쇠", "characters that no key has"));
        stories.put(
                "apigwKey",
                story("gw-mine", option -> {
                            ReceivedRequest request = option.request(V3_MODEL);
                            assertThat(request.header("X-NCP-APIGW-API-KEY")).contains("gw-mine");
                            assertThat(request.header("X-NCP-CLOVASTUDIO-API-KEY"))
                                    .contains(Target.KEY);
                            assertThat(request.header("Authorization")).isEmpty();
                        })
                        .refuses("열쇠", "characters that no key has"));
        stories.put(
                "requestIdPrefix",
                story("shop-", option -> assertThat(option.request(V3_MODEL).header("X-NCP-CLOVASTUDIO-REQUEST-ID"))
                                .hasValueSatisfying(id -> assertThat(id).startsWith("shop-")))
                        .refuses("a b", "1 to 27 letters"));
        stories.put(
                "additionalHeader",
                story(Map.of("X-Shop", "7"), option -> assertThat(
                                        option.request(V3_MODEL).header("X-Shop"))
                                .contains("7"))
                        .refuses(Map.of("Authorization", "mine"), "not a header that may be added"));
        stories.put(
                "additionalBodyProperty",
                story(Map.of("trace", "true"), option -> assertThat(
                                        option.request(V3_MODEL).json().path("trace"))
                                .isEqualTo(read("true")))
                        .refuses(Map.of("messages", "[]"), "writes this member itself"));
        stories.put(
                "systemMessage",
                sends(V3_MODEL, "Be brief.", "/messages/0/content", "\"Be brief.\"")
                        .refuses("resource:classpath:none.txt", "cannot read classpath:none.txt"));
        stories.put("conversationId", story("of-one-option", option -> assertThat(option.secondRequest())
                .containsExactly("user", "assistant", "user")));
        MemoryConversationStore store = new MemoryConversationStore();
        stories.put(
                "conversationStore",
                story(store, option -> {
                            option.request(V3_MODEL);
                            assertThat(store.load("in-a-bean").messages()).hasSizeGreaterThanOrEqualTo(2);
                        })
                        .beside("conversationId", "in-a-bean"));
        stories.put(
                "maxHistoryMessages",
                story("2", option -> assertThat(option.thirdRequest()).containsExactly("user", "assistant", "user"))
                        .beside("conversationId", "of-few-messages")
                        .refuses("1", "1 is less than 2"));
        stories.put(
                "maxHistoryTokens",
                story("40", option -> assertThat(option.thirdRequest()).containsExactly("user"))
                        .beside("conversationId", "of-few-tokens")
                        .refuses("0", "0 is less than 1"));
        stories.put("query", story("where", option -> {
            option.operation = "rerank";
            option.body = List.of("document");
            option.ask(V3_MODEL, reply(V3_MODEL.hello()));
            assertThat(routes.service().requests().get(0).json().path("query")).isEqualTo(read("\"where\""));
        }));
        stories.put(
                "imagePrompt",
                story("What is this?", option -> {
                            option.body = Images.png(9, 9);
                            assertThat(option.request(V3_MODEL).json().at("/messages/0/content/0/text"))
                                    .isEqualTo(read("\"What is this?\""));
                        })
                        .refuses("resource:classpath:none.txt", "cannot read classpath:none.txt"));
        stories.put(
                "bodyFormat",
                story("messages", option -> {
                            option.body = "[{\"role\":\"assistant\",\"content\":\"hi\"}]";
                            assertThat(option.request(V3_MODEL)
                                            .json()
                                            .at("/messages/0/role")
                                            .textValue())
                                    .isEqualTo("assistant");
                        })
                        .refuses("xml", "auto, text, messages"));
        stories.put(
                "allowSystemInBody",
                story("true", option -> {
                            option.body = List.of(ChatMessage.system("obey"), ChatMessage.user("hello"));
                            assertThat(option.request(V3_MODEL)
                                            .json()
                                            .at("/messages/0/role")
                                            .textValue())
                                    .isEqualTo("system");
                        })
                        .refusedByCamel("maybe"));

        stories.put(
                "temperature",
                sends(V3_MODEL, "0.25", "/temperature", "0.25")
                        .refuses("1.5", "1.5 is out of range", "0 <= value <= 1"));
        stories.put(
                "topP",
                sends(V3_MODEL, "0.25", "/topP", "0.25").refuses("1.5", "1.5 is out of range", "0 < value <= 1"));
        stories.put(
                "topK",
                sends(V3_MODEL, "12", "/topK", "12").refuses("129", "129 is out of range", "0 <= value <= 128"));
        stories.put(
                "maxTokens",
                sends(V3_MODEL, "12", "/maxTokens", "12")
                        .refuses("4097", "4097 is out of range", "1 <= value <= 4096"));
        stories.put(
                "repeatPenalty",
                sends(V3_MODEL, "1.5", "/repetitionPenalty", "1.5")
                        .refuses("2.5", "2.5 is out of range", "0 < value <= 2"));
        stories.put("stop", sends(V3_MODEL, "END,끝", "/stop", "[\"END\",\"끝\"]").refuses("END,", "empty entry"));
        stories.put(
                "seed",
                sends(V3_MODEL, "4294967295", "/seed", "4294967295")
                        .refuses("4294967296", "4294967296 is out of range", "0 <= value <= 4294967295"));
        stories.put(
                "frequencyPenalty",
                sends(OPENAI, "-0.5", "/frequency_penalty", "-0.5")
                        .refuses("2.5", "2.5 is out of range", "-2 <= value <= 2"));
        stories.put(
                "presencePenalty",
                sends(OPENAI, "-0.5", "/presence_penalty", "-0.5")
                        .refuses("2.5", "2.5 is out of range", "-2 <= value <= 2"));
        stories.put("n", sends(OPENAI, "2", "/n", "2").refuses("0", "0 is out of range", "1 <= value"));
        stories.put("logprobs", sends(OPENAI, "true", "/logprobs", "true").refusedByCamel("maybe"));
        stories.put(
                "topLogprobs",
                sends(OPENAI, "3", "/top_logprobs", "3")
                        .beside("logprobs", true)
                        .refuses("21", "21 is out of range", "0 <= value <= 20"));
        stories.put("user", sends(OPENAI, "clerk-7", "/user", "\"clerk-7\""));
        stories.put(
                "responseFormat",
                sends(OPENAI, "json_object", "/response_format/type", "\"json_object\"")
                        .refuses("xml", "xml is out of range", "json_object, text"));
        stories.put(
                "thinkingEffort",
                sends(OPENAI, "minimal", "/reasoning_effort", "\"minimal\"")
                        .refuses("huge", "huge is out of range", "high, low, medium, minimal, none"));

        stories.put(
                "includeAiFilters",
                sends(V3_MODEL, "true", "/includeAiFilters", "true").refusedByCamel("maybe"));
        stories.put(
                "aiFilterPolicy",
                story("moderate", option -> {
                            Exchange answer = option.ask(V3_MODEL, filtered("0"));
                            assertThat(answer.getMessage().getHeader(ClovaConstants.AI_FILTER_FLAGGED))
                                    .isEqualTo(true);
                        })
                        .refuses("lax", "off, moderate, strict"));
        stories.put(
                "aiFilterThreshold",
                story(Map.of("insult", "1"), option -> {
                            Exchange answer = option.ask(V3_MODEL, filtered("1"));
                            assertThat(answer.getMessage().getHeader(ClovaConstants.AI_FILTER_REASONS))
                                    .isEqualTo(List.of("insult"));
                        })
                        .refuses(Map.of("insult", "2"), "'2' is none of -1, 0, 1"));
        stories.put(
                "aiFilterAction",
                story("exception", option -> {
                            Exchange answer = option.ask(V3_MODEL, filtered("0"));
                            assertThat(answer.getException()).isInstanceOf(ClovaAiFilterException.class);
                        })
                        .beside("aiFilterPolicy", "moderate")
                        .refuses("drop", "header, exception, replace"));
        stories.put(
                "aiFilterReplacement",
                story("withheld", option -> {
                            Exchange answer = option.ask(V3_MODEL, filtered("0"));
                            assertThat(answer.getMessage().getBody()).isEqualTo("withheld");
                        })
                        .beside("aiFilterPolicy", "moderate")
                        .beside("aiFilterAction", "replace"));
        stories.put(
                "aiFilterUnjudged",
                story("pass", option -> {
                            Exchange answer = option.ask(V3_MODEL, filtered("-1"));
                            assertThat(answer.getMessage().getHeader(ClovaConstants.AI_FILTER_FLAGGED))
                                    .isEqualTo(false);
                        })
                        .beside("aiFilterPolicy", "moderate")
                        .refuses("ignore", "flag, fail, pass"));
        stories.put(
                "aiFilterPartial",
                story("pass", option -> {
                            Exchange answer = option.ask(V3_MODEL, longAnswer());
                            assertThat(answer.getMessage().getHeader(ClovaConstants.AI_FILTER_COVERAGE))
                                    .isEqualTo("partial");
                            assertThat(answer.getMessage().getHeader(ClovaConstants.AI_FILTER_FLAGGED))
                                    .isEqualTo(false);
                        })
                        .beside("aiFilterPolicy", "strict")
                        .refuses("fail", "flag, pass"));

        stories.put(
                "connectTimeout",
                story("60", option -> {
                            // It takes connections and never says a word of TLS.
                            try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                                option.beside.put("baseUrl", "https://localhost:" + silent.getLocalPort());
                                assertTimeout(option.ask(V3_MODEL, null), "connectTimeout");
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        })
                        .refuses("0", "0 ms is not at least 1 ms"));
        stories.put(
                "responseTimeout",
                story("60", option -> assertTimeout(option.ask(V3_MODEL, Reply.nothing()), "responseTimeout"))
                        .refuses("0", "0 ms is not at least 1 ms"));
        stories.put(
                "idleTimeout",
                story(
                                "60",
                                option -> assertTimeout(
                                        option.ask(
                                                V3_MODEL,
                                                reply(V3_MODEL.hello())
                                                        .truncatedAt(9)
                                                        .ending(Ending.STALL)),
                                        "idleTimeout"))
                        .refuses("-1", "-1 ms is not at least 1 ms"));
        stories.put(
                "requestTimeout",
                story("60", option -> assertTimeout(option.ask(V3_MODEL, Reply.nothing()), "requestTimeout"))
                        .refuses("0", "0 ms is not at least 1 ms"));
        stories.put(
                "maxRetries",
                story("1", option -> {
                            routes.service()
                                    .replays(reply(V3_MODEL.refusal("50000", "no"))
                                            .status(500));
                            Exchange answer = option.ask(V3_MODEL, reply(V3_MODEL.hello()));
                            assertThat(answer.getMessage().getHeader(ClovaConstants.ATTEMPTS))
                                    .isEqualTo(2);
                        })
                        .beside("retryDelay", "1")
                        .refuses("-1", "-1 is less than 0"));
        stories.put(
                "retryDelay",
                story("1h", option -> {
                            // A pause that is longer than the request may take is not begun.
                            Exchange failed = option.ask(
                                    V3_MODEL,
                                    reply(V3_MODEL.refusal("50000", "no")).status(500));
                            assertThat(failed.getException()).isInstanceOf(ClovaServerException.class);
                            assertThat(routes.service().requests()).hasSize(1);
                        })
                        .beside("maxRetries", 2)
                        .refuses("0", "0 ms is not at least 1 ms"));
        stories.put(
                "requestsPerMinute",
                story("1", option -> {
                            option.ask(V3_MODEL, reply(V3_MODEL.hello()));
                            assertQuota(option.ask(V3_MODEL, reply(V3_MODEL.hello())), "requestsPerMinute", 1);
                        })
                        .beside("quotaTimeout", "60")
                        .refuses("0", "0 is less than 1"));
        stories.put(
                "tokensPerMinute",
                story("10", option -> {
                            option.ask(V3_MODEL, reply(V3_MODEL.hello()));
                            assertQuota(option.ask(V3_MODEL, reply(V3_MODEL.hello())), "tokensPerMinute", 10);
                        })
                        .beside("quotaTimeout", "60")
                        .refuses("0", "0 is less than 1"));
        stories.put(
                "maxConcurrentRequests",
                story("1", option -> {
                            option.beside.put("responseTimeout", "10000");
                            routes.service().replays(Reply.nothing());
                            CompletableFuture<Exchange> running =
                                    CompletableFuture.supplyAsync(() -> option.ask(V3_MODEL, null));
                            routes.service().awaitRequest(0, Duration.ofSeconds(10));
                            assertQuota(option.ask(V3_MODEL, null), "maxConcurrentRequests", 1);
                            routes.service().reset();
                            running.join();
                        })
                        .beside("quotaTimeout", "60")
                        .refuses("0", "0 is less than 1"));
        stories.put(
                "quotaTimeout",
                story("60", option -> {
                            option.ask(V3_MODEL, reply(V3_MODEL.hello()));
                            Exchange failed = option.ask(V3_MODEL, reply(V3_MODEL.hello()));
                            assertThat(failed.getException())
                                    .hasMessageStartingWith("quotaTimeout of 60 ms is over: requestsPerMinute is 1,");
                        })
                        .beside("requestsPerMinute", "1")
                        .refuses("0", "0 ms is not at least 1 ms"));
        stories.put(
                "maxResponseSize",
                story("10", option -> {
                            ClovaLimitException failure =
                                    (ClovaLimitException) option.ask(V3_MODEL, reply(V3_MODEL.hello()))
                                            .getException();
                            assertThat(failure.getOption()).isEqualTo("maxResponseSize");
                            assertThat(failure.getLimit()).isEqualTo(10);
                        })
                        .refuses("0", "0 is less than 1"));
        stories.put(
                "sslContextParameters",
                story(new CountingTls(), option -> {
                            option.start(V3_MODEL);
                            assertThat(((CountingTls) option.value).used).hasPositiveValue();
                        })
                        .refuses(brokenTls(), "none.p12"));
        stories.put(
                "useGlobalSslContextParameters",
                story("true", option -> {
                            CountingTls global = new CountingTls();
                            routes.context().setSSLContextParameters(global);
                            option.start(V3_MODEL);
                            routes.context().setSSLContextParameters(null);
                            assertThat(global.used).hasPositiveValue();
                        })
                        .refusedByCamel("maybe"));
        stories.put(
                "healthCheckProducerEnabled",
                story("false", option -> {
                            option.start(V3_MODEL);
                            HealthCheckRepository checks = HealthCheckHelper.getHealthCheckRepository(
                                    routes.context(), "producers", HealthCheckRepository.class);
                            checks.setEnabled(true);
                            assertThat(checks.stream()).anyMatch(check -> !check.isEnabled());
                        })
                        .refusedByCamel("maybe"));
        stories.put(
                "priceInputPer1k",
                story("0.5", option -> assertThat(option.cost()).isEqualTo(0.0185))
                        .refuses("-1", "-1.0 is out of range: 0 <= value"));
        stories.put(
                "priceOutputPer1k",
                story("0.5", option -> assertThat(option.cost()).isEqualTo(0.0045))
                        .refuses("NaN", "NaN is out of range: 0 <= value"));
        stories.put(
                "allowInsecureUrl",
                story("true", option -> {
                            option.beside.put("baseUrl", "http://service.invalid");
                            option.start(V3_MODEL);
                        })
                        .refusedByCamel("maybe"));
        stories.put(
                "allowedHeaderOverrides",
                story("model", option -> {
                            option.headers.put(ClovaConstants.MODEL, "HCX-DASH-002");
                            assertThat(option.request(V3_MODEL).path()).endsWith("/HCX-DASH-002");
                        })
                        .refuses("everything", "generation, model, messages and conversation", "none or all"));
        stories.put(
                "maxTokensLimit",
                sends(V3_MODEL, "128", "/maxTokens", "128").refuses("0", "0 is out of range", "1 <= value <= 4096"));
        stories.put(
                "streaming",
                story("true", option -> assertThat(option.ask(V3_MODEL, stream("hello-in-three-tokens"))
                                        .getMessage()
                                        .getBody())
                                .isInstanceOf(Iterator.class))
                        .refusedByCamel("maybe"));
        stories.put(
                "streamTo",
                story("direct:heard", option -> assertThat(option.hear(V3_MODEL, stream("hello-in-three-tokens")))
                                .hasSize(4))
                        .refuses("nowhere:at-all", "nowhere"));
        stories.put(
                "tokenUnit",
                story("sentence", option -> assertThat(option.hear(V3_MODEL, stream("hello-in-three-tokens")))
                                .hasSize(2))
                        .beside("streamTo", "direct:heard")
                        .refuses("letter", "token, word, sentence, line"));
        stories.put(
                "emitThinking",
                story("true", option -> assertThat(option.hear(V3_MODEL, stream("thinking")))
                                .extracting(ClovaConstants.EVENT_TYPE)
                                .contains("thinking"))
                        .beside("streamTo", "direct:heard")
                        .refusedByCamel("maybe"));
        stories.put(
                "tokenFailurePolicy",
                story("continue", option -> {
                            option.deaf = true;
                            assertThat(option.hear(V3_MODEL, stream("hello-in-three-tokens")))
                                    .hasSize(4);
                        })
                        .beside("streamTo", "direct:heard")
                        .refuses("retry", "stop, continue"));
        stories.put(
                "streamUsage",
                story("false", option -> {
                            option.hear(OPENAI, Reply.events(Transcript.load("transcripts/openai/hello.crlf.sse")));
                            assertThat(routes.service().requests().get(0).json().has("stream_options"))
                                    .isFalse();
                        })
                        .beside("streamTo", "direct:heard")
                        .refuses("true", "cannot be expressed in dialect clova-v3"));
        stories.put(
                "maxEventSize",
                story("10", option -> {
                            Exchange failed = option.ask(V3_MODEL, stream("hello-in-three-tokens"));
                            ClovaLimitException failure = (ClovaLimitException) failed.getException();
                            assertThat(failure.getOption()).isEqualTo("maxEventSize");
                            assertThat(failure.getLimit()).isEqualTo(10);
                        })
                        .beside("streaming", "true")
                        .refuses("0", "0 is less than 1"));
        stories.put(
                "aiFilterRelease",
                story("hold", option -> {
                            Reply flagged = Reply.events(Transcript.load("transcripts/clova-v1/filtered.sse"));
                            assertThat(option.hear(V1_MODEL, flagged))
                                    .extracting(ClovaConstants.EVENT_TYPE)
                                    .containsExactly("result");
                        })
                        .beside("streamTo", "direct:heard")
                        .beside("aiFilterPolicy", "strict")
                        .refuses("never", "after, hold"));
        stories.put(
                "tools",
                sends(V3_MODEL, TOOLS, "/tools/0/function/name", "\"find_parcel\"")
                        .refuses("[{\"name\":\"a.b\"}]", "entry 0 needs a name"));
        stories.put(
                "toolChoice",
                sends(
                                V3_MODEL,
                                "find_parcel",
                                "/toolChoice",
                                "{\"type\":\"function\",\"function\":{\"name\":\"find_parcel\"}}")
                        .beside("tools", TOOLS)
                        .clashes("required", "none, auto nor the name of a tool"));
        stories.put(
                "jsonSchema",
                story(SCHEMA, option -> {
                            Exchange answer = option.ask(V3_MODEL, saying("{\"name\":\"부산\"}"));
                            assertThat(answer.getMessage().getBody()).isEqualTo("{\"name\":\"부산\"}");
                            assertThat(routes.service().requests().get(0).json().at("/responseFormat/schema"))
                                    .isEqualTo(read(SCHEMA));
                        })
                        .beside("model", "HCX-007")
                        .refuses("[]", "no JSON Schema of an object"));
        stories.put(
                "outputClass",
                story(Harbour.class.getName(), option -> assertThat(option.ask(V3_MODEL, saying("{\"name\":\"부산\"}"))
                                        .getMessage()
                                        .getBody())
                                .isEqualTo(new Harbour("부산")))
                        .beside("model", "HCX-007")
                        .refuses("no.such.Harbour", "there is no class no.such.Harbour"));
        stories.put(
                "structuredRetries",
                story("1", option -> {
                            routes.service().replays(saying("부산"));
                            Exchange answer = option.ask(V3_MODEL, saying("{\"name\":\"부산\"}"));
                            assertThat(answer.getMessage().getBody()).isEqualTo("{\"name\":\"부산\"}");
                            assertThat(routes.service().requests()).hasSize(2);
                        })
                        .beside("model", "HCX-007")
                        .beside("jsonSchema", SCHEMA)
                        .refuses("-1", "-1 is less than 0"));
        stories.put(
                "toolRoutes",
                story("findOrder", option -> {
                            option.tool("description=Finds");
                            assertThat(option.called(ToolTalk.CLOVA_V3)
                                            .at("/messages/2/content")
                                            .textValue())
                                    .isEqualTo("found");
                        })
                        .refuses("a.b", "1 to 64 letters"));
        stories.put(
                "maxToolRounds",
                story("1", option -> {
                            option.tool("description=Finds");
                            assertThat(option.called(ToolTalk.CLOVA_V3)
                                            .path("toolChoice")
                                            .textValue())
                                    .isEqualTo("none");
                        })
                        .beside("toolRoutes", "findOrder")
                        .refuses("0", "0 is less than 1"));
        stories.put(
                "toolErrorPolicy",
                story("fail", option -> {
                            option.deaf = true;
                            option.tool("description=Finds");
                            assertThat(option.ask(V3_MODEL, ToolTalk.CLOVA_V3.calls(Mode.WHOLE, FIND))
                                            .getException())
                                    .hasMessage("nobody listens");
                        })
                        .beside("toolRoutes", "findOrder")
                        .refuses("ignore", "report, fail"));
        stories.put("toolName", story("findOrder", option -> assertThat(
                        option.definition("description=Finds", "").path("name").textValue())
                .isEqualTo("findOrder")));
        stories.put("description", story("Finds an order", option -> assertThat(
                        option.definition("description=" + option.value, "")
                                .path("description")
                                .textValue())
                .isEqualTo("Finds an order")));
        stories.put("parameter", story(Map.of("number", "integer"), option -> assertThat(
                        option.definition("description=Finds", "&parameter.number=integer")
                                .at("/parameters/properties/number/type")
                                .textValue())
                .isEqualTo("integer")));
        stories.put("parameters", story(SCHEMA, option -> assertThat(
                        option.definition("description=Finds", "&parameters=" + option.value)
                                .path("parameters"))
                .isEqualTo(read(SCHEMA))));
        return stories;
    }

    // ---- each option is a test

    @Test
    void everyOptionHasAStoryAndEveryStoryAnOption() {
        TreeSet<String> options = new TreeSet<>(Metadata.endpointOptions());
        options.addAll(Metadata.componentOptions());

        assertThat(new TreeMap<>(STORIES).keySet()).isEqualTo(options);
    }

    static Stream<String> endpointOptions() {
        return Metadata.endpointOptions().stream();
    }

    static Stream<String> componentOptions() {
        return Metadata.componentOptions().stream();
    }

    @ParameterizedTest
    @MethodSource("endpointOptions")
    void inAUriTheOptionDoesWhatItSays(String option) {
        Story story = STORIES.get(option);

        story.effect().accept(new InUri(option, story.value(), story.beside()));
    }

    @ParameterizedTest
    @MethodSource("componentOptions")
    void atTheComponentTheOptionDoesWhatItSays(String option) {
        Story story = STORIES.get(option);

        story.effect().accept(new AtComponent(option, story.value(), story.beside()));
    }

    static Stream<String> refusingEndpointOptions() {
        return endpointOptions().filter(option -> STORIES.get(option).refusal() != null);
    }

    static Stream<String> refusingComponentOptions() {
        return componentOptions().filter(option -> STORIES.get(option).refusal() != null);
    }

    @ParameterizedTest
    @MethodSource("refusingEndpointOptions")
    void inAUriABadValueKeepsTheRouteFromStarting(String option) {
        Story story = STORIES.get(option);

        story.refusal().accept(new InUri(option, story.bad(), story.beside()));
    }

    @ParameterizedTest
    @MethodSource("refusingComponentOptions")
    void atTheComponentABadValueKeepsTheRouteFromStarting(String option) {
        Story story = STORIES.get(option);

        story.refusal().accept(new AtComponent(option, story.bad(), story.beside()));
    }

    // ---- what stories are made of

    /** @param beside options that this one needs or is shown with */
    record Story(
            Object value, Map<String, Object> beside, Consumer<Placed> effect, Object bad, Consumer<Placed> refusal) {

        Story beside(String option, Object besideValue) {
            Map<String, Object> more = new HashMap<>(beside);
            more.put(option, besideValue);
            return new Story(value, more, effect, bad, refusal);
        }

        /** Names itself, the problem and what is legal. */
        Story refuses(Object badValue, String... words) {
            return new Story(value, beside, effect, badValue, option -> {
                String problem = option.refusal();
                assertThat(problem).startsWith("Option " + option.name).contains(words);
            });
        }

        /** Names itself, its value and the problem: whether it is good depends on other options. */
        Story clashes(Object badValue, String... words) {
            return new Story(value, beside, effect, badValue, option -> {
                String problem = option.refusal();
                assertThat(problem)
                        .startsWith("Options: %s=%s".formatted(option.name, badValue))
                        .contains(words);
            });
        }

        /** Camel turns text into flags itself. */
        Story refusedByCamel(Object badValue) {
            return new Story(value, beside, effect, badValue, option -> assertThat(option.startFailure())
                    .contains(option.name, String.valueOf(badValue)));
        }
    }

    private static Story story(Object value, Consumer<Placed> effect) {
        return new Story(value, Map.of(), effect, null, null);
    }

    /** The value stands in the request. */
    private static Story sends(Target target, Object value, String pointer, String json) {
        return story(value, option -> assertThat(option.request(target).json().at(pointer))
                .isEqualTo(read(json)));
    }

    /** An option with a value, somewhere. */
    abstract static class Placed {

        final String name;
        final Map<String, Object> beside;
        final Map<String, Object> headers = new HashMap<>();
        Object value;
        Object body = "hello";
        String operation = "chat";
        boolean deaf;

        Placed(String name, Object value, Map<String, Object> beside) {
            this.name = name;
            this.value = value;
            this.beside = new HashMap<>(beside);
        }

        abstract String uri(Target target);

        void start(Target target) {
            routes.start(uri(target));
        }

        /** What an answer of 37 and 9 tokens costs. */
        Object cost() {
            Message answer = ask(V3_MODEL, reply(V3_MODEL.hello())).getMessage();
            return answer.getHeader(ClovaConstants.ESTIMATED_COST);
        }

        String refusal() {
            return routes.refusalOf(uri(REFUSED_BY.getOrDefault(name, V3_MODEL)))
                    .getMessage();
        }

        String startFailure() {
            try {
                return routes.startFailureOf(uri(REFUSED_BY.getOrDefault(name, V3_MODEL)));
            } catch (RuntimeException atOnce) {
                return atOnce.toString();
            }
        }

        Exchange ask(Target target, Reply reply) {
            if (reply != null) {
                routes.service().replays(reply);
            }
            return routes.ask(uri(target), body, headers);
        }

        /** The headers of what a pushed stream sends to {@code direct:heard}. */
        List<Map<String, Object>> hear(Target target, Reply reply) {
            List<Map<String, Object>> heard = new CopyOnWriteArrayList<>();
            routes.add(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    from("direct:heard").process(exchange -> {
                        heard.add(Map.copyOf(exchange.getMessage().getHeaders()));
                        if (deaf) {
                            throw new IllegalStateException("nobody listens");
                        }
                    });
                }
            });
            assertThat(ask(target, reply).getException()).isNull();
            return heard;
        }

        /** Starts a route that is the tool findOrder. */
        void tool(String options) {
            routes.add(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    from("clova:tool/findOrder?" + options).process(exchange -> {
                        exchange.getMessage().setBody("found");
                        if (deaf) {
                            throw new IllegalStateException("nobody listens");
                        }
                    });
                }
            });
        }

        /** The second request, after the model has called the tool in the first. */
        JsonNode called(ToolTalk talk) {
            routes.service().replays(talk.calls(Mode.WHOLE, FIND));
            assertThat(ask(talk.target, talk.says(Mode.WHOLE, "There.")).getException())
                    .isNull();
            return routes.service().requests().get(1).json();
        }

        /** What a service is told of a tool that is declared so. */
        JsonNode definition(String description, String more) {
            tool(description + more);
            String uri = V3_MODEL.at(routes.service(), "toolRoutes=findOrder");
            routes.service().replays(reply(V3_MODEL.hello()));
            assertThat(routes.ask(uri, body).getException()).isNull();
            return routes.service().requests().get(0).json().at("/tools/0/function");
        }

        ReceivedRequest request(Target target) {
            return request(target, target);
        }

        /** The roles of the messages in the second of two requests, or in the third of three. */
        List<String> secondRequest() {
            return lastOf(2);
        }

        List<String> thirdRequest() {
            return lastOf(3);
        }

        private List<String> lastOf(int requests) {
            routes.service().replaysAlways(reply(V3_MODEL.hello()));
            String from = routes.start(uri(V3_MODEL));
            for (int i = 0; i < requests; i++) {
                assertThat(routes.send(from, body, headers).getException()).isNull();
            }
            return routes.service()
                    .requests()
                    .get(requests - 1)
                    .json()
                    .path("messages")
                    .findValuesAsText("role");
        }

        ReceivedRequest request(Target target, Target answeredAs) {
            assertThat(ask(target, reply(answeredAs.hello())).getException()).isNull();
            return routes.service().requests().get(0);
        }

        String uri(String scheme, String asked, Target target, Map<String, Object> own) {
            Map<String, Object> parameters = target.parameters(routes.service());
            parameters.remove(name);
            if (!operation.equals("chat")) {
                parameters.remove("model");
            }
            parameters.putAll(beside);
            parameters.putAll(own);
            List<String> query = new ArrayList<>();
            parameters.forEach((option, setting) -> query.add(option + "=" + setting));
            return "%s:%s?%s".formatted(scheme, asked, String.join("&", query));
        }
    }

    /** Who refuses a bad value, where V3 refuses any. */
    private static final Map<String, Target> REFUSED_BY = Map.of(
            "frequencyPenalty", OPENAI,
            "presencePenalty", OPENAI,
            "n", OPENAI,
            "logprobs", OPENAI,
            "topLogprobs", OPENAI,
            "responseFormat", OPENAI,
            "thinkingEffort", OPENAI);

    static final class InUri extends Placed {

        InUri(String name, Object value, Map<String, Object> beside) {
            super(name, value, beside);
        }

        @Override
        String uri(Target target) {
            if (name.equals("operation")) {
                return uri("clova", value.toString(), target, Map.of());
            }
            Map<String, Object> own = new HashMap<>();
            if (value instanceof Map<?, ?> entries) {
                entries.forEach((key, entry) -> own.put(name + "." + key, entry));
            } else if (value instanceof String text) {
                own.put(name, text);
            } else {
                routes.context().getRegistry().bind("value", value);
                own.put(name, "#value");
            }
            return uri("clova", operation, target, own);
        }
    }

    static final class AtComponent extends Placed {

        private static final AtomicInteger COUNT = new AtomicInteger();

        AtComponent(String name, Object value, Map<String, Object> beside) {
            super(name, value, beside);
        }

        @Override
        String uri(Target target) {
            CamelContext context = routes.context();
            String scheme = "clova" + COUNT.incrementAndGet();
            ClovaComponent component = new ClovaComponent();
            context.addComponent(scheme, component);
            PropertyBindingSupport.build()
                    .withCamelContext(context)
                    .withTarget(component)
                    .withConfigurer(component.getComponentPropertyConfigurer())
                    .withMandatory(true)
                    .withProperty(name, value)
                    .bind();
            return uri(scheme, operation, target, Map.of());
        }
    }

    private static Reply saying(String text) {
        ObjectNode answer = V3_MODEL.hello();
        V3_MODEL.message(answer).put("content", text);
        return reply(answer);
    }

    private static Reply stream(String transcript) {
        return Reply.events(Transcript.load("transcripts/clova-v3/%s.sse".formatted(transcript)));
    }

    private static Reply filtered(String insult) {
        ObjectNode answer = V3_MODEL.transcript("filtered");
        ((ObjectNode) answer.at("/result/aiFilter/0")).put("score", insult);
        return reply(answer);
    }

    private static Reply longAnswer() {
        ObjectNode answer = V3_MODEL.transcript("filtered");
        ((ObjectNode) answer.at("/result/aiFilter/0")).put("score", "2");
        V3_MODEL.message(answer).put("content", "a".repeat(501));
        return reply(answer);
    }

    private static void assertTimeout(Exchange failed, String option) {
        assertThat(failed.getException()).isInstanceOf(ClovaTimeoutException.class);
        assertThat(((ClovaTimeoutException) failed.getException()).getOption()).isEqualTo(option);
        assertThat(((ClovaTimeoutException) failed.getException()).getLimit()).isEqualTo(Duration.ofMillis(60));
    }

    private static void assertQuota(Exchange failed, String option, int limit) {
        assertThat(failed.getException()).isInstanceOf(ClovaQuotaException.class);
        assertThat(((ClovaQuotaException) failed.getException()).getOption()).isEqualTo(option);
        assertThat(((ClovaQuotaException) failed.getException()).getLimit()).isEqualTo(limit);
    }

    private static SSLContextParameters brokenTls() {
        KeyStoreParameters none = new KeyStoreParameters();
        none.setResource("none.p12");
        KeyManagersParameters keys = new KeyManagersParameters();
        keys.setKeyStore(none);
        SSLContextParameters parameters = new SSLContextParameters();
        parameters.setKeyManagers(keys);
        return parameters;
    }

    /** Knows how often a TLS context was made of it. */
    static final class CountingTls extends SSLContextParameters {

        final AtomicInteger used = new AtomicInteger();

        @Override
        public SSLContext createSSLContext(CamelContext context) throws GeneralSecurityException, IOException {
            used.incrementAndGet();
            return super.createSSLContext(context);
        }
    }
}
