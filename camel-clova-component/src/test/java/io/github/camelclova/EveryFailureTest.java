package io.github.camelclova;

import static io.github.camelclova.Target.V3_MODEL;
import static io.github.camelclova.Target.reply;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.ClovaAiFilterException;
import io.github.camelclova.chat.ClovaAuthenticationException;
import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaConnectionException;
import io.github.camelclova.chat.ClovaContextLengthException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaLimitException;
import io.github.camelclova.chat.ClovaQuotaException;
import io.github.camelclova.chat.ClovaRateLimitException;
import io.github.camelclova.chat.ClovaRefusedException;
import io.github.camelclova.chat.ClovaSchemaException;
import io.github.camelclova.chat.ClovaServerException;
import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.chat.ClovaTruncatedException;
import io.github.camelclova.chat.ClovaUnreadableException;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.Ending;
import io.github.camelclova.testing.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each kind of failure comes to a route with what the route needs to know, and with nothing that must not be in a log. A
 * kind without a story fails here.
 */
class EveryFailureTest {

    private static final String PROMPT = "my secret question";
    private static final String ANSWER = "주문은";
    private static final String WORDS = "because\r\nof \"this\" " + "w".repeat(300);

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    /** @param message what is in it beside request id, status and code */
    record Story(
            Reply reply,
            int status,
            String code,
            boolean retryable,
            Duration retryAfter,
            String message,
            List<String> options) {}

    private static Story story(
            Reply reply, int status, String code, boolean retryable, String message, String... options) {
        return new Story(reply, status, code, retryable, null, message, List.of(options));
    }

    private static Reply refusal(int status, String code) {
        return reply(V3_MODEL.refusal(code, WORDS)).status(status);
    }

    private static final Map<Class<?>, Story> STORIES = Map.ofEntries(
            entry(
                    ClovaRefusedException.class,
                    story(refusal(400, "40001"), 400, "40001", false, "refused the request: because\\u000d\\u000aof")),
            entry(
                    ClovaAuthenticationException.class,
                    story(refusal(401, "40104"), 401, "40104", false, "does not accept the key: because")),
            entry(
                    ClovaRateLimitException.class,
                    new Story(
                            refusal(429, "42901").header("Retry-After", "7"),
                            429,
                            "42901",
                            true,
                            Duration.ofSeconds(7),
                            "asked for too much: because",
                            List.of())),
            entry(
                    ClovaContextLengthException.class,
                    story(refusal(400, "40003"), 400, "40003", false, "does not fit into the model: because")),
            entry(
                    ClovaServerException.class,
                    new Story(
                            refusal(500, "50000").header("Retry-After-Ms", "1500"),
                            500,
                            "50000",
                            true,
                            Duration.ofMillis(1500),
                            "the service failed: because",
                            List.of())),
            entry(
                    ClovaConnectionException.class,
                    story(Reply.nothing().ending(Ending.RESET), 0, null, true, "no response from localhost")),
            entry(
                    ClovaTimeoutException.class,
                    story(Reply.nothing(), 0, null, false, "responseTimeout of 60 ms is over", "responseTimeout=60")),
            entry(
                    ClovaUnreadableException.class,
                    story(
                            Reply.text(200, "text/html", "<p>" + WORDS),
                            200,
                            null,
                            false,
                            "content type text/html: <p>because\\u000d\\u000aof")),
            entry(
                    ClovaTruncatedException.class,
                    story(
                            reply(V3_MODEL.hello()).truncatedAt(90).ending(Ending.CLOSE),
                            200,
                            null,
                            false,
                            "the answer broke off")),
            entry(
                    ClovaLimitException.class,
                    story(reply(V3_MODEL.hello()), 200, null, false, "maxResponseSize is 100", "maxResponseSize=100")),
            entry(
                    ClovaQuotaException.class,
                    new Story(
                            Reply.nothing(),
                            0,
                            null,
                            true,
                            Duration.ofSeconds(1),
                            "quotaTimeout of 60 ms is over: maxConcurrentRequests is 1,",
                            List.of("maxConcurrentRequests=1", "quotaTimeout=60"))),
            entry(
                    ClovaSchemaException.class,
                    story(
                            reply(V3_MODEL.hello()),
                            200,
                            null,
                            false,
                            "the answer does not fit: not JSON, at line 1, column",
                            "jsonSchema={\"type\":\"object\"}")),
            entry(ClovaCancelledException.class, story(Reply.nothing(), 0, null, false, "stops")),
            entry(
                    ClovaAiFilterException.class,
                    story(
                            reply(V3_MODEL.hello()),
                            200,
                            null,
                            false,
                            "verdict unjudged, reasons [unjudged]",
                            "aiFilterPolicy=strict",
                            "aiFilterAction=exception")));

    static Stream<Class<?>> kinds() {
        return Stream.of(ClovaException.class.getPermittedSubclasses());
    }

    @Test
    void everyKindHasAStory() {
        assertThat(STORIES.keySet()).containsExactlyInAnyOrderElementsOf(kinds().toList());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theRouteLearnsWhatHappened(Class<?> kind) throws Exception {
        Story story = STORIES.get(kind);

        Exchange failed = fails(kind, story);

        assertThat(failed.getException()).isExactlyInstanceOf(kind);
        ClovaException failure = (ClovaException) failed.getException();
        assertThat(failure.getStatusCode()).isEqualTo(story.status());
        assertThat(failure.getCode()).isEqualTo(story.code());
        assertThat(failure.getRequestId()).isEqualTo("order-7");
        assertThat(failure.isRetryable()).isEqualTo(story.retryable());
        assertThat(failure.getRetryAfter()).isEqualTo(story.retryAfter());
        assertThat(failure.getPartialText()).isNotNull();
        assertThat(failed.getMessage().getBody()).isEqualTo(PROMPT);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theMessageSaysWhatSupportWillAskAndNothingThatIsSecret(Class<?> kind) throws Exception {
        Story story = STORIES.get(kind);

        Exception failure = fails(kind, story).getException();

        assertThat(failure.getMessage()).contains(story.message()).contains("request order-7");
        if (story.status() != 0) {
            assertThat(failure.getMessage()).contains("HTTP " + story.status());
        }
        if (story.code() != null) {
            assertThat(failure.getMessage()).contains("code " + story.code());
        }
        assertThat(failure.getMessage()).doesNotContain("w".repeat(200), "\r", "\n");
        for (Throwable each = failure; each != null; each = each.getCause()) {
            assertThat(each.toString()).doesNotContain(PROMPT, ANSWER, Target.KEY);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theFailureSurvivesSerialization(Class<?> kind) throws Exception {
        ClovaException failure = (ClovaException) fails(kind, STORIES.get(kind)).getException();

        ClovaException copy = (ClovaException) copied(failure);

        assertThat(copy).isExactlyInstanceOf(kind).hasMessage(failure.getMessage());
        assertThat(copy.getRequestId()).isEqualTo("order-7");
    }

    @Test
    void theServicesWordsAreCutAt200CharactersAndEscaped() {
        routes.service()
                .replays(
                        reply(V3_MODEL.refusal("40001", "😀\u0007".repeat(150))).status(400));

        Exception failure = routes.ask(V3_MODEL.at(routes.service()), PROMPT).getException();

        assertThat(failure).hasMessageContaining("request: " + "😀\\u0007".repeat(100) + "... (request ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\nforged line", "\u202Eevil", "40001\u0000"})
    void theServicesCodeCannotForgeALogLine(String code) {
        routes.service().replays(reply(V3_MODEL.refusal(code, "no")).status(400));

        ClovaException failure = (ClovaException)
                routes.ask(V3_MODEL.at(routes.service()), PROMPT).getException();

        assertThat(failure.getCode()).isEqualTo(code);
        assertThat(failure.getMessage()).doesNotContain("\r", "\n", "\u0000", "\u202E");
    }

    @Test
    void aRouteReadsFailuresThroughSimple() {
        String uri = V3_MODEL.at(routes.service());
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                onException(ClovaException.class)
                        .handled(true)
                        .setBody(simple("${exception.statusCode} ${exception.code} ${exception.retryable}"
                                + " ${exception.requestId} ${exception.retryAfter}"));
                from("direct:simple").to(uri);
            }
        });
        routes.service().replays(refusal(429, "42901").header("Retry-After", "7"));

        Exchange handled = routes.send("direct:simple", PROMPT, Map.of(ClovaConstants.REQUEST_ID, "order-7"));

        assertThat(handled.getMessage().getBody()).isEqualTo("429 42901 true order-7 PT7S");
    }

    private static Exchange fails(Class<?> kind, Story story) throws Exception {
        if (kind == ClovaCancelledException.class) {
            return cancelled();
        }
        routes.service().replays(story.reply());
        List<String> options = new ArrayList<>(story.options());
        options.add("maxRetries=0");
        String uri = V3_MODEL.bare(routes.service(), "model=HCX-007", options.toArray(String[]::new));
        if (kind == ClovaQuotaException.class) {
            // One that takes the only place, and does not end before the test.
            routes.template().asyncSendBody(routes.start(uri), PROMPT);
            routes.service().awaitRequest(0, Duration.ofSeconds(10));
        }
        Exchange failed = routes.ask(uri, PROMPT, Map.of(ClovaConstants.REQUEST_ID, "order-7"));
        // Whoever is still being answered must not keep the route from stopping.
        routes.service().reset();
        return failed;
    }

    /** A call that is under way when its context stops. */
    private static Exchange cancelled() throws Exception {
        ClovaStandIn service = routes.service();
        service.reset();
        service.replays(Reply.nothing());
        CamelContext context = new DefaultCamelContext();
        context.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        context.getShutdownStrategy().setTimeout(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ask").to(V3_MODEL.at(service));
            }
        });
        context.start();
        CompletableFuture<Exchange> answer;
        try {
            answer = context.createProducerTemplate().asyncSend("direct:ask", exchange -> {
                exchange.getMessage().setBody(PROMPT);
                exchange.getMessage().setHeader(ClovaConstants.REQUEST_ID, "order-7");
            });
            service.awaitRequest(0, Duration.ofSeconds(10));
        } finally {
            context.stop();
        }
        return answer.get(10, TimeUnit.SECONDS);
    }

    private static Object copied(Object original) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(original);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return in.readObject();
        }
    }
}
