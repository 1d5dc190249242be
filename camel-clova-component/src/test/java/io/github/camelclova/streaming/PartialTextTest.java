package io.github.camelclova.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.ClovaTruncatedException;
import io.github.camelclova.testing.Reply;
import org.apache.camel.Exchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a failed stream says of its text: what the route was handed, and nothing else. */
class PartialTextTest extends StreamingTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHeldAnswerThatBreaksOffGivesNothingAway(boolean pushed) {
        streamRoutes(pushed, "aiFilterPolicy=moderate", "aiFilterRelease=hold");

        assertThat(partialTextOfWhatBreaksOff()).isEmpty();
        assertThat(tokens.tokens()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aSentenceThatWasNotFinishedWasNotHandedOn(boolean pushed) {
        streamRoutes(pushed, "tokenUnit=sentence");

        assertThat(partialTextOfWhatBreaksOff()).isEqualTo("하나. ");
        assertThat(tokens.tokens()).containsExactly("하나. ");
    }

    private void streamRoutes(boolean pushed, String... options) {
        if (pushed) {
            pushedRoutes(Speaker.CLOVA_V3, options);
        } else {
            pulledRoutes(Speaker.CLOVA_V3, options);
        }
    }

    private String partialTextOfWhatBreaksOff() {
        service().replays(Reply.events(Speaker.CLOVA_V3.token("하나. ") + Speaker.CLOVA_V3.token("두")));

        Exchange answer = ask();

        return answer.getException(ClovaTruncatedException.class).getPartialText();
    }
}
