package io.github.camelclova.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SseDecoderLimitsTest {

    /** No power of two, so that a buffer that doubles without regard for it is found out. */
    private static final int LIMIT = 1_000_000;

    /** The limits of all tests here that do not say otherwise. */
    private static int limit(String name) {
        return switch (name) {
            case "result" -> 40;
            case "tiny" -> 15;
            default -> 20;
        };
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "one line                   | data:123456789012345\\n\\n         | data:1234567890123456\\n\\n",
                "line ends do not count     | data:123456789012345\\r\\n\\r\\n   | data:1234567890123456\\r\\n\\r\\n",
                "the mark does not count    | \\uFEFFdata:123456789012345\\n\\n  | \\uFEFFdata:1234567890123456\\n\\n",
                "half a mark counts         | \\xEF\\xBB345678901234567890\\n\\n | \\xEF\\xBB3456789012345678901\\n\\n",
                "bytes and not characters   | data:안녕하세요\\n\\n                | data:안녕하세요!\\n\\n",
                "two lines                  | data:12345\\ndata:12345\\n\\n      | data:12345\\ndata:123456\\n\\n",
                "an empty comment counts    | data\\ndata\\ndata\\ndata123\\n:\\n\\n | data\\ndata\\ndata\\ndata123\\n:\\n:\\n\\n",
                "a comment counts           | :234567890\\ndata:12345\\n\\n      | :2345678901\\ndata:12345\\n\\n",
                "an unknown field counts    | x:34567890\\ndata:12345\\n\\n      | x:345678901\\ndata:12345\\n\\n",
                "an id counts               | id:4567890\\ndata:12345\\n\\n      | id:45678901\\ndata:12345\\n\\n",
                "a name counts              | event:token\\ndata:1234\\n\\n      | event:token\\ndata:12345\\n\\n",
                "a name after data counts   | data:1234\\nevent:token\\n\\n      | data:12345\\nevent:token\\n\\n",
                "an unfinished line counts  | data:123456789012345              | data:1234567890123456",
                "a larger limit             | event:result\\ndata:12345678901234567890123\\n\\n"
                        + "                   | event:result\\ndata:123456789012345678901234\\n\\n",
                "a larger limit, two lines  | event:result\\ndata:123456789\\ndata:123456789\\n\\n"
                        + "                   | event:result\\ndata:123456789\\ndata:1234567890\\n\\n",
                "a larger limit named late  | data:123\\nevent:result\\ndata:123456789012345\\n\\n"
                        + "                   | data:123\\nevent:result\\ndata:1234567890123456\\n\\n",
                "too late for the larger    | data:123\\nevent:result\\n\\n      | data:1234567890\\nevent:result\\n\\n",
                "a smaller limit            | event:tiny\\ndata:\\n\\n           | event:tiny\\ndata:1\\n\\n",
                "a smaller limit named late | data:\\nevent:tiny\\n\\n           | data:1\\nevent:tiny\\n\\n",
                "a name taken back          | event:tiny\\nevent\\ndata:\\n\\n   | event:tiny\\nevent\\ndata:1\\n\\n",
            })
    void anEventMayBeAsLargeAsItsLimitAndNotOneByteLarger(String what, String exact, String larger) {
        for (int size : List.of(1, 2, 3, 7, 1000)) {
            assertThat(refusal(Wire.bytes(exact), size)).as("reads of %d", size).isNull();
            assertThat(refusal(Wire.bytes(larger), size))
                    .as("one more, reads of %d", size)
                    .isNotNull();
        }
    }

    @Test
    void theRefusalSaysWhatWasAllowedAndWhatCame() {
        EventTooLargeException unnamed = refusal(utf8("event: token\ndata: a\n\ndata: a secret of Kim"), 1000);
        EventTooLargeException named = refusal(utf8("event:result\ndata: a secret that is larger than forty bytes"), 1);
        EventTooLargeException early = refusal(utf8("data: a secret of K\nevent: result\n\n"), 1000);

        assertThat(unnamed.eventName()).isEqualTo("message");
        assertThat(unnamed.limit()).isEqualTo(20);
        assertThat(unnamed.size()).isEqualTo(21);
        assertThat(unnamed).hasMessage("an event of at least 21 bytes came where 20 are allowed");
        assertThat(named.eventName()).isEqualTo("result");
        assertThat(named.limit()).isEqualTo(40);
        assertThat(named.size()).isEqualTo(41);
        assertThat(early.eventName()).isEqualTo("message");
        assertThat(early.limit()).isEqualTo(20);
        assertThat(early.size()).isEqualTo(32);
    }

    @Test
    void whatCameBeforeTheRefusalWasHandedOut() {
        List<String> texts = new ArrayList<>();
        SseDecoder decoder = new SseDecoder(event -> texts.add(event.text()), 20);

        assertThatThrownBy(() -> decoder.feed(wrap("data: 1\n\ndata: 2\n\ndata: 3456789012345678\n\ndata: 4\n\n")))
                .isInstanceOf(EventTooLargeException.class);

        assertThat(texts).containsExactly("1", "2");
        assertThatThrownBy(() -> decoder.feed(wrap("data: 5\n\n"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(decoder::end).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theLimitOfOneEventIsNotThatOfTheNext() {
        String result = "event:result\ndata:12345678901234567890123\n\n";

        assertThat(refusal(utf8(result + result + "data:123456789012345\n\n"), 1000))
                .isNull();
        assertThat(refusal(utf8(result + "data:1234567890123456\n\n"), 1000)).isNotNull();
        assertThat(refusal(utf8("event:result\n\ndata:1234567890123456\n\n"), 1000))
                .isNotNull();
    }

    @Test
    void manyEventsMayBeLargerThanTheLimitTogether() {
        assertThat(refusal(utf8("data: 1\n\n".repeat(1000)), 7)).isNull();
        assertThat(refusal(utf8(": keep-alive\n\n".repeat(1000)), 7)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: ", ": ", "event: ", "id: ", "no field at all", "data: \n: ", "event: token\ndata: "})
    void aLineWithoutAnEndIsRefusedInTime(String begin) {
        SseDecoder decoder = new SseDecoder(event -> {}, LIMIT);
        byte[] more = utf8("x".repeat(1000));
        decoder.feed(wrap(begin));

        int[] fed = {0};
        EventTooLargeException refusal = catchThrowableOfType(EventTooLargeException.class, () -> {
            while (fed[0] < 10 * LIMIT) {
                fed[0] += more.length;
                decoder.feed(ByteBuffer.wrap(more));
            }
        });

        assertThat(refusal.limit()).isEqualTo(LIMIT);
        assertThat(refusal.size()).isBetween(LIMIT + 1L, LIMIT + 1000L);
        assertThat(fed[0]).isLessThanOrEqualTo(LIMIT + 1000);
        assertThat(decoder.bytesKept()).isLessThanOrEqualTo(LIMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data:1\n", "data\n", ":\n", "event:token\n", "id:1\n", "x\n", "data:1\r\n", ": \r"})
    void anEventOfEndlesslyManyLinesIsRefusedInTime(String line) {
        SseDecoder decoder = new SseDecoder(event -> {}, LIMIT);
        byte[] lines = utf8(line.repeat(100));

        int[] fed = {0};
        EventTooLargeException refusal = catchThrowableOfType(EventTooLargeException.class, () -> {
            while (fed[0] < 10 * LIMIT) {
                fed[0] += lines.length;
                decoder.feed(ByteBuffer.wrap(lines));
            }
        });

        assertThat(refusal.limit()).isEqualTo(LIMIT);
        assertThat(refusal.size()).isBetween(LIMIT + 1L, LIMIT + (long) line.length());
        assertThat(decoder.bytesKept()).isLessThanOrEqualTo(LIMIT);
    }

    @Test
    void theMemoryOfALargeEventIsGivenBack() {
        SseDecoder decoder = new SseDecoder(event -> {}, 4 * LIMIT);
        decoder.feed(wrap("data: "));
        decoder.feed(ByteBuffer.wrap(new byte[3 * LIMIT]));
        int during = decoder.bytesKept();

        decoder.feed(wrap("\n\n"));

        assertThat(during).isBetween(3 * LIMIT, 4 * LIMIT);
        assertThat(decoder.bytesKept()).isLessThanOrEqualTo(64 * 1024);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n\n",
                "data: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n",
                "data\n",
                "data: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                ": xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "id:1\nevent:token\ndata:x\n\n",
                "id: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n",
                "\n",
                "\r\n",
            })
    void theWorkGrowsWithTheBodyAndNotWithTheNumberOfReads(String piece) {
        byte[] body = utf8(piece.repeat(LIMIT / piece.length()));

        // Each byte is looked at once, kept once, moved once within its event, and moved once more as the buffer grows.
        assertThat(workFor(body, 1)).isBetween(body.length / 2L, 4L * body.length);
        assertThat(workFor(body, 7)).isBetween(body.length / 2L, 4L * body.length);
        assertThat(workFor(body, 8192)).isBetween(body.length / 2L, 4L * body.length);
    }

    @Test
    void eventsThatLieWholeInTheirReadAreOnlyLookedAt() {
        byte[] body = utf8("event: token\ndata: {\"content\":\"안녕\"}\n\n".repeat(1000));

        assertThat(workFor(body, body.length)).isEqualTo(body.length);
    }

    private static long workFor(byte[] body, int readSize) {
        SseDecoder decoder = new SseDecoder(event -> {}, 2 * LIMIT);
        ByteBuffer buffer = ByteBuffer.wrap(body);
        while (buffer.position() < body.length) {
            buffer.limit(Math.min(body.length, buffer.position() + readSize));
            decoder.feed(buffer);
        }
        return decoder.bytesTouched();
    }

    /** How the body was refused, or null. */
    private static EventTooLargeException refusal(byte[] body, int readSize) {
        SseDecoder decoder = new SseDecoder(event -> {}, SseDecoderLimitsTest::limit);
        try {
            Wire.cut(body, List.of(readSize)).forEach(read -> decoder.feed(ByteBuffer.wrap(read)));
            decoder.end();
            return null;
        } catch (EventTooLargeException refusal) {
            return refusal;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private static ByteBuffer wrap(String text) {
        return ByteBuffer.wrap(utf8(text));
    }
}
