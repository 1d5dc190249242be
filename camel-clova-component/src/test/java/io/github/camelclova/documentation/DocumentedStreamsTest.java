package io.github.camelclova.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.ClovaConstants;
import io.github.camelclova.testing.Reply;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** The routes of the page about streaming. */
@InEveryDsl
class DocumentedStreamsTest extends DocumentedRoutes {

    private static final Reply BREAKS_OFF = Reply.events("""
            event:token
            data:{"message":{"role":"assistant","content":"Once upon"}}

            """);

    @Test
    void aPushedStreamShowsItsTokensEndsOnceAndGoesOnWithTheWhole() throws Exception {
        load("push");

        ask("안녕");

        assertThat(bodiesAt("answers")).containsExactly(textShown());
        assertThat(bodiesAt("show")).hasSizeGreaterThan(10);
        assertThat(exchangesAt("show"))
                .extracting(exchange -> exchange.getMessage().getHeader(ClovaConstants.TOKEN_INDEX))
                .startsWith(0, 1, 2);
        assertThat(bodiesAt("end")).containsExactly(textShown());
        assertThat(bodiesAt("broken-off")).isEmpty();
    }

    @Test
    void aPushedStreamThatBreaksOffClosesWithTheTextSoFar() throws Exception {
        load("push");
        service().replays(BREAKS_OFF);

        Exchange asked =
                template.send("direct:ask", exchange -> exchange.getMessage().setBody("hello"));

        assertThat(asked.getException()).isNotNull();
        assertThat(bodiesAt("broken-off")).containsExactly("Once upon");
        assertThat(bodiesAt("end")).isEmpty();
        assertThat(bodiesAt("answers")).isEmpty();
    }

    @Test
    void aPulledStreamIsSplitIntoItsTokensAndItsResult() throws Exception {
        load("pull");

        ask("안녕");

        assertThat(bodiesAt("show")).hasSizeGreaterThan(10);
        assertThat(bodiesAt("answers")).containsExactly(textShown());
        assertThat(exchangesAt("answers").get(0).getMessage().getHeader(ClovaConstants.STOP_REASON))
                .isEqualTo("stop");
    }

    @Test
    void aPulledStreamThatBreaksOffFailsTheExchange() throws Exception {
        load("pull");
        service().replays(BREAKS_OFF);

        Exchange asked =
                template.send("direct:ask", exchange -> exchange.getMessage().setBody("hello"));

        assertThat(asked.getException()).isNotNull();
        assertThat(bodiesAt("show")).containsExactly("Once upon");
        assertThat(bodiesAt("answers")).isEmpty();
    }

    @Test
    void aCancelledStreamGoesOnWithWhatWasHandedOn() throws Exception {
        load("cancel");

        ask("안녕");

        assertThat(bodiesAt("cut-short")).containsExactly("여기는 언어 모델이 아니라 연습용 대역 서비스입니다. 보내신 말씀은 잘 받았습니다: “안녕”. ");
        assertThat(bodiesAt("answers")).isEmpty();
    }

    private String textShown() {
        List<Object> tokens = bodiesAt("show");
        return tokens.stream().map(Object::toString).collect(Collectors.joining());
    }
}
