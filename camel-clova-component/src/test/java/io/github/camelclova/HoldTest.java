package io.github.camelclova;

import static io.github.camelclova.Target.V3_MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaConnectionException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaLimitException;
import io.github.camelclova.chat.ClovaServerException;
import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.chat.ClovaTruncatedException;
import io.github.camelclova.testing.Ending;
import io.github.camelclova.testing.LiveReply;
import io.github.camelclova.testing.Reply;
import io.github.camelclova.testing.Transcript;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams whose tokens wait for the verdict. What becomes of them then is in {@link ReleaseTableTest}. */
class HoldTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final String CLEAR = StreamScript.insult(2);
    private static final String DIRTY = StreamScript.insult(0);
    private static final List<String> TOKENS = List.of("It is ", "what ", "it is.");
    private static final AtomicInteger ROUTES = new AtomicInteger();

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    /** How the tokens come to the token route. */
    enum Face {
        PUSH,
        PULL
    }

    /** A route to an endpoint that holds, and what it sends to the token route. */
    private record Held(String from, TokenLog log) {

        static Held start(Face face, String... options) {
            return start(face, exchange -> {}, options);
        }

        static Held start(Face face, Processor onToken, String... options) {
            return start("hold", face, onToken, options);
        }

        /** One that does not hold, to compare with. */
        static Held live(Face face, String... options) {
            return start("after", face, exchange -> {}, options);
        }

        private static Held start(String release, Face face, Processor onToken, String... options) {
            TokenLog tokens = TokenLog.start(routes.context(), onToken);
            String from = "direct:hold-" + ROUTES.incrementAndGet();
            String uri = V3_MODEL.at(routes.service(), options).replace("&maxRetries=0", "")
                    + "&retryDelay=1&aiFilterPolicy=moderate&aiFilterRelease=" + release;
            routes.add(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    switch (face) {
                        case PUSH -> from(from).to(uri + "&streamTo=" + tokens.uri());
                        case PULL ->
                            from(from)
                                    .to(uri + "&streaming=true")
                                    .split(body())
                                    .streaming()
                                    .stopOnException()
                                    .to(tokens.uri());
                    }
                }
            });
            return new Held(from, tokens);
        }

        Exchange ask(Reply... replies) {
            return ask(Map.of(), replies);
        }

        Exchange ask(Map<String, Object> headers, Reply... replies) {
            routes.service().replays(replies);
            return routes.send(from, "hello", headers);
        }

        CompletableFuture<Exchange> askLater(Reply reply) {
            routes.service().replays(reply);
            return routes.template()
                    .asyncSend(from, exchange -> exchange.getMessage().setBody("hello"));
        }

        /** Nothing of the answer was handed on, and the failure closed the stream. */
        void releasedNothingBut(Face face, Exchange failed, Class<? extends ClovaException> failure) {
            assertThat(failed.getException()).isInstanceOf(failure);
            if (face == Face.PULL) {
                assertThat(log.all()).isEmpty();
                return;
            }
            assertThat(log.types()).containsExactly("error");
            assertThat(log.last().body()).isEqualTo("");
            assertThat(log.last().failure()).isSameAs(failed.getException());
        }
    }

    // ---- the same, only later

    /** The filter has read the result, so nothing else may go out in its name. */
    @ParameterizedTest
    @EnumSource(Face.class)
    void tokensThatSayAnythingButTheJudgedTextAreReplacedByIt(Face face) {
        Held held = Held.start(face, "aiFilterUnjudged=pass");

        held.ask(Reply.events(Transcript.load("transcripts/clova-v1/result-says-more.sse")));

        assertThat(held.log().tokens()).containsExactly("가을비");
    }

    /** What was handed on is the result's text, and that is what a cancel tells. */
    @Test
    void aCancelWithinWhatIsReleasedTellsWhatWasHandedOn() {
        Held held = Held.start(Face.PUSH, exchange -> exchange.getMessage().setHeader(ClovaConstants.CANCEL, true));

        Exchange cancelled = held.ask(new StreamScript()
                .token("It")
                .result(V3_MODEL, "It is what it is.", CLEAR)
                .signal()
                .reply());

        assertThat(cancelled.getException(ClovaCancelledException.class).getPartialText())
                .isEqualTo("It is what it is.");
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void whatIsReleasedIsWhatWouldHaveBeenSentLive(Face face) {
        Reply reply = new StreamScript()
                .thinking("hm ")
                .token("It is ")
                .thinking("well")
                .token("what it")
                .token(" is.")
                .result(V3_MODEL, "It is what it is.", CLEAR)
                .signal()
                .reply();
        Held held = Held.start(face, "emitThinking=true", "tokenUnit=word");
        Held live = Held.live(face, "emitThinking=true", "tokenUnit=word");

        held.ask(reply);
        live.ask(reply);

        assertThat(held.log().types())
                .containsExactly("thinking", "token", "token", "thinking", "token", "token", "token", "result");
        assertThat(bodies(held)).isEqualTo(bodies(live));
        assertThat(indices(held)).isEqualTo(indices(live));
    }

    private static List<Object> bodies(Held held) {
        return held.log().all().stream().map(TokenLog.Seen::body).toList();
    }

    private static List<Object> indices(Held held) {
        return held.log().all().stream()
                .filter(TokenLog.Seen::isToken)
                .map(seen -> seen.headers().get(ClovaConstants.TOKEN_INDEX))
                .toList();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void nothingIsSentBeforeTheResultIsThere(Face face) {
        Held held = Held.start(face, "emitThinking=true");
        LiveReply live = new LiveReply();
        CompletableFuture<Exchange> answer = held.askLater(live.reply());
        live.awaitStarted(SOON);
        live.send(new StreamScript().thinking("hm").token("It is.").text());
        Awaitility.await().until(() -> live.unwrittenBytes() == 0);

        assertThat(held.log().all()).isEmpty();

        live.send(new StreamScript().result(V3_MODEL, "It is.", CLEAR).signal().text());
        live.finish();
        answer.join();
        assertThat(held.log().types()).containsExactly("thinking", "token", "result");
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void thinkingIsHeldLikeTheRest(Face face) {
        Held held = Held.start(face, "emitThinking=true");

        held.ask(new StreamScript()
                .thinking("filth")
                .token("Yes.")
                .result(V3_MODEL, "Yes.", DIRTY)
                .signal()
                .reply());

        assertThat(held.log().types()).containsExactly("result");
    }

    @ParameterizedTest
    @CsvSource({"PUSH, 2, token result", "PULL, 2, token result", "PUSH, 0, result", "PULL, 0, result"})
    void aDocumentInPlaceOfAStreamIsJudgedToo(Face face, int insult, String types) {
        Held held = Held.start(face);
        ObjectNode document = V3_MODEL.hello();
        document.set("result", StreamScript.choice(V3_MODEL, "It is.", StreamScript.insult(insult)));

        held.ask(Target.reply(document));

        assertThat(String.join(" ", held.log().types())).isEqualTo(types);
    }

    @ParameterizedTest
    @CsvSource({"PUSH, flag, result", "PULL, flag, result", "PUSH, pass, token result", "PULL, pass, token result"})
    void aStreamThatEndsWithoutAResultIsUnjudged(Face face, String unjudged, String types) {
        Held held = Held.start(face, "aiFilterUnjudged=" + unjudged);

        held.ask(new StreamScript().token("It is.").signal().reply());

        assertThat(String.join(" ", held.log().types())).isEqualTo(types);
        assertThat(held.log().last().headers()).containsEntry(ClovaConstants.AI_FILTER_VERDICT, "unjudged");
    }

    // ---- failures before the verdict

    static Stream<Arguments> cuts() {
        Reply half = new StreamScript().token("filth ").token("and mo").reply();
        return Stream.of(Face.values())
                .flatMap(face -> Stream.of(
                        Arguments.of(face, half, ClovaTruncatedException.class),
                        Arguments.of(face, half.ending(Ending.RESET), ClovaTruncatedException.class),
                        Arguments.of(
                                face,
                                half.untilClose().truncatedAt(100).ending(Ending.CLOSE),
                                ClovaTruncatedException.class),
                        Arguments.of(face, half.ending(Ending.STALL), ClovaTimeoutException.class)));
    }

    @ParameterizedTest
    @MethodSource("cuts")
    void aStreamThatIsCutBeforeItsResultReleasesNothing(
            Face face, Reply reply, Class<? extends ClovaException> failure) {
        Held held = Held.start(face, "idleTimeout=300");

        Exchange failed = held.ask(reply);

        held.releasedNothingBut(face, failed, failure);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void whatIsHeldIsBoundedLikeAnyAnswer(Face face) {
        Held held = Held.start(face, "maxResponseSize=1000");
        StreamScript flood = new StreamScript();
        IntStream.range(0, 101).forEach(each -> flood.token("tencharsss"));

        Exchange failed = held.ask(flood.reply());

        held.releasedNothingBut(face, failed, ClovaLimitException.class);
        assertThat(((ClovaLimitException) failed.getException()).getOption()).isEqualTo("maxResponseSize");
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void anErrorThatMayPassIsRetriedBecauseNothingWasHandedOn(Face face) {
        Held held = Held.start(face, "emitThinking=true");
        Reply broken = new StreamScript()
                .thinking("an old thought")
                .token("an old answer")
                .error("50000")
                .reply();

        Exchange answer = held.ask(
                broken, broken, StreamScript.whole(V3_MODEL, TOKENS, CLEAR).reply());

        assertThat(answer.getException()).isNull();
        assertThat(held.log().types()).containsExactly("token", "token", "token", "result");
        assertThat(held.log().tokens()).isEqualTo(TOKENS);
        assertThat(held.log().last().body()).isEqualTo(String.join("", TOKENS));
        assertThat(held.log().last().headers()).containsEntry(ClovaConstants.ATTEMPTS, 3);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void aLiveStreamIsNotRetriedOnceItHasBegun(Face face) {
        Held live = Held.live(face);

        Exchange failed = live.ask(
                new StreamScript().token("half ").error("50000").reply(),
                StreamScript.whole(V3_MODEL, TOKENS, CLEAR).reply());

        assertThat(failed.getException()).isInstanceOf(ClovaServerException.class);
        assertThat(routes.service().requests()).hasSize(1);
        assertThat(live.log().tokens()).containsExactly("half ");
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void usedUpRetriesReleaseNothing(Face face) {
        Held held = Held.start(face, "maxRetries=1");
        Reply broken = new StreamScript().token("filth").error("50000").reply();

        Exchange failed = held.ask(broken, broken);

        held.releasedNothingBut(face, failed, ClovaServerException.class);
        assertThat(routes.service().requests()).hasSize(2);
    }

    @Test
    void aServiceThatIsNotThereReleasesNothing() {
        Held held = Held.start(Face.PUSH, "maxRetries=1");
        Reply nobody = Reply.nothing().ending(Ending.RESET);

        Exchange failed = held.ask(nobody, nobody);

        held.releasedNothingBut(Face.PUSH, failed, ClovaConnectionException.class);
    }

    // ---- while tokens are released

    @ParameterizedTest
    @EnumSource(Face.class)
    void aCancelEndsTheRelease(Face face) {
        AtomicInteger count = new AtomicInteger();
        Held held = Held.start(face, exchange -> {
            if (count.incrementAndGet() == 2) {
                exchange.getMessage().setHeader(ClovaConstants.CANCEL, true);
            }
        });

        Exchange cancelled =
                held.ask(StreamScript.whole(V3_MODEL, TOKENS, CLEAR).reply());

        assertThat(held.log().tokens()).isEqualTo(TOKENS.subList(0, 2));
        if (face == Face.PULL) {
            assertThat(held.log().types()).containsOnly("token");
            assertThat(cancelled.getException()).isNull();
            return;
        }
        assertThat(held.log().types()).containsExactly("token", "token", "error");
        assertThat(held.log().last().body()).isEqualTo("It is what ");
        assertThat(cancelled.getException()).isInstanceOf(ClovaCancelledException.class);
        assertThat(((ClovaCancelledException) cancelled.getException()).getPartialText())
                .isEqualTo("It is what ");
    }

    @Test
    void theStepsTimeRunsWhileTokensAreReleased() throws Exception {
        CountDownLatch slow = new CountDownLatch(1);
        Held held = Held.start(Face.PUSH, exchange -> slow.await(), "requestTimeout=2000");

        CompletableFuture<Exchange> answer =
                held.askLater(StreamScript.whole(V3_MODEL, TOKENS, CLEAR).reply());
        Exchange failed = inTime(answer);

        assertThat(failed.getException()).isInstanceOf(ClovaTimeoutException.class);
        assertThat(((ClovaTimeoutException) failed.getException()).getOption()).isEqualTo("requestTimeout");
        assertThat(held.log().types()).containsExactly("token");
        slow.countDown();
        Awaitility.await().until(() -> held.log().all().size() > 1);
        assertThat(held.log().types()).containsExactly("token", "error");
        assertThat(held.log().last().body()).isEqualTo("It is ");
    }

    @Test
    void thePullerIsToldThatTheTimeIsOver() {
        Held later = Held.start(Face.PUSH, "requestTimeout=500", "maxRetries=0");
        Held held = Held.start(
                Face.PULL,
                // Its time began after ours, so that ours is over when it ends.
                exchange ->
                        assertThat(later.ask(Reply.nothing()).getException()).isInstanceOf(ClovaTimeoutException.class),
                "requestTimeout=500");

        Exchange failed = held.ask(StreamScript.whole(V3_MODEL, TOKENS, CLEAR).reply());

        assertThat(failed.getException()).isInstanceOf(ClovaTimeoutException.class);
        assertThat(held.log().types()).containsExactly("token");
    }

    @Test
    void aTokenRouteThatFailsEndsTheRelease() {
        Held held = Held.start(Face.PUSH, exchange -> {
            throw new IllegalStateException("no more");
        });

        Exchange failed = held.ask(StreamScript.whole(V3_MODEL, TOKENS, CLEAR).reply());

        assertThat(failed.getException()).isInstanceOf(IllegalStateException.class);
        assertThat(held.log().types()).containsExactly("token", "error");
    }

    private static Exchange inTime(CompletableFuture<Exchange> answer)
            throws ExecutionException, InterruptedException, TimeoutException {
        return answer.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
    }

    // ---- data changes nothing

    static Stream<String> headers() throws IllegalAccessException {
        Stream<String> options = Arrays.stream(ClovaConfiguration.class.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .map(field ->
                        "CamelClova" + Character.toUpperCase(field.getName().charAt(0))
                                + field.getName().substring(1));
        Stream.Builder<String> constants = Stream.builder();
        for (Field constant : ClovaConstants.class.getDeclaredFields()) {
            if (!constant.isSynthetic()) {
                constants.add((String) constant.get(null));
            }
        }
        return Stream.concat(options, constants.build())
                .distinct()
                .flatMap(name -> Stream.of(name, name.toLowerCase(Locale.ROOT), name.toUpperCase(Locale.ROOT)));
    }

    @ParameterizedTest
    @MethodSource("headers")
    void noHeaderLoosensThePolicy(String header) {
        Held held = Held.start(Face.PUSH, "allowedHeaderOverrides=all");

        // Where a header is read, 1 is a good value of it.
        for (Object value : List.of("1", 1, "-1", "off", false, "pass", "after", List.of(), Map.of("insult", 2))) {
            held.log().clear();
            Exchange answer = held.ask(
                    Map.of(header, value),
                    StreamScript.whole(V3_MODEL, TOKENS, DIRTY).reply());

            boolean refused = answer.getException() instanceof IllegalArgumentException;
            if (refused) {
                assertThat(routes.service().requests()).isEmpty();
                assertThat(held.log().types()).containsExactly("error");
            } else {
                assertThat(answer.getException()).isNull();
                assertThat(held.log().types()).containsExactly("result");
                assertThat(held.log().last().headers())
                        .containsEntry(ClovaConstants.AI_FILTER_FLAGGED, true)
                        .containsEntry(ClovaConstants.AI_FILTER_VERDICT, "unsafe")
                        .containsEntry(ClovaConstants.AI_FILTER_REASONS, List.of("insult"));
                assertThat(routes.service().requests().get(0).json().path("includeAiFilters"))
                        .isEqualTo(Target.read("true"));
            }
            routes.service().reset();
        }
    }
}
