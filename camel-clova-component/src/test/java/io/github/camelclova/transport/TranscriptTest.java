package io.github.camelclova.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TranscriptTest {

    static List<Transcript> transcripts() {
        return Transcript.all();
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void givesTheEventsOfTheStandardWithEverySingleCut(Transcript transcript) {
        byte[] body = transcript.body();
        List<Received> expected = ReferenceDecoder.decode(body);

        assertThat(expected).isNotEmpty();
        for (int position = 0; position <= body.length; position++) {
            assertThat(Wire.decode(Wire.cutAt(body, position)))
                    .as("cut at %d", position)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("transcripts")
    void hasJsonOrTheEndMarkerInEveryEvent(Transcript transcript) {
        ObjectMapper json = new ObjectMapper();

        List<Received> events = Wire.decode(Wire.whole(transcript.body()));

        assertThat(events).isNotEmpty().allSatisfy(event -> {
            if (!event.text().equals("[DONE]")) {
                assertThatCode(() -> json.readTree(event.text())).doesNotThrowAnyException();
                assertThat(event.text()).startsWith("{").endsWith("}");
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "clova-v1/hello-in-three-tokens.sse, token token token result signal",
        "clova-v1/hello-with-spaces.sse,     token token token result signal",
        "clova-v1/hello.crlf.sse,            token token token result signal",
        "clova-v1/no-signal.sse,             token token token result",
        "clova-v1/error-first-overflow.sse,  error",
        "clova-v1/error-mid-stream.sse,      token token error",
        "clova-v1/result-only.sse,           result signal",
        "clova-v3/thinking.sse,              token token token token result signal",
        "clova-v3/tool-call.sse,             token token token token result signal",
        "clova-v3/keep-alive.sse,            token token progress token result signal",
        "clova-v3/multi-line-data.sse,       token token token result signal",
        "clova-v3/lost-result.sse,           token token token",
        "openai/hello-in-three-tokens.sse,   message message message message message message",
        "openai/usage-in-last.sse,           message message message message message message message",
        "openai/citations.sse,               message message message",
        "openai/byte-order-mark.sse,         message message message message message message",
    })
    void hasTheseEvents(Transcript transcript, String names) {
        List<Received> events = Wire.decode(Wire.whole(transcript.body()));

        assertThat(events).extracting(Received::name).containsExactly(names.split(" "));
        assertThat(events).allMatch(Received::closed);
    }

    @ParameterizedTest
    @CsvSource({
        "clova-v1/hello-in-three-tokens.sse, clova-v1/hello-with-spaces.sse",
        "clova-v1/hello-in-three-tokens.sse, clova-v1/hello.crlf.sse",
        "clova-v3/hello-in-three-tokens.sse, clova-v3/hello-with-spaces.sse",
        "clova-v3/hello-in-three-tokens.sse, clova-v3/hello.crlf.sse",
        "openai/hello-in-three-tokens.sse,   openai/hello-without-spaces.sse",
        "openai/hello-in-three-tokens.sse,   openai/hello.crlf.sse",
        "openai/hello-in-three-tokens.sse,   openai/byte-order-mark.sse",
        "openai/hello-in-three-tokens.sse,   openai/keep-alive.sse",
    })
    void saysTheSameHoweverItIsWritten(Transcript one, Transcript other) {
        List<Received> expected = Wire.decode(Wire.whole(one.body()));

        List<Received> events = Wire.decode(Wire.whole(other.body()));

        assertThat(other.body()).isNotEqualTo(one.body());
        assertThat(events)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("lastEventId")
                .isEqualTo(expected);
    }

    @Test
    void anEventThatTheBodyLeavesOpenIsHandedOutAsSuch() {
        List<Received> events = Wire.decode(Wire.whole(new Transcript("openai/no-last-blank-line.sse").body()));

        Received last = events.get(events.size() - 1);
        assertThat(last).isEqualTo(new Received("message", "", "[DONE]", false));
    }

    @ParameterizedTest
    @CsvSource({"clova-v1/hello.crlf.sse", "clova-v3/hello.crlf.sse", "openai/hello.crlf.sse"})
    void keepsItsLineEndsInTheRepository(Transcript transcript) {
        String body = new String(transcript.body(), UTF_8);

        assertThat(body.replace("\r\n", "")).doesNotContain("\r", "\n");
        assertThat(body).endsWith("\r\n\r\n");
    }
}
