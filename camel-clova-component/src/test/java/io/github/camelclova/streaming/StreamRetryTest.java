package io.github.camelclova.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.ClovaConstants;
import io.github.camelclova.chat.ClovaContextLengthException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaRateLimitException;
import io.github.camelclova.testing.Ending;
import io.github.camelclova.testing.LiveReply;
import io.github.camelclova.testing.Reply;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream may be asked for again as long as nothing of it was handed on, and never after that. */
class StreamRetryTest extends StreamingTest {

    private void streamRoutes(boolean pushed, Speaker speaker, String... options) {
        if (pushed) {
            pushedRoutes(speaker, options);
        } else {
            pulledRoutes(speaker, options);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "true,  CLOVA_V1, 42901",
        "true,  CLOVA_V3, 50000",
        "true,  OPENAI,   42901",
        "false, CLOVA_V1, 50400",
        "false, CLOVA_V3, 42901",
        "false, OPENAI,   40800",
    })
    void anErrorInPlaceOfTheFirstTokenIsAskedAgain(boolean pushed, Speaker speaker, String code) {
        streamRoutes(pushed, speaker, "retryDelay=1");
        service()
                .replays(
                        Reply.events(speaker.error(code)),
                        Reply.events(speaker.error(code)),
                        Reply.events(speaker.stream("안", "녕")));

        Exchange answer = ask();

        assertThat(answer.getException()).isNull();
        assertThat(tokens.tokens()).containsExactly("안", "녕");
        assertThat(tokens.types()).containsExactly("token", "token", "result");
        assertThat(tokens.last().headers()).containsEntry(ClovaConstants.ATTEMPTS, 3);
        assertThat(answer.getMessage().getHeader(ClovaConstants.ATTEMPTS)).isEqualTo(3);
        assertThat(service().requests()).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalThatComesAsAnEventIsThatRefusal(Speaker speaker) {
        streamRoutes(true, speaker);
        service().replays(Reply.events(speaker.error("40003")).status(400));

        Exchange failed = ask();

        assertThat(failed.getException()).isInstanceOfSatisfying(ClovaContextLengthException.class, refusal -> {
            assertThat(refusal.getCode()).isEqualTo("40003");
            assertThat(refusal.getStatusCode()).isEqualTo(400);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAnswerThatOnlyLacksItsEndMarkerIsWholeWhenTimeIsOver(boolean pushed) {
        streamRoutes(pushed, Speaker.CLOVA_V3, "requestTimeout=600");
        String stream = Speaker.CLOVA_V3.stream("안", "녕");
        service()
                .replays(Reply.events(stream.substring(0, stream.indexOf("event:signal")))
                        .ending(Ending.STALL));

        Exchange answer = ask();

        assertThat(answer.getException()).isNull();
        assertThat(tokens.types()).containsExactly("token", "token", "result");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRefusalThatMayPassIsAskedAgain(boolean pushed) {
        streamRoutes(pushed, Speaker.CLOVA_V3, "retryDelay=1");
        service()
                .replays(
                        Reply.json(429, Speaker.CLOVA_V3.refusal("42901")).header("Retry-After-Ms", "1"),
                        Reply.json(200, Speaker.CLOVA_V3.refusal("50000")),
                        Reply.events(Speaker.CLOVA_V3.stream("안")));

        Exchange answer = ask();

        assertThat(answer.getException()).isNull();
        assertThat(tokens.types()).containsExactly("token", "result");
        assertThat(tokens.last().headers()).containsEntry(ClovaConstants.ATTEMPTS, 3);
    }

    @ParameterizedTest
    @CsvSource({"true, CLOVA_V1", "true, OPENAI", "false, CLOVA_V3", "false, OPENAI"})
    void nothingIsAskedAgainOnceATokenWasHandedOn(boolean pushed, Speaker speaker) {
        streamRoutes(pushed, speaker, "retryDelay=1");
        service()
                .replays(Reply.events(speaker.token("안") + speaker.error("42901")), Reply.events(speaker.stream("틀림")));

        Exchange answer = ask();

        assertThat(answer.getException(ClovaException.class)).isInstanceOf(ClovaRateLimitException.class);
        assertThat(answer.getException(ClovaException.class).getPartialText()).isEqualTo("안");
        assertThat(tokens.tokens()).containsExactly("안");
        assertThat(service().requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thinkingThatWasHandedOnCountsLikeAToken(boolean pushed) {
        streamRoutes(pushed, Speaker.CLOVA_V3, "retryDelay=1", "emitThinking=true");
        service()
                .replays(
                        Reply.events(Speaker.CLOVA_V3.thinking("음") + Speaker.CLOVA_V3.error("42901")),
                        Reply.events(Speaker.CLOVA_V3.stream("틀림")));

        Exchange answer = ask();

        assertThat(answer.getException(ClovaException.class)).isInstanceOf(ClovaRateLimitException.class);
        assertThat(service().requests()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource
    void thinkingThatNobodySawIsThoughtAgain(Speaker speaker) {
        pushedRoutes(speaker, "retryDelay=1");
        service()
                .replays(
                        Reply.events(speaker.thinking("음") + speaker.error("42901")),
                        Reply.events(speaker.stream("안")));

        Exchange answer = ask();

        assertThat(answer.getMessage().getBody()).isEqualTo("안");
        assertThat(answer.getMessage().getHeader(ClovaConstants.THINKING)).isNull();
        assertThat(answer.getMessage().getHeader(ClovaConstants.ATTEMPTS)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anErrorThatWillNotPassIsNotAskedAgain(boolean pushed) {
        streamRoutes(pushed, Speaker.CLOVA_V3, "retryDelay=1");
        service().replays(Reply.events(Speaker.CLOVA_V3.error("40003")));

        Exchange answer = ask();

        assertThat(answer.getException()).isInstanceOf(ClovaContextLengthException.class);
        assertThat(service().requests()).hasSize(1);
    }

    @Test
    void theStepWaitsForTheTryThatBringsAnAnswer() {
        pulledRoutes(Speaker.CLOVA_V3, "retryDelay=1");
        LiveReply live = new LiveReply();
        service().replays(Reply.events(Speaker.CLOVA_V3.error("42901")), live.reply());

        CompletableFuture<Exchange> asking = asking();
        live.awaitStarted(SOON);
        live.send(Speaker.CLOVA_V3.stream("안"));
        live.finish();

        Exchange answer = answered(asking);
        assertThat(answer.getMessage().getHeader(ClovaConstants.ATTEMPTS)).isEqualTo(2);
        assertThat(tokens.types()).containsExactly("token", "result");
    }
}
