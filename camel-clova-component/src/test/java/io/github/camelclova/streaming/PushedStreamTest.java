package io.github.camelclova.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.camelclova.ClovaConstants;
import io.github.camelclova.chat.ClovaContextLengthException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaRefusedException;
import io.github.camelclova.chat.ClovaServerException;
import io.github.camelclova.chat.ClovaTruncatedException;
import io.github.camelclova.streaming.TokenRoute.Handed;
import io.github.camelclova.testing.LiveReply;
import io.github.camelclova.testing.Reply;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code streamTo}: each token is an exchange of its own, and the original goes on with the whole answer. */
class PushedStreamTest extends StreamingTest {

    @ParameterizedTest
    @EnumSource
    void everyTokenIsAnExchangeInItsOrderAndTheResultClosesThem(Speaker speaker) {
        pushedRoutes(speaker);
        service().replays(Reply.events(speaker.stream("안", "녕", "!")));

        Exchange answer = ask();

        assertThat(answer.getException()).isNull();
        assertThat(tokens.all()).extracting(Handed::body).containsExactly("안", "녕", "!", "안녕!");
        assertThat(tokens.types()).containsExactly("token", "token", "token", "result");
        assertThat(tokens.ofType("token"))
                .extracting(token -> token.headers().get(ClovaConstants.TOKEN_INDEX))
                .containsExactly(0, 1, 2);
        assertThat(tokens.all())
                .extracting(each -> each.headers().get(ClovaConstants.STREAM_COMPLETE))
                .containsExactly(null, null, null, true);
        assertThat(tokens.last().headers()).doesNotContainKey(ClovaConstants.TOKEN_INDEX);
    }

    @ParameterizedTest
    @EnumSource
    void theOriginalAndTheResultSayWhatAnAnswerThatIsNotStreamedSays(Speaker speaker) {
        pushedRoutes(speaker);
        routes(route -> route.from("direct:whole").to(speaker.endpoint(service())));
        service()
                .replays(
                        Reply.events(speaker.stream("안", "녕", "!")).header("x-ratelimit-remaining-requests", "59"),
                        Reply.json(speaker.answer("안녕!")).header("x-ratelimit-remaining-requests", "59"));

        Exchange streamed = ask();
        Exchange whole =
                template.send("direct:whole", exchange -> exchange.getMessage().setBody("hello"));

        assertThat(streamed.getMessage().getBody()).isEqualTo("안녕!");
        assertThat(answerHeaders(streamed)).isEqualTo(answerHeaders(whole));
        Map<String, Object> result = new TreeMap<>(tokens.last().headers());
        assertThat(result.remove(ClovaConstants.EVENT_TYPE)).isEqualTo("result");
        assertThat(result.remove(ClovaConstants.STREAM_COMPLETE)).isEqualTo(true);
        assertThat(result.remove(ClovaConstants.STREAM_ID)).isNotNull();
        assertThat(result.remove(ClovaConstants.REQUEST_ID)).isNotNull();
        assertThat(result).isEqualTo(answerHeaders(whole));
        assertThat(result)
                .contains(
                        entry(ClovaConstants.INPUT_TOKENS, Speaker.INPUT_TOKENS),
                        entry(ClovaConstants.OUTPUT_TOKENS, Speaker.OUTPUT_TOKENS),
                        entry(ClovaConstants.STOP_REASON, "stop"));
    }

    private static Map<String, Object> answerHeaders(Exchange exchange) {
        Map<String, Object> headers = new TreeMap<>(exchange.getMessage().getHeaders());
        headers.remove(ClovaConstants.REQUEST_ID);
        return headers;
    }

    @Test
    void everyExchangeOfAStreamHasTheHeadersOfTheOriginalButNotTheComponentsOwn() {
        pushedRoutes(Speaker.CLOVA_V3);
        service().replays(Reply.events(Speaker.CLOVA_V3.stream("안")));

        answered(template.asyncSend("direct:ask", exchange -> {
            exchange.getMessage().setBody("hello");
            exchange.getMessage().setHeader("Tenant", "busan");
            exchange.getMessage().setHeader("CamelFileName", "q.txt");
            exchange.getMessage().setHeader("CamelClovaTemperature", "0.5");
            exchange.getMessage().setHeader("camelCLOVAcancel", "true");
            exchange.getMessage().setHeader("CamelClovaStreamId", "forged");
        }));

        assertThat(tokens.types()).containsExactly("token", "result");
        assertThat(tokens.all()).allSatisfy(each -> {
            assertThat(each.headers()).contains(entry("Tenant", "busan"), entry("CamelFileName", "q.txt"));
            assertThat(each.headers()).doesNotContainKeys("CamelClovaTemperature", "camelCLOVAcancel");
            assertThat(each.headers().get(ClovaConstants.STREAM_ID)).isNotEqualTo("forged");
        });
    }

    @Test
    void streamsAreToldApartByTheirId() {
        pushedRoutes(Speaker.OPENAI);
        service().replays(Reply.events(Speaker.OPENAI.stream("안", "녕")), Reply.events(Speaker.OPENAI.stream("비")));

        ask();
        ask();

        List<Object> ids = tokens.all().stream()
                .map(each -> each.headers().get(ClovaConstants.STREAM_ID))
                .toList();
        assertThat(ids.subList(0, 3)).containsOnly(ids.get(0));
        assertThat(ids.subList(3, 5)).containsOnly(ids.get(3));
        assertThat(ids.get(0)).isNotEqualTo(ids.get(3));
    }

    @Test
    void everyExchangeOfAStreamHasAUnitOfWorkOfItsOwnThatEndsBeforeTheNextBegins() {
        Queue<String> story = new ConcurrentLinkedQueue<>();
        Set<Object> units = new HashSet<>();
        pushedRoutes(Speaker.CLOVA_V1);
        tokens.then(exchange -> {
            String body = exchange.getMessage().getBody(String.class);
            units.add(exchange.getUnitOfWork());
            story.add("begin " + body);
            exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
                @Override
                public void onComplete(Exchange completed) {
                    story.add("complete " + body);
                }
            });
        });
        service().replays(Reply.events(Speaker.CLOVA_V1.stream("안", "녕")));

        Exchange answer = ask();

        assertThat(story).containsExactly("begin 안", "complete 안", "begin 녕", "complete 녕", "begin 안녕", "complete 안녕");
        assertThat(units).hasSize(3).doesNotContain(answer.getUnitOfWork());
        assertThat(tokens.all())
                .extracting(each -> each.exchange().getProperty(Exchange.CORRELATION_ID))
                .containsOnly(answer.getExchangeId());
        assertThat(tokens.all())
                .extracting(each -> each.exchange().getExchangeId())
                .doesNotHaveDuplicates();
    }

    @Test
    void theNextTokenWaitsForThePreviousOneThatIsProcessedElsewhere() {
        AtomicInteger present = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        routes(route -> {
            route.from("direct:ask").to(Speaker.CLOVA_V3.endpoint(service()) + "&streamTo=direct:tokens");
            route.from("direct:tokens")
                    .process(exchange -> most.accumulateAndGet(present.incrementAndGet(), Math::max))
                    .threads(4)
                    .process(tokens)
                    .process(exchange -> present.decrementAndGet());
        });
        service().replays(Reply.events(Speaker.CLOVA_V3.stream("가", "나", "다", "라", "마", "바")));

        Exchange answer = ask();

        assertThat(answer.getMessage().getBody()).isEqualTo("가나다라마바");
        assertThat(tokens.tokens()).containsExactly("가", "나", "다", "라", "마", "바");
        assertThat(most).hasValue(1);
    }

    @Test
    void theCallersThreadIsFreeAndNoRouteRunsOnAnIoThread() {
        pushedRoutes(Speaker.CLOVA_V3);
        LiveReply live = live();
        AtomicInteger callbacks = new AtomicInteger();
        CompletableFuture<String> continuedOn = new CompletableFuture<>();
        Exchange exchange = context.getEndpoint("direct:ask").createExchange();
        exchange.getMessage().setBody("hello");

        boolean sync = processAsync(exchange, () -> {
            callbacks.incrementAndGet();
            continuedOn.complete(Thread.currentThread().getName());
        });
        live.awaitStarted(SOON);
        live.send(Speaker.CLOVA_V3.stream("안", "녕"));
        live.finish();

        assertThat(sync).isFalse();
        assertThat(continuedOn)
                .succeedsWithin(SOON)
                .asString()
                .contains("clova")
                .doesNotContain("clova-io");
        assertThat(tokens.all())
                .extracting(Handed::thread)
                .allSatisfy(name -> assertThat(name).contains("clova").doesNotContain("clova-io", "clova-clock"));
        until(() -> service().openReplies() == 0);
        assertThat(callbacks).hasValue(1);
    }

    private boolean processAsync(Exchange exchange, Runnable whenDone) {
        try {
            var producer = context.getEndpoint("direct:ask").createAsyncProducer();
            producer.start();
            return producer.process(exchange, doneSync -> whenDone.run());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOVA_V1", "CLOVA_V3"})
    void aStreamThatIsAllInItsResultSendsItsTextAsOneTokenFirst(Speaker speaker) {
        pushedRoutes(speaker);
        service().replays(Reply.events(speaker.result("안녕!") + speaker.end()));

        Exchange answer = ask();

        assertThat(answer.getMessage().getBody()).isEqualTo("안녕!");
        assertThat(tokens.types()).containsExactly("token", "result");
        assertThat(tokens.all()).extracting(Handed::body).containsExactly("안녕!", "안녕!");
    }

    @ParameterizedTest
    @EnumSource
    void aJsonAnswerInPlaceOfAStreamIsOneTokenAndItsResult(Speaker speaker) {
        pushedRoutes(speaker);
        service().replays(Reply.json(speaker.answer("안녕!")));

        Exchange answer = ask();

        assertThat(answer.getMessage().getBody()).isEqualTo("안녕!");
        assertThat(tokens.types()).containsExactly("token", "result");
        assertThat(tokens.all()).extracting(Handed::body).containsExactly("안녕!", "안녕!");
    }

    @ParameterizedTest
    @EnumSource
    void aJsonAnswerWithoutTextHasAResultAndNoToken(Speaker speaker) {
        pushedRoutes(speaker);
        service().replays(Reply.json(speaker.answer("")));

        Exchange answer = ask();

        assertThat(answer.getMessage().getBody()).isEqualTo("");
        assertThat(tokens.types()).containsExactly("result");
    }

    @ParameterizedTest
    @EnumSource
    void anErrorEnvelopeInPlaceOfAStreamIsThatError(Speaker speaker) {
        pushedRoutes(speaker);
        service().replays(Reply.json(speaker.refusal("40003")));

        Exchange answer = ask();

        assertThat(answer.getException()).isInstanceOf(ClovaContextLengthException.class);
        assertClosedWith(answer.getException(), "");
    }

    @ParameterizedTest
    @CsvSource({"400, 40001", "400, 40003", "401, 40104", "404, 40080", "501, 50100"})
    void aRefusalIsClosedWithOneErrorExchange(int status, String code) {
        pushedRoutes(Speaker.CLOVA_V3);
        service().replays(Reply.json(status, Speaker.CLOVA_V3.refusal(code)));

        Exchange answer = ask();

        assertThat(answer.getException(ClovaException.class).getStatusCode()).isEqualTo(status);
        assertThat(answer.getException(ClovaException.class).getCode()).isEqualTo(code);
        assertClosedWith(answer.getException(), "");
    }

    @Test
    void usedUpRetriesAreClosedWithOneErrorExchange() {
        pushedRoutes(Speaker.CLOVA_V3, "maxRetries=2", "retryDelay=1");
        service().replaysAlways(Reply.json(503, Speaker.CLOVA_V3.refusal("50300")));

        Exchange answer = ask();

        assertThat(answer.getException()).isInstanceOf(ClovaServerException.class);
        assertThat(service().requests()).hasSize(3);
        assertClosedWith(answer.getException(), "");
    }

    @Test
    void refusedInputIsClosedWithOneErrorExchangeAndAsksNobody() {
        pushedRoutes(Speaker.CLOVA_V3);

        Exchange answer = answered(template.asyncSend("direct:ask", exchange -> {
            exchange.getMessage().setBody("hello");
            exchange.getMessage().setHeader(ClovaConstants.TEMPERATURE, "warm");
        }));

        assertThat(answer.getException())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(ClovaConstants.TEMPERATURE);
        assertThat(service().requests()).isEmpty();
        assertClosedWith(answer.getException(), "");
    }

    @ParameterizedTest
    @EnumSource
    void anErrorAfterSomeTextIsClosedWithThatText(Speaker speaker) {
        pushedRoutes(speaker);
        service().replays(Reply.events(speaker.token("안") + speaker.token("녕") + speaker.error("40001")));

        Exchange answer = ask();

        assertThat(answer.getException()).isInstanceOf(ClovaRefusedException.class);
        assertThat(answer.getException(ClovaException.class).getPartialText()).isEqualTo("안녕");
        assertThat(tokens.types()).containsExactly("token", "token", "error");
        assertClosedWith(answer.getException(), "안녕");
    }

    @ParameterizedTest
    @EnumSource
    void aStreamThatLosesItsEndIsNotAnAnswer(Speaker speaker) {
        pushedRoutes(speaker);
        service().replays(Reply.events(speaker.token("안") + speaker.token("녕")));

        Exchange answer = ask();

        assertThat(answer.getException()).isInstanceOf(ClovaTruncatedException.class);
        assertThat(answer.getMessage().getBody()).isEqualTo("hello");
        assertThat(tokens.types()).containsExactly("token", "token", "error");
        assertClosedWith(answer.getException(), "안녕");
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsLostInTheMiddleIsATruncatedAnswer(Speaker speaker) {
        pushedRoutes(speaker);
        LiveReply live = live();

        CompletableFuture<Exchange> asking = asking();
        live.awaitStarted(SOON);
        live.send(speaker.token("안"));
        tokens.awaitCount(1);
        live.reset();

        Exchange answer = answered(asking);
        assertThat(answer.getException()).isInstanceOf(ClovaTruncatedException.class);
        assertClosedWith(answer.getException(), "안");
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsLostBehindTheResultHarmsNothing(Speaker speaker) {
        pushedRoutes(speaker);
        LiveReply live = live();

        CompletableFuture<Exchange> asking = asking();
        live.awaitStarted(SOON);
        live.send(speaker.token("안") + speaker.result("안"));
        tokens.awaitCount(1);
        live.breakOff();

        Exchange answer = answered(asking);
        assertThat(answer.getException()).isNull();
        assertThat(answer.getMessage().getBody()).isEqualTo("안");
        assertThat(tokens.types()).containsExactly("token", "result");
    }

    @ParameterizedTest
    @EnumSource
    void aResultDoesNotWaitForAnEndMarkerThatNeverComes(Speaker speaker) {
        pushedRoutes(speaker);
        LiveReply live = live();

        CompletableFuture<Exchange> asking = asking();
        live.awaitStarted(SOON);
        live.send(speaker.token("안") + speaker.result("안"));

        Exchange answer = answered(asking);
        assertThat(answer.getMessage().getBody()).isEqualTo("안");
        live.awaitClientGone(SOON);
    }

    @Test
    void aFailureOfTheErrorExchangeChangesNothing() {
        pushedRoutes(Speaker.CLOVA_V3);
        tokens.then(exchange -> {
            throw new IllegalStateException("while handling the error");
        });
        service().replays(Reply.json(400, Speaker.CLOVA_V3.refusal("40001")));

        Exchange answer = ask();

        assertThat(answer.getException()).isInstanceOf(ClovaRefusedException.class);
        assertThat(answer.getException().getSuppressed()).isEmpty();
        assertThat(tokens.types()).containsExactly("error");
    }

    @Test
    void aFailureOfTheResultExchangeFailsTheOriginal() {
        pushedRoutes(Speaker.CLOVA_V3);
        tokens.then(exchange -> {
            if (tokens.last().type().equals("result")) {
                throw new IllegalStateException("no room for the result");
            }
        });
        service().replays(Reply.events(Speaker.CLOVA_V3.stream("안")));

        Exchange answer = ask();

        assertThat(answer.getException()).hasMessage("no room for the result");
        assertThat(tokens.types()).containsExactly("token", "result");
    }

    @Test
    void aTargetThatNobodyConsumesFailsTheOriginal() {
        routes(route -> {
            route.errorHandler(route.noErrorHandler());
            route.from("direct:ask")
                    .to(Speaker.CLOVA_V3.endpoint(service())
                            + "&streamTo=RAW(direct:nobody?block=false&failIfNoConsumers=true)");
        });
        service().replays(Reply.events(Speaker.CLOVA_V3.stream("안", "녕")));

        Exchange answer = ask();

        assertThat(answer.getException()).hasMessageContaining("direct://nobody");
    }

    /** The last exchange, and no other one, is an error with this text, not failed itself. */
    private void assertClosedWith(Exception failure, String text) {
        Handed last = tokens.last();
        assertThat(tokens.ofType("result")).isEmpty();
        assertThat(tokens.ofType("error")).containsExactly(last);
        assertThat(last.body()).isEqualTo(text);
        assertThat(last.headers()).containsEntry(ClovaConstants.STREAM_COMPLETE, true);
        assertThat(last.exchange().getProperty(Exchange.EXCEPTION_CAUGHT)).isSameAs(failure);
        assertThat(last.exchange().getException()).isNull();
    }
}
