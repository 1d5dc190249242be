package io.github.camelclova.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadWatchTest {

    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";

    private final HeadWatch watch = new HeadWatch();

    @Test
    void everyPartOfAHeadIsOneThatMoreHasToFollow() {
        for (int end = 1; end < HEAD.length(); end++) {
            HeadWatch cut = new HeadWatch();
            cut.asked();
            came(cut, HEAD.substring(0, end));

            assertThat(cut.isInHead()).as(HEAD.substring(0, end)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {HEAD, HEAD + "{}", HEAD + "HTTP/", "HTTP/1.1 200 OK\n\n", "HTTP/1.1 200 OK\r\nX:y\n\nHTTP/"})
    void behindItsEmptyLineNothingIsAHead(String response) {
        watch.asked();

        came(watch, response);

        assertThat(watch.isInHead()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "103", "199"})
    void behindAHeadThatOnlyInformsAnotherFollows(String status) {
        watch.asked();
        came(watch, HEAD.replace("200", status));

        assertThat(watch.isInHead()).isFalse();
        came(watch, "H");
        assertThat(watch.isInHead()).isTrue();
        came(watch, HEAD.substring(1) + "HTTP/");
        assertThat(watch.isInHead()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0", "{}", "\r\n", "HTTQ", " HTTP/1.1"})
    void whatDoesNotBeginLikeAHeadIsNone(String response) {
        watch.asked();

        came(watch, response);
        came(watch, "HTTP/1.1");

        assertThat(watch.isInHead()).isFalse();
    }

    @Test
    void beforeARequestNothingIsAHead() {
        came(watch, "HTTP/1.1 ");

        assertThat(watch.isInHead()).isFalse();
    }

    @Test
    void aRequestThatGoesOutInPartsDoesNotBeginTheHeadAnew() {
        watch.asked();
        came(watch, HEAD.substring(0, 9) + "1");
        watch.asked();
        came(watch, "00 Continue\r\n\r\n" + HEAD);

        assertThat(watch.isInHead()).isFalse();
    }

    @Test
    void theNextRequestHasAHeadOfItsOwn() {
        watch.asked();
        came(watch, HEAD + "{}");
        watch.asked();
        came(watch, "HTTP/1.1 5");

        assertThat(watch.isInHead()).isTrue();
    }

    @Test
    void onlyWhatCameIsLookedAt() {
        watch.asked();

        watch.came(ByteBuffer.wrap("xxHTTP/1.1 2yy".getBytes(UTF_8)), 2, 12);

        assertThat(watch.isInHead()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"{}, 2, true", "{}, 3, false", "{}x, 2, false", "'', 0, true", "x, 0, false"})
    void anAnswerOfKnownLengthIsOverWithItsLastByte(String behindTheHead, long length, boolean isAll) {
        watch.asked();
        came(watch, HEAD.substring(0, 9));
        came(watch, HEAD.substring(9) + behindTheHead);

        assertThat(watch.answered(false, length)).isEqualTo(isAll);
    }

    @Test
    void whatCameBeforeTheHeadIsOverDoesNotCount() {
        watch.asked();
        came(watch, HEAD.replace("200", "103") + HEAD + "{}");
        assertThat(watch.answered(false, 2)).isTrue();

        watch.asked();
        came(watch, HEAD + "{");
        came(watch, "}");

        assertThat(watch.answered(false, 2)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0\r\n\r\n", "0\n\n", "0\n\r\n", "0\r\nX: y\r\n\r\n"})
    void aChunkedAnswerIsOverWithAnEmptyLine(String end) {
        for (int cut = 0; cut < end.length(); cut++) {
            HeadWatch chunked = new HeadWatch();
            chunked.asked();
            came(chunked, HEAD + "2\r\n{}\r\n" + end.substring(0, cut));
            came(chunked, end.substring(cut));

            assertThat(chunked.answered(true, 2)).as(end.substring(cut)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\r", "\r\nx\r\n", "\nHTTP/1.1 200 OK\r\n"})
    void whatFollowsTheLastChunkIsNoPartOfTheAnswer(String stray) {
        watch.asked();
        came(watch, HEAD + "0\r\n\r\n" + stray);

        assertThat(watch.answered(true, 0)).isFalse();
    }

    @Test
    void theEndOfAHeadIsNotTheEndOfItsChunks() {
        watch.asked();
        came(watch, HEAD);

        assertThat(watch.answered(true, 0)).isFalse();
    }

    @Test
    void nothingIsAskedBetweenAnAnswerAndTheNextRequest() {
        assertThat(watch.isAnswered()).isFalse();
        watch.asked();
        assertThat(watch.isAnswered()).isFalse();
        watch.answered(false, 0);
        assertThat(watch.isAnswered()).isTrue();
        watch.asked();

        assertThat(watch.isAnswered()).isFalse();
    }

    private static void came(HeadWatch watch, String bytes) {
        byte[] octets = bytes.getBytes(UTF_8);
        watch.came(ByteBuffer.wrap(octets), 0, octets.length);
    }
}
