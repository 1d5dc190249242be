package io.github.camelclova.foreignservers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.ClovaConstants;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaRateLimitException;
import io.github.camelclova.chat.ClovaRefusedException;
import io.github.camelclova.chat.ToolCall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the dialect openai promises, with servers whose authors never heard of this component. */
class ForeignServersTest {

    private static final String GREETING = "안녕하세요, how are you?";
    private static final String TOOLS =
            "&tools=RAW([{\"name\":\"find_parcel\",\"description\":\"Where a parcel is\"}])";

    private static final Map<ForeignServer, ForeignServer.Running> SERVERS = new EnumMap<>(ForeignServer.class);

    private CamelContext context;

    /** What an answer becomes. */
    public record Wish(String item, int pieces) {}

    @BeforeAll
    static void startTheServers() throws IOException, InterruptedException {
        Path packages = NodePackages.install();
        for (ForeignServer server : ForeignServer.values()) {
            SERVERS.put(server, server.start(packages));
        }
    }

    @AfterAll
    static void stopTheServers() {
        SERVERS.values().forEach(ForeignServer.Running::close);
    }

    @BeforeEach
    void startCamel() {
        context = new DefaultCamelContext();
        context.start();
    }

    @AfterEach
    void stopCamel() {
        context.stop();
    }

    @ParameterizedTest
    @EnumSource
    void aWholeAnswerHasTextStopReasonAndUsage(ForeignServer server) {
        Exchange answer = ask(server, "greet me", "");

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getBody()).isEqualTo(GREETING);
        assertThat(answer.getMessage().getHeader(ClovaConstants.STOP_REASON)).isEqualTo("stop");
        assertThat(answer.getMessage().getHeader(ClovaConstants.RESPONSE_MODEL)).isEqualTo("a-model");
        assertThat(answer.getMessage().getHeader(ClovaConstants.TOTAL_TOKENS, Integer.class))
                .isPositive();
    }

    @ParameterizedTest
    @EnumSource
    void aStreamHasTokensAndAResultThatIsAllOfThem(ForeignServer server) throws Exception {
        List<Exchange> events = new ArrayList<>();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:tokens").process(events::add);
            }
        });

        Exchange answer = ask(server, "greet me", "&streamTo=direct:tokens");

        assertThat(answer.getException()).isNull();
        List<Exchange> tokens = events.subList(0, events.size() - 1);
        assertThat(tokens)
                .hasSizeGreaterThan(1)
                .extracting(ForeignServersTest::type)
                .containsOnly("token");
        assertThat(tokens.stream().map(token -> token.getMessage().getBody(String.class)))
                .doesNotContain("")
                .satisfies(texts -> assertThat(String.join("", texts)).isEqualTo(GREETING));
        assertThat(type(events.get(events.size() - 1))).isEqualTo("result");
        assertThat(answer.getMessage().getBody()).isEqualTo(GREETING);
        assertThat(answer.getMessage().getHeader(ClovaConstants.STOP_REASON)).isEqualTo("stop");
        assertThat(answer.getMessage().getHeader(ClovaConstants.TOTAL_TOKENS) != null)
                .isEqualTo(server.countsStreams());
    }

    @ParameterizedTest
    @EnumSource
    void aToolIsAskedForAndItsResultIsUnderstood(ForeignServer server) {
        Exchange first = ask(server, "where is my parcel?", TOOLS);

        assertThat(first.getException()).isNull();
        assertThat(first.getMessage().getHeader(ClovaConstants.STOP_REASON)).isEqualTo("tool_calls");
        assertThat(calls(first)).singleElement().satisfies(call -> {
            assertThat(call.name()).isEqualTo("find_parcel");
            assertThat(call.arguments()).isEqualTo(Map.of("number", "KR-5512"));
        });

        List<ToolCall> calls = calls(first);
        Exchange second = ask(
                server,
                List.of(
                        ChatMessage.user("where is my parcel?"),
                        ChatMessage.assistant("", calls),
                        ChatMessage.tool(calls.get(0).id(), "Daejeon")),
                TOOLS);

        assertThat(second.getException()).isNull();
        assertThat(second.getMessage().getBody()).isEqualTo("It is in Daejeon.");
        assertThat(second.getMessage().getHeader(ClovaConstants.TOOL_CALLS)).isNull();
    }

    @ParameterizedTest
    @EnumSource(names = "AIMOCK")
    void aToolIsAskedForInAStream(ForeignServer server) {
        Exchange answer = ask(server, "where is my parcel?", TOOLS + "&streamTo=log:tokens?level=OFF");

        assertThat(answer.getException()).isNull();
        assertThat(calls(answer)).extracting(ToolCall::arguments).containsExactly(Map.of("number", "KR-5512"));
    }

    @ParameterizedTest
    @EnumSource
    void anAnswerFitsItsSchema(ForeignServer server) {
        Exchange answer = ask(server, "my order: three apples", "&outputClass=" + Wish.class.getName());

        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getBody()).isEqualTo(new Wish("사과", 3));
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalIsOfItsKind(ForeignServer server) {
        ClovaException unknown = failure(ask(server, "refuse me", ""));
        ClovaException busy = failure(ask(server, "hurry", "&maxRetries=0"));

        assertThat(unknown).isInstanceOf(ClovaRefusedException.class);
        assertThat(unknown.getStatusCode()).isEqualTo(404);
        assertThat(unknown.getCode()).isEqualTo("model_not_found");
        assertThat(unknown.isRetryable()).isFalse();
        assertThat(busy).isInstanceOf(ClovaRateLimitException.class);
        assertThat(busy.isRetryable()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aRefusedStreamIsOfTheSameKindWhateverItsStatus(ForeignServer server) {
        ClovaException busy = failure(ask(server, "hurry", "&maxRetries=0&streamTo=log:tokens?level=OFF"));

        assertThat(busy).isInstanceOf(ClovaRateLimitException.class);
        assertThat(busy.getStatusCode()).isEqualTo(server.statusOfRefusedStreams());
        assertThat(busy.isRetryable()).isTrue();
    }

    private Exchange ask(ForeignServer server, Object body, String options) {
        String uri = "clova:chat?dialect=openai&model=a-model&requestTimeout=20s&baseUrl="
                + SERVERS.get(server).baseUrl() + options;
        return context.createProducerTemplate()
                .send(uri, exchange -> exchange.getMessage().setBody(body));
    }

    private static ClovaException failure(Exchange exchange) {
        assertThat(exchange.getException()).isInstanceOf(ClovaException.class);
        return (ClovaException) exchange.getException();
    }

    private static String type(Exchange event) {
        return event.getMessage().getHeader(ClovaConstants.EVENT_TYPE, String.class);
    }

    private static List<ToolCall> calls(Exchange answer) {
        List<?> calls = answer.getMessage().getHeader(ClovaConstants.TOOL_CALLS, List.class);
        return calls.stream().map(ToolCall.class::cast).toList();
    }
}
