package io.github.camelclova;

import static io.github.camelclova.ModerationTableTest.FILTERS;
import static io.github.camelclova.ModerationTableTest.LONG;
import static io.github.camelclova.ModerationTableTest.QUESTION;
import static io.github.camelclova.ModerationTableTest.SHORT;
import static io.github.camelclova.ModerationTableTest.all;
import static io.github.camelclova.Target.OPENAI;
import static io.github.camelclova.Target.V1_MODEL;
import static io.github.camelclova.Target.V2_TASK;
import static io.github.camelclova.Target.V3_MODEL;
import static io.github.camelclova.Target.reply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.ModerationTableTest.Expected;
import io.github.camelclova.ModerationTableTest.Rules;
import io.github.camelclova.TokenLog.Seen;
import io.github.camelclova.chat.ClovaAiFilterException;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a route gets to see of an answer, and when: every combination of moderation options with both releases, as one
 * document, pushed and pulled. What should become of the answer is told by the rules of {@link ModerationTableTest}.
 */
class ReleaseTableTest {

    private static final String CASE = "Case";
    private static final int TOKENS = 3;

    /** Filter results of which each leads to something else; how scores are read is the other table's matter. */
    private static final List<String> KINDS = List.of(
            "-",
            "[]",
            all("\"2\""),
            all("\"1\""),
            all("\"0\""),
            all("\"-1\""),
            all("\"high\""),
            all("\"2\",\"result\":\"ERROR\""),
            "[{\"name\":\"insult\",\"score\":\"2\"},{\"name\":\"discrimination\",\"score\":\"2\"}]",
            StreamScript.insult(0),
            StreamScript.insult(0).replace("]", ",{\"name\":\"insult\",\"score\":\"2\"}]"),
            StreamScript.insult(2).replace("]", ",{\"name\":\"violence\",\"score\":\"1\"}]"));

    private static final AtomicInteger COMBINATIONS = new AtomicInteger();
    private static final AtomicInteger ROUTES = new AtomicInteger();

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    enum Mode {
        DOCUMENT,
        PUSH,
        PULL
    }

    /** @param hold whether {@code aiFilterRelease} is hold */
    record Setting(Target target, Rules rules, boolean hold) {

        String[] options(String... more) {
            List<String> options = new ArrayList<>(List.of(rules.options()));
            options.add("aiFilterRelease=" + (hold ? "hold" : "after"));
            options.addAll(List.of(more));
            return options.toArray(String[]::new);
        }
    }

    /** An answer of the service. */
    record Given(String text, String filter) {

        static List<Given> all(List<String> filters) {
            return Stream.of(SHORT, LONG)
                    .flatMap(text -> filters.stream().map(filter -> new Given(text, filter)))
                    .toList();
        }

        List<String> tokens() {
            List<String> tokens = new ArrayList<>();
            int step = text.length() / TOKENS / 2 * 2;
            for (int token = 0; token < TOKENS; token++) {
                tokens.add(text.substring(token * step, token == TOKENS - 1 ? text.length() : (token + 1) * step));
            }
            return tokens;
        }
    }

    // ---- the two tables

    static Stream<Setting> everyRule() {
        List<Target> targets = List.of(V1_MODEL, V2_TASK, V3_MODEL);
        AtomicInteger next = new AtomicInteger();
        return ModerationTableTest.rules().flatMap(rules -> Stream.of(false, true)
                .filter(hold -> rules.on() || !hold)
                .map(hold -> new Setting(targets.get(next.getAndIncrement() % targets.size()), rules, hold)));
    }

    static Stream<Setting> everyDialect() {
        return Stream.of(V1_MODEL, V2_TASK, V3_MODEL).flatMap(target -> Stream.of("moderate", "strict")
                .flatMap(policy -> Stream.of("header", "exception", "replace")
                        .map(action -> new Rules(policy, Map.of(), "flag", "", action))
                        .flatMap(rules -> Stream.of(false, true).map(hold -> new Setting(target, rules, hold)))));
    }

    @ParameterizedTest
    @MethodSource("everyRule")
    void whatIsHandedOnFollowsFromTheRules(Setting setting) {
        check(setting, Given.all(KINDS), modes(setting));
    }

    @ParameterizedTest
    @MethodSource("everyDialect")
    void everyFilterResultReadsTheSameInAStream(Setting setting) {
        check(setting, Given.all(FILTERS), List.of(Mode.values()));
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void holdWithoutAPolicyIsRefused(Mode mode) {
        IllegalArgumentException refusal =
                routes.refusalOf(V3_MODEL.at(routes.service(), "aiFilterRelease=hold", option(mode)));

        assertThat(refusal).hasMessageStartingWith("Option aiFilterRelease: ").hasMessageContaining("aiFilterPolicy");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void holdWhereThereIsNoFilterIsRefused(Mode mode) {
        assertThat(routes.refusalOf(
                        OPENAI.at(routes.service(), "aiFilterPolicy=strict", "aiFilterRelease=hold", option(mode))))
                .hasMessageContaining("Option aiFilterPolicy: ")
                .hasMessageContaining("dialect openai");
        assertThat(routes.refusalOf(OPENAI.at(routes.service(), "aiFilterRelease=hold", option(mode))))
                .hasMessageContaining("Option aiFilterRelease: ");
    }

    private static String option(Mode mode) {
        return switch (mode) {
            case DOCUMENT -> "streaming=false";
            case PUSH -> "streamTo=mock:tokens";
            case PULL -> "streaming=true";
        };
    }

    @AfterAll
    static void nothingWasLeftOut() {
        int rules = everyRule().mapToInt(each -> modes(each).size()).sum() * KINDS.size();
        int dialects = (int) everyDialect().count() * Mode.values().length * FILTERS.size();
        assertThat(COMBINATIONS).hasValue((rules + dialects) * 2);
    }

    // ---- asking

    /** A document without hold is the other table's. */
    private static List<Mode> modes(Setting setting) {
        return setting.hold() ? List.of(Mode.values()) : List.of(Mode.PUSH, Mode.PULL);
    }

    private static void check(Setting setting, List<Given> given, List<Mode> modes) {
        routes.service().answers(request -> answer(setting, given, request));
        for (Mode mode : modes) {
            TokenLog log = TokenLog.start(routes.context());
            String from = start(setting, mode, log.uri());
            List<CompletableFuture<Exchange>> answers = askAll(from, given);
            Map<Integer, List<Seen>> seen = byCase(log);
            for (int number = 0; number < given.size(); number++) {
                Given each = given.get(number);
                assertThat(Outcome.seen(mode, each, answers.get(number).join(), seen.getOrDefault(number, List.of())))
                        .as(
                                "%s, %s, %d characters",
                                mode, each.filter(), each.text().length() / 2)
                        .isEqualTo(Outcome.of(mode, setting, each));
                COMBINATIONS.incrementAndGet();
            }
        }
    }

    private static Reply answer(Setting setting, List<Given> given, ReceivedRequest request) {
        String question = request.json().at("/messages/0/content").textValue();
        Given answer = given.get(Integer.parseInt(question.substring(QUESTION.length())));
        if (request.header("Accept").filter("text/event-stream"::equals).isPresent()) {
            StreamScript script = new StreamScript();
            answer.tokens().forEach(script::token);
            return script.result(setting.target(), answer.text(), answer.filter())
                    .signal()
                    .reply();
        }
        ObjectNode document = setting.target().hello();
        document.set("result", StreamScript.choice(setting.target(), answer.text(), answer.filter()));
        return reply(document);
    }

    private static String start(Setting setting, Mode mode, String tokens) {
        // A name of its own: many threads at once keep on calling the last route that had it.
        String from = "direct:%s-%d".formatted(mode, ROUTES.incrementAndGet());
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                switch (mode) {
                    case DOCUMENT -> from(from).to(uri());
                    case PUSH -> from(from).to(uri("streamTo=" + tokens));
                    case PULL ->
                        from(from)
                                .to(uri("streaming=true"))
                                .split(body())
                                .streaming()
                                .stopOnException()
                                .to(tokens);
                }
            }

            private String uri(String... more) {
                return setting.target().at(routes.service(), setting.options(more));
            }
        });
        return from;
    }

    private static List<CompletableFuture<Exchange>> askAll(String from, List<Given> given) {
        ProducerTemplate template = routes.template();
        List<CompletableFuture<Exchange>> answers = new ArrayList<>();
        for (int number = 0; number < given.size(); number++) {
            int each = number;
            answers.add(template.asyncSend(from, exchange -> {
                exchange.getMessage().setBody(QUESTION + each);
                exchange.getMessage().setHeader(CASE, each);
            }));
        }
        CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new)).join();
        return answers;
    }

    private static Map<Integer, List<Seen>> byCase(TokenLog log) {
        Map<Integer, List<Seen>> byCase = new LinkedHashMap<>();
        log.all()
                .forEach(seen -> byCase.computeIfAbsent((Integer) seen.headers().get(CASE), each -> new ArrayList<>())
                        .add(seen));
        return byCase;
    }

    /**
     * What a route sees of a call.
     *
     * @param tokens whether all tokens were handed on, in order; the alternative is none
     * @param closing type of the closing exchange, empty for none; its body and headers come next
     * @param body of the original exchange, in the words of the other table
     */
    record Outcome(
            boolean tokens,
            String closing,
            String closingBody,
            Map<String, Object> closingHeaders,
            String body,
            Map<String, Object> headers,
            List<String> reasonsOfFailure,
            boolean failed) {

        static Outcome of(Mode mode, Setting setting, Given given) {
            Expected whole = Expected.of(setting.rules(), given.filter(), given.text());
            boolean clear =
                    !whole.failed() && !Boolean.TRUE.equals(whole.headers().get(ClovaConstants.AI_FILTER_FLAGGED));
            boolean tokens = mode != Mode.DOCUMENT && (clear || !setting.hold());
            String closing = mode == Mode.DOCUMENT || (mode == Mode.PULL && whole.failed())
                    ? ""
                    : whole.failed() ? "error" : "result";
            String closingBody =
                    switch (closing) {
                        case "result" -> whole.body();
                        case "error" -> tokens ? "answer" : "";
                        default -> "";
                    };
            boolean pulled = mode == Mode.PULL;
            return new Outcome(
                    tokens,
                    closing,
                    closingBody,
                    closing.equals("result") ? whole.headers() : Map.of(),
                    pulled ? "iterator" : whole.body(),
                    pulled ? Map.of() : whole.headers(),
                    whole.reasonsOfFailure(),
                    whole.failed());
        }

        static Outcome seen(Mode mode, Given given, Exchange exchange, List<Seen> log) {
            List<Object> tokens =
                    log.stream().filter(Seen::isToken).map(Seen::body).toList();
            if (!tokens.isEmpty()) {
                assertThat(tokens).isEqualTo(given.tokens());
            }
            List<Seen> others = log.stream().filter(seen -> !seen.isToken()).toList();
            assertThat(others).hasSizeLessThanOrEqualTo(1);
            Seen closing = others.isEmpty() ? null : log.get(log.size() - 1);
            Exception failure = exchange.getException();
            List<String> reasons = List.of();
            if (failure != null) {
                assertThat(failure).isInstanceOf(ClovaAiFilterException.class);
                assertThat(((ClovaAiFilterException) failure).getAnswer()).isEqualTo(given.text());
                reasons = ((ClovaAiFilterException) failure).getReasons();
                if (mode == Mode.PUSH) {
                    assertThat(closing).extracting(Seen::failure).isSameAs(failure);
                }
            }
            Object body = exchange.getMessage().getBody();
            return new Outcome(
                    !tokens.isEmpty(),
                    closing == null ? "" : closing.type(),
                    closing == null ? "" : Expected.name(closing.body()),
                    closing == null ? Map.of() : Expected.aboutTheFilter(closing.headers()),
                    body instanceof Iterator<?> ? "iterator" : Expected.name(withoutNumber(body)),
                    Expected.aboutTheFilter(exchange.getMessage().getHeaders()),
                    reasons,
                    failure != null);
        }
    }

    private static Object withoutNumber(Object body) {
        return body.toString().replaceFirst("^(" + QUESTION + ")\\d+$", "$1");
    }
}
