package io.github.camelclova;

import static io.github.camelclova.Target.V3_MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.chat.ClovaAiFilterException;
import io.github.camelclova.chat.Hazard;
import io.github.camelclova.chat.Verdict;
import io.github.camelclova.moderation.AiFilterPolicy;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A policy of the user's own, as a bean. */
class OwnPolicyTest {

    private static final String TEXT = "Call me.";
    private static final AtomicInteger ROUTES = new AtomicInteger();

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    private TokenLog tokens;

    enum Mode {
        DOCUMENT,
        PUSH,
        PUSH_HELD,
        PULL,
        PULL_HELD
    }

    /** Starts a route that asks with a policy of the name {@code mine}, and asks. */
    private Exchange ask(Mode mode, AiFilterPolicy mine, String filter, String... options) throws Exception {
        bind(mine);
        routes.service().answers(request -> answer(request, filter));
        tokens = TokenLog.start(routes.context());
        String from = "direct:own-" + ROUTES.incrementAndGet();
        String uri = V3_MODEL.at(routes.service(), options) + "&aiFilterPolicy=mine"
                + (mode.name().endsWith("HELD") ? "&aiFilterRelease=hold" : "");
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                switch (mode) {
                    case DOCUMENT -> from(from).to(uri);
                    case PUSH, PUSH_HELD -> from(from).to(uri + "&streamTo=" + tokens.uri());
                    case PULL, PULL_HELD ->
                        from(from)
                                .to(uri + "&streaming=true")
                                .split(body())
                                .streaming()
                                .stopOnException()
                                .to(tokens.uri());
                }
            }
        });
        CompletableFuture<Exchange> answer = routes.template()
                .asyncSend(from, exchange -> exchange.getMessage().setBody("hello"));
        return answer.get(10, TimeUnit.SECONDS);
    }

    private static void bind(AiFilterPolicy policy) {
        // Camel keeps beans of different classes under one name.
        routes.context().getRegistry().unbind("mine");
        routes.context().getRegistry().bind("mine", policy);
    }

    private static Reply answer(ReceivedRequest request, String filter) {
        if (request.header("Accept").filter("text/event-stream"::equals).isPresent()) {
            return StreamScript.whole(V3_MODEL, List.of("Call ", "me."), filter).reply();
        }
        ObjectNode document = V3_MODEL.hello();
        document.set("result", StreamScript.choice(V3_MODEL, TEXT, filter));
        return Target.reply(document);
    }

    private Message closing(Mode mode, Exchange exchange) {
        if (mode == Mode.DOCUMENT) {
            return exchange.getMessage();
        }
        assertThat(tokens.last().type()).isEqualTo("result");
        Message closing = new DefaultMessage(routes.context());
        closing.setBody(tokens.last().body());
        closing.setHeaders(tokens.last().headers());
        return closing;
    }

    // ---- how it is named

    @ParameterizedTest
    @ValueSource(strings = {"mine", "#mine", "#bean:mine", " mine "})
    void aUriNamesTheBean(String name) {
        bind((verdicts, answer) -> List.of("rude"));
        routes.service().answers(request -> answer(request, StreamScript.insult(2)));

        Exchange answer = routes.ask(V3_MODEL.at(routes.service(), "aiFilterPolicy=" + name), "hello");

        assertThat(answer.getMessage().getHeader(ClovaConstants.AI_FILTER_REASONS))
                .isEqualTo(List.of("rude"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mine", "#mine", "#bean:mine"})
    void yamlNamesTheBean(String name) throws Exception {
        bind((verdicts, answer) -> List.of("rude"));
        routes.service().answers(request -> answer(request, StreamScript.insult(2)));
        PluginHelper.getRoutesLoader(routes.context())
                .loadRoutes(ResourceHelper.fromString(
                        "own.camel.yaml", """
                - route:
                    from:
                      uri: direct:yaml
                      steps:
                        - to:
                            uri: clova
                            parameters:
                              operation: chat
                              model: HCX-005
                              baseUrl: %s
                              aiFilterPolicy: "%s"
                """.formatted(routes.service().baseUrl(), name)));

        Exchange answer = routes.send("direct:yaml", "hello", Map.of());

        assertThat(answer.getMessage().getHeader(ClovaConstants.AI_FILTER_REASONS))
                .isEqualTo(List.of("rude"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "#nobody", "#bean:nobody", "text"})
    void aNameOfNoPolicyIsRefused(String name) {
        routes.context().getRegistry().bind("text", "no policy");

        String refusal = routes.startFailureOf(V3_MODEL.at(routes.service(), "aiFilterPolicy=" + name));

        assertThat(refusal)
                .contains(
                        "aiFilterPolicy",
                        name.substring(name.lastIndexOf(':') + 1).replace("#", ""));
    }

    @Test
    void thresholdsBesideItAreRefused() {
        bind((verdicts, answer) -> List.of());

        assertThat(routes.refusalOf(V3_MODEL.at(routes.service(), "aiFilterPolicy=mine", "aiFilterThreshold.insult=1")))
                .hasMessageStartingWith("Option aiFilterThreshold");
        assertThat(routes.refusalOf(V3_MODEL.at(routes.service(), "aiFilterPolicy=mine", "includeAiFilters=false")))
                .hasMessageStartingWith("Option includeAiFilters");
        assertThat(routes.refusalOf(Target.OPENAI.at(routes.service(), "aiFilterPolicy=mine")))
                .hasMessageStartingWith("Option aiFilterPolicy");
    }

    // ---- what it decides

    @ParameterizedTest
    @EnumSource(Mode.class)
    void itSeesVerdictsAndTextAndItsReasonsAreInTheHeaders(Mode mode) throws Exception {
        List<Object> seen = new CopyOnWriteArrayList<>();

        Exchange answer = ask(
                mode,
                (verdicts, text) -> {
                    seen.add(verdicts.stream().map(Verdict::hazard).toList());
                    seen.add(text);
                    return List.of("phone number", "rude");
                },
                StreamScript.insult(1));

        assertThat(seen).startsWith(List.of(Hazard.POSSIBLE, Hazard.UNLIKELY, Hazard.UNLIKELY), TEXT);
        assertThat(closing(mode, answer).getHeaders())
                .containsEntry(ClovaConstants.AI_FILTER_FLAGGED, true)
                .containsEntry(ClovaConstants.AI_FILTER_REASONS, List.of("phone number", "rude"))
                .containsEntry(ClovaConstants.AI_FILTER_VERDICT, "suspect");
        if (mode != Mode.DOCUMENT) {
            assertThat(tokens.tokens()).hasSize(mode.name().endsWith("HELD") ? 0 : 2);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void itClears(Mode mode) throws Exception {
        Exchange answer = ask(mode, (verdicts, text) -> List.of(), StreamScript.insult(0));

        assertThat(closing(mode, answer).getHeaders())
                .containsEntry(ClovaConstants.AI_FILTER_FLAGGED, false)
                .containsEntry(ClovaConstants.AI_FILTER_VERDICT, "unsafe");
        if (mode != Mode.DOCUMENT) {
            assertThat(tokens.tokens()).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DOCUMENT  | aiFilterUnjudged=flag | unjudged | false",
                "PUSH_HELD | aiFilterUnjudged=flag | unjudged | false",
                "DOCUMENT  | aiFilterUnjudged=pass |          | false",
                "PUSH_HELD | aiFilterUnjudged=pass |          | false",
                "DOCUMENT  | aiFilterUnjudged=fail |          | true",
                "PUSH_HELD | aiFilterUnjudged=fail |          | true",
                "PULL_HELD | aiFilterUnjudged=fail |          | true",
            })
    void theOptionsForUnjudgedAnswersStillApply(Mode mode, String option, String reason, boolean fails)
            throws Exception {
        Exchange answer = ask(mode, (verdicts, text) -> List.of(), "[]", option);

        if (fails) {
            assertThat(answer.getException()).isInstanceOf(ClovaAiFilterException.class);
        } else {
            assertThat(closing(mode, answer).getHeader(ClovaConstants.AI_FILTER_REASONS))
                    .isEqualTo(reason == null ? List.of() : List.of(reason));
        }
    }

    @ParameterizedTest
    @CsvSource({"flag, partial", "pass, ''"})
    void theOptionForPartialAnswersStillApplies(String partial, String reason) {
        bind((verdicts, answer) -> List.of());
        ObjectNode document = V3_MODEL.hello();
        document.set("result", StreamScript.choice(V3_MODEL, "a".repeat(501), StreamScript.insult(2)));
        routes.service().replays(Target.reply(document));

        Exchange answer =
                routes.ask(V3_MODEL.at(routes.service(), "aiFilterPolicy=mine", "aiFilterPartial=" + partial), "hello");

        assertThat(answer.getMessage().getHeader(ClovaConstants.AI_FILTER_REASONS))
                .isEqualTo(Stream.of(reason).filter(each -> !each.isEmpty()).toList());
    }

    // ---- how it is called

    @ParameterizedTest
    @EnumSource(Mode.class)
    void itIsAskedOnceAndNeverByAnIoThread(Mode mode) throws Exception {
        List<String> threads = new CopyOnWriteArrayList<>();

        ask(
                mode,
                (verdicts, text) -> {
                    threads.add(Thread.currentThread().getName());
                    return List.of();
                },
                StreamScript.insult(2));

        assertThat(threads).hasSize(1).noneMatch(name -> name.contains("clova-io") || name.contains("clova-clock"));
    }

    static Stream<Arguments> failures() {
        List<Supplier<Throwable>> failures =
                List.of(() -> new IllegalStateException("no judgement today"), () -> new NoClassDefFoundError("judge"));
        return Arrays.stream(Mode.values())
                .flatMap(mode -> failures.stream().map(failure -> Arguments.of(mode, failure)));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void anAnswerThatCouldNotBeJudgedIsNotLetThrough(Mode mode, Supplier<Throwable> failure) throws Exception {
        Throwable thrown = failure.get();

        Exchange failed = ask(mode, (verdicts, text) -> sneak(thrown), StreamScript.insult(2));

        Throwable seen = failed.getException();
        assertThat(Stream.iterate(seen, each -> each != null, Throwable::getCause))
                .contains(thrown);
        if (mode == Mode.DOCUMENT) {
            assertThat(failed.getMessage().getBody()).isEqualTo("hello");
        } else {
            assertThat(tokens.types()).doesNotContain("result");
            assertThat(tokens.tokens()).hasSize(mode.name().endsWith("HELD") ? 0 : 2);
        }
        if (mode == Mode.PUSH || mode == Mode.PUSH_HELD) {
            assertThat(tokens.last().type()).isEqualTo("error");
            assertThat(tokens.last().failure()).isSameAs(failed.getException());
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void reasonsThatAreNoneFailToo(Mode mode) throws Exception {
        Exchange failed = ask(mode, (verdicts, text) -> null, StreamScript.insult(2));

        assertThat(failed.getException()).isNotNull();
        if (mode.name().endsWith("HELD")) {
            assertThat(tokens.tokens()).isEmpty();
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> List<String> sneak(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
