package io.github.camelclova.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

    private static void came(HeadWatch watch, String bytes) {
        byte[] octets = bytes.getBytes(UTF_8);
        watch.came(ByteBuffer.wrap(octets), 0, octets.length);
    }
}
