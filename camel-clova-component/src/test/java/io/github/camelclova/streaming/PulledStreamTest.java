package io.github.camelclova.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.camelclova.ClovaConstants;
import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaContextLengthException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaRefusedException;
import io.github.camelclova.chat.ClovaTruncatedException;
import io.github.camelclova.streaming.TokenRoute.Handed;
import io.github.camelclova.testing.LiveReply;
import io.github.camelclova.testing.Reply;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code streaming=true}: the stream is the body, to be split. */
class PulledStreamTest extends StreamingTest {

    @ParameterizedTest
    @EnumSource
    void everyTokenIsAPartWithHeadersOfItsOwnAndTheResultIsTheLast(Speaker speaker) {
        pulledRoutes(speaker);
        service().replays(Reply.events(speaker.stream("안", "녕", "!")));

        Exchange answer = ask();

        assertThat(answer.getException()).isNull();
        assertThat(tokens.all()).extracting(Handed::body).containsExactly("안", "녕", "!", "안녕!");
        assertThat(tokens.types()).containsExactly("token", "token", "token", "result");
        assertThat(tokens.all())
                .extracting(each -> each.headers().get(ClovaConstants.TOKEN_INDEX))
                .containsExactly(0, 1, 2, null);
        assertThat(tokens.all())
                .extracting(each -> each.headers().get(ClovaConstants.STREAM_COMPLETE))
                .containsExactly(null, null, null, true);
        assertThat(tokens.all())
                .extracting(each -> each.headers().get(ClovaConstants.STREAM_ID))
                .containsOnly(tokens.last().headers().get(ClovaConstants.STREAM_ID))
                .doesNotContainNull();
        assertThat(tokens.all())
                .extracting(each -> each.headers().get(ClovaConstants.REQUEST_ID))
                .containsOnly(tokens.last().headers().get(ClovaConstants.REQUEST_ID))
                .doesNotContainNull();
        assertThat(tokens.all())
                .extracting(each -> each.headers().get(ClovaConstants.ATTEMPTS))
                .containsOnly(1);
    }

    @ParameterizedTest
    @EnumSource
    void theResultSaysWhatAnAnswerThatIsNotStreamedSays(Speaker speaker) {
        pulledRoutes(speaker);
        routes(route -> route.from("direct:whole").to(speaker.endpoint(service())));
        service().replays(Reply.events(speaker.stream("안", "녕", "!")), Reply.json(speaker.answer("안녕!")));

        ask();
        Exchange whole =
                template.send("direct:whole", exchange -> exchange.getMessage().setBody("hello"));

        Map<String, Object> expected = new TreeMap<>(whole.getMessage().getHeaders());
        expected.remove(ClovaConstants.REQUEST_ID);
        Map<String, Object> result = new TreeMap<>(tokens.last().headers());
        result.keySet()
                .removeAll(List.of(
                        ClovaConstants.EVENT_TYPE,
                        ClovaConstants.STREAM_ID,
                        ClovaConstants.STREAM_COMPLETE,
                        ClovaConstants.REQUEST_ID));
        assertThat(result).isEqualTo(expected);
    }

    @Test
    void partsHaveTheHeadersOfTheOriginalButNotTheComponentsOwn() {
        pulledRoutes(Speaker.CLOVA_V3);
        service().replays(Reply.events(Speaker.CLOVA_V3.stream("안")));

        answered(template.asyncSend("direct:ask", exchange -> {
            exchange.getMessage().setBody("hello");
            exchange.getMessage().setHeader("Tenant", "busan");
            exchange.getMessage().setHeader("camelclovaTOPP", "0.5");
            exchange.getMessage().setHeader("CamelClovaCancel", "true");
        }));

        assertThat(tokens.types()).containsExactly("token", "result");
        assertThat(tokens.all()).allSatisfy(each -> assertThat(each.headers())
                .contains(entry("Tenant", "busan"))
                .doesNotContainKeys("camelclovaTOPP", "CamelClovaCancel"));
    }

    @ParameterizedTest
    @EnumSource
    void aTokenIsInTheRouteBeforeTheNextWasSent(Speaker speaker) {
        pulledRoutes(speaker);
        LiveReply live = live();

        CompletableFuture<Exchange> asking = asking();

        assertTokensComeOneByOne(speaker, live);
        live.finish();
        assertThat(answered(asking).getException()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void aPushedTokenIsInTheRouteBeforeTheNextWasSent(Speaker speaker) {
        pushedRoutes(speaker);
        LiveReply live = live();

        CompletableFuture<Exchange> asking = asking();

        assertTokensComeOneByOne(speaker, live);
        live.finish();
        assertThat(answered(asking).getMessage().getBody()).isEqualTo("가나다");
    }

    private void assertTokensComeOneByOne(Speaker speaker, LiveReply live) {
        live.awaitStarted(SOON);
        int count = 0;
        for (String text : List.of("가", "나", "다")) {
            live.send(speaker.token(text));
            tokens.awaitCount(++count);
            assertThat(tokens.last().body()).isEqualTo(text);
        }
        live.send(speaker.result("가나다") + speaker.end());
        tokens.awaitCount(4);
    }

    @Test
    void hasNextNeverWaitsForTheService() throws IOException {
        LiveReply live = live();
        withIterator(live, iterator -> {
            assertThat(iterator.hasNext()).isTrue();
            assertThat(iterator.hasNext()).isTrue();
            live.send(Speaker.CLOVA_V3.token("안"));
            assertThat(iterator.next().getBody()).isEqualTo("안");
            assertThat(iterator.hasNext()).isTrue();
            live.send(Speaker.CLOVA_V3.result("안") + Speaker.CLOVA_V3.end());
            assertThat(iterator.next().getHeader(ClovaConstants.EVENT_TYPE)).isEqualTo("result");
            assertThat(iterator.hasNext()).isFalse();
            assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
        });
    }

    @Test
    void aClosedIteratorIsAtItsEndAndTheServiceIsCutOff() {
        LiveReply live = live();
        withIterator(live, iterator -> {
            live.send(Speaker.CLOVA_V3.token("안") + Speaker.CLOVA_V3.token("녕"));
            assertThat(iterator.next().getBody()).isEqualTo("안");

            close(iterator);

            assertThat(iterator.hasNext()).isFalse();
            assertThatThrownBy(iterator::next).isInstanceOf(NoSuchElementException.class);
            close(iterator);
            live.awaitClientGone(SOON);
        });
    }

    @Test
    void whoeverIsInterruptedIsToldWhichCallThatEndedAndWhatCameOfIt() {
        LiveReply live = live();
        withIterator(live, iterator -> {
            live.send(Speaker.CLOVA_V3.token("안"));
            Message token = iterator.next();

            Thread.currentThread().interrupt();

            assertThatThrownBy(iterator::next).isInstanceOfSatisfying(ClovaCancelledException.class, cancelled -> {
                assertThat(cancelled.getRequestId()).isEqualTo(token.getHeader(ClovaConstants.REQUEST_ID));
                assertThat(cancelled.getPartialText()).isEqualTo("안");
            });
            assertThat(Thread.interrupted()).isTrue();
            assertThat(iterator.hasNext()).isFalse();
            live.awaitClientGone(SOON);
        });
    }

    private static void close(Iterator<Message> iterator) {
        try {
            ((Closeable) iterator).close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Inside a route, where the exchange goes on. */
    private void withIterator(LiveReply live, Consumer<Iterator<Message>> test) {
        routes(route -> {
            route.errorHandler(route.noErrorHandler());
            route.from("direct:ask")
                    .to(Speaker.CLOVA_V3.endpoint(service(), "streaming=true"))
                    .process(exchange -> test.accept(iterator(exchange)));
        });
        Exchange answer = ask();
        if (answer.getException() != null) {
            throw new AssertionError(answer.getException());
        }
        until(() -> live.clientGoneAt().isPresent() || service().openReplies() <= 1);
    }

    @SuppressWarnings("unchecked")
    private static Iterator<Message> iterator(Exchange exchange) {
        return exchange.getMessage().getBody(Iterator.class);
    }

    @Test
    void aRouteThatNeverSplitsLeavesNoCallBehind() {
        LiveReply live = live();
        routes(route -> route.from("direct:ask").to(Speaker.CLOVA_V3.endpoint(service(), "streaming=true")));

        Exchange answer = ask();

        live.awaitClientGone(SOON);
        assertThat(answer.getException()).isNull();
        assertThat(iterator(answer).hasNext()).isFalse();
    }

    @Test
    void aRequestStraightAtTheEndpointIsOverWithItsExchange() {
        LiveReply live = live();

        Exchange answer = template.request(
                Speaker.CLOVA_V3.endpoint(service(), "streaming=true"),
                exchange -> exchange.getMessage().setBody("hello"));

        live.awaitClientGone(SOON);
        assertThat(iterator(answer).hasNext()).isFalse();
    }

    @Test
    void theStepKnowsWhatTheHeadSaid() {
        routes(route -> route.from("direct:ask").to(Speaker.CLOVA_V3.endpoint(service(), "streaming=true")));
        service().replays(Reply.events(Speaker.CLOVA_V3.stream("안")).header("x-ratelimit-remaining-tokens", "9"));

        Exchange answer = ask();

        assertThat(answer.getMessage().getHeaders())
                .contains(
                        entry(ClovaConstants.STATUS_CODE, 200),
                        entry(ClovaConstants.ATTEMPTS, 1),
                        entry(ClovaConstants.RATE_LIMIT, Map.of("x-ratelimit-remaining-tokens", "9")))
                .containsKey(ClovaConstants.REQUEST_ID);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorThatComesWithTheHeadFailsTheStep(Speaker speaker) {
        pulledRoutes(speaker);
        service().replays(Reply.events(speaker.error("40003")));

        Exchange answer = ask();

        assertThat(answer.getException()).isInstanceOf(ClovaContextLengthException.class);
        assertThat(answer.getMessage().getBody()).isEqualTo("hello");
        assertThat(tokens.all()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"400, 40001", "401, 40104", "429, 42901", "500, 50000"})
    void aRefusalFailsTheStep(int status, String code) {
        pulledRoutes(Speaker.CLOVA_V3, "maxRetries=0");
        service().replays(Reply.json(status, Speaker.CLOVA_V3.refusal(code)));

        Exchange answer = ask();

        assertThat(answer.getException(ClovaException.class).getCode()).isEqualTo(code);
        assertThat(answer.getMessage().getBody()).isEqualTo("hello");
    }

    @ParameterizedTest
    @EnumSource
    void anErrorAfterATokenIsThrownByNext(Speaker speaker) {
        pulledRoutes(speaker);
        service().replays(Reply.events(speaker.token("안") + speaker.error("40001")));

        Exchange answer = ask();

        assertThat(tokens.tokens()).containsExactly("안");
        assertThat(failure(answer)).isInstanceOf(ClovaRefusedException.class);
        assertThat(failure(answer).getPartialText()).isEqualTo("안");
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatLosesItsEndIsNotAnAnswer(Speaker speaker) {
        pulledRoutes(speaker);
        service().replays(Reply.events(speaker.token("안") + speaker.token("녕")));

        Exchange answer = ask();

        assertThat(tokens.types()).containsExactly("token", "token");
        assertThat(failure(answer)).isInstanceOf(ClovaTruncatedException.class);
        assertThat(failure(answer).getPartialText()).isEqualTo("안녕");
    }

    private static ClovaException failure(Exchange exchange) {
        return exchange.getException(ClovaException.class);
    }

    @Test
    void aFailingPartStopsTheServiceWhereTheSplitStops() {
        pulledRoutes(Speaker.CLOVA_V3);
        tokens.then(exchange -> {
            throw new IllegalStateException("no such word");
        });
        LiveReply live = live();

        CompletableFuture<Exchange> asking = asking();
        live.awaitStarted(SOON);
        live.send(Speaker.CLOVA_V3.token("가") + Speaker.CLOVA_V3.token("나") + Speaker.CLOVA_V3.token("다"));

        live.awaitClientGone(SOON);
        assertThat(answered(asking).getException()).hasRootCauseMessage("no such word");
        assertThat(tokens.tokens()).containsExactly("가");
    }

    @Test
    void aFailingPartDoesNotStopAServiceWhereTheSplitGoesOn() {
        routes(route -> {
            route.errorHandler(route.noErrorHandler());
            route.from("direct:ask")
                    .to(Speaker.CLOVA_V3.endpoint(service(), "streaming=true"))
                    .split(route.body())
                    .streaming()
                    .process(tokens)
                    .end();
        });
        tokens.then(exchange -> {
            if (exchange.getMessage().getBody().equals("가")) {
                throw new IllegalStateException("no such word");
            }
        });
        service().replays(Reply.events(Speaker.CLOVA_V3.stream("가", "나")));

        ask();

        assertThat(tokens.types()).containsExactly("token", "token", "result");
    }

    @ParameterizedTest
    @CsvSource({"true, text", "true, boolean"})
    void aCancelEndsTheStreamQuietly(boolean cancel, String type) {
        pulledRoutes(Speaker.CLOVA_V3);
        tokens.then(exchange -> exchange.getMessage()
                .setHeader(ClovaConstants.CANCEL, type.equals("text") ? String.valueOf(cancel) : cancel));
        LiveReply live = live();

        CompletableFuture<Exchange> asking = asking();
        live.awaitStarted(SOON);
        live.send(Speaker.CLOVA_V3.token("가") + Speaker.CLOVA_V3.token("나"));

        live.awaitClientGone(SOON);
        assertThat(answered(asking).getException()).isNull();
        assertThat(tokens.tokens()).containsExactly("가");
    }

    @Test
    void aCancelCountsOnWhateverMessageThePartHasByThen() {
        pulledRoutes(Speaker.CLOVA_V3);
        tokens.then(exchange -> {
            Message another = exchange.getMessage().copy();
            exchange.setMessage(another);
            another.setHeader(ClovaConstants.CANCEL, true);
        });
        service().replays(Reply.events(Speaker.CLOVA_V3.stream("가", "나", "다")));

        Exchange answer = ask();

        assertThat(answer.getException()).isNull();
        assertThat(tokens.tokens()).containsExactly("가");
    }

    /** Parts that are processed side by side are handed out in order and end in any; each is there once. */
    @Test
    void aParallelSplitHandsEveryTokenOutOnce() {
        List<Integer> indices = new CopyOnWriteArrayList<>();
        routes(route -> {
            route.errorHandler(route.noErrorHandler());
            route.from("direct:ask")
                    .to(Speaker.CLOVA_V3.endpoint(service(), "streaming=true"))
                    .split(route.body())
                    .streaming()
                    .parallelProcessing()
                    .process(exchange -> {
                        Integer index = exchange.getMessage().getHeader(ClovaConstants.TOKEN_INDEX, Integer.class);
                        indices.add(index == null ? -1 : index);
                    })
                    .end();
        });
        service().replays(Reply.events(Speaker.CLOVA_V3.stream("가", "나", "다", "라", "마")));

        Exchange answer = ask();

        assertThat(answer.getException()).isNull();
        assertThat(indices).containsExactlyInAnyOrder(0, 1, 2, 3, 4, -1);
    }
}
