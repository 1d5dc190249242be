package io.github.camelclova.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TranscriptTest {

    @RegisterExtension
    static final ClovaStandInExtension service = new ClovaStandInExtension();

    private final Transcript hello = Transcript.load("transcripts/hello.sse");

    @Test
    void isReadFromTheClassPathAndReplayedByteForByte(ClovaStandIn standIn) throws Exception {
        standIn.replays(Reply.events(hello).byteByByte());

        assertThat(Http.post(standIn.baseUrl(), "{}").body().getBytes(UTF_8)).isEqualTo(hello.bytes());
        assertThat(standIn).isSameAs(service.get());
    }

    @Test
    void oneThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Transcript.load("transcripts/none.sse"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("transcripts/none.sse");
    }

    @Test
    void losesItsLastEventWhole() {
        assertThat(hello.withoutLastEvent().text())
                .startsWith("id:1\n")
                .endsWith("\"}}\n\n")
                .doesNotContain("signal");
        assertThat(hello.withCrLf().withoutLastEvent())
                .isEqualTo(hello.withoutLastEvent().withCrLf());
        assertThat(Transcript.of("data:1\n\n").withoutLastEvent().text()).isEmpty();
    }

    @Test
    void takesTheLineEndsAndSpacesOfOtherServices() {
        Transcript event = Transcript.of("id:1\ndata: {\"a\":1}\n\n");

        assertThat(event.withCrLf().withCrLf().text()).isEqualTo("id:1\r\ndata: {\"a\":1}\r\n\r\n");
        assertThat(event.withSpacesAfterColons().text()).isEqualTo("id: 1\ndata: {\"a\":1}\n\n");
        assertThat(event.then(":bye\n").text()).endsWith("\n\n:bye\n");
    }
}
