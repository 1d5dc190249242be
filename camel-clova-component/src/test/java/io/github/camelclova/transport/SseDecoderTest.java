package io.github.camelclova.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.camelclova.transport.Wire.Memory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SseDecoderTest {

    /** A row of {@code event-stream-rules.txt}. */
    record Rule(String name, String wire, List<Received> events) {

        private static final Pattern EVENT = Pattern.compile("(~?)([^#=]+)(?:#([^=]*))?=(.*)");

        static Rule parse(String row) {
            String[] columns = row.split("\\|", -1);
            assertThat(columns).as(row).hasSize(3);
            String events = columns[2].strip();
            return new Rule(
                    columns[0].strip(),
                    columns[1].strip(),
                    events.equals("-")
                            ? List.of()
                            : Stream.of(events.split(" & ", -1))
                                    .map(Rule::event)
                                    .collect(toList()));
        }

        byte[] body() {
            return Wire.bytes(wire);
        }

        private static Received event(String column) {
            Matcher event = EVENT.matcher(column.strip());
            assertThat(event.matches()).as(column).isTrue();
            String id = event.group(3) == null ? "" : event.group(3);
            return new Received(
                    Wire.text(event.group(2)),
                    Wire.text(id),
                    Wire.text(event.group(4)),
                    event.group(1).isEmpty());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static List<Rule> rules() throws IOException {
        try (InputStream rows = SseDecoderTest.class.getResourceAsStream("/sse/event-stream-rules.txt")) {
            return new String(rows.readAllBytes(), UTF_8)
                    .lines()
                    .filter(row -> !row.isBlank() && !row.startsWith("#"))
                    .map(Rule::parse)
                    .collect(toList());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void followsTheStandardHoweverTheBodyIsCut(Rule rule) {
        byte[] body = rule.body();

        assertThat(Wire.decode(Wire.whole(body))).as("whole").isEqualTo(rule.events());
        for (Memory memory : Memory.values()) {
            assertThat(Wire.decode(Wire.cut(body, List.of(1)), memory))
                    .as("byte by byte, %s", memory)
                    .isEqualTo(rule.events());
        }
        for (int position = 0; position <= body.length; position++) {
            assertThat(Wire.decode(Wire.cutAt(body, position)))
                    .as("cut at %d", position)
                    .isEqualTo(rule.events());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void theReferenceFollowsTheStandardToo(Rule rule) {
        assertThat(ReferenceDecoder.decode(rule.body())).isEqualTo(rule.events());
    }

    @ParameterizedTest
    @CsvSource({
        "retry: 3000\\n,                  3000",
        "retry:3000\\n,                   3000",
        "retry: 0\\n,                     0",
        "retry: 007\\n,                   7",
        "retry: 3000\\nretry: 10\\n,      10",
        "retry: 3000\\nretry: soon\\n,    3000",
        "retry: 3000\\nretry:\\n,         3000",
        "retry: 3000\\nretry\\n,          3000",
        "retry: 3000\\n\\ndata: a\\n\\n,  3000",
        "retry: 9223372036854775807\\n,   9223372036854775807",
        "retry: 9223372036854775808\\n,   9223372036854775807",
        "retry: 99999999999999999999\\n,  9223372036854775807",
        "retry: -1\\n,                    ",
        "retry: +1\\n,                    ",
        "retry: 1.5\\n,                   ",
        "retry: 1e3\\n,                   ",
        "retry:  1\\n,                    ",
        "retry: 1 \\n,                    ",
        "retry: \\uFF11\\n,               ",
        "retry: 1\\0\\n,                  ",
        "Retry: 1\\n,                     ",
        "retry\\n,                        ",
        "retry:\\n,                       ",
    })
    void retryTakesDigitsOnly(String body, Long millis) {
        SseDecoder decoder = new SseDecoder(event -> {}, 1000);

        Wire.cut(Wire.bytes(body), List.of(1)).forEach(read -> decoder.feed(ByteBuffer.wrap(read)));

        assertThat(decoder.retryMillis()).isEqualTo(millis == null ? OptionalLong.empty() : OptionalLong.of(millis));
    }

    @Test
    void anEventIsHandedOutAtOnce() {
        List<String> texts = new ArrayList<>();
        SseDecoder decoder = new SseDecoder(event -> texts.add(event.text()), 1000);

        decoder.feed(utf8("data: 1\n\ndata: 2\n"));
        assertThat(texts).containsExactly("1");

        decoder.feed(utf8("\r"));
        assertThat(texts).containsExactly("1", "2");

        decoder.feed(utf8("\ndata: 3\r\r"));
        assertThat(texts).containsExactly("1", "2", "3");
    }

    @Test
    void dataInOneLineAndOneReadIsNotCopied() {
        byte[] read = "id:7\nevent:token\ndata:{\"content\":\"안녕\"}\n\n".getBytes(UTF_8);
        List<byte[]> arrays = new ArrayList<>();
        List<String> slices = new ArrayList<>();
        SseDecoder decoder = new SseDecoder(
                event -> {
                    arrays.add(event.array());
                    slices.add(new String(event.array(), event.offset(), event.length(), UTF_8));
                },
                1000);

        decoder.feed(ByteBuffer.wrap(read));

        assertThat(arrays).hasSize(1);
        assertThat(arrays.get(0)).isSameAs(read);
        assertThat(slices).containsExactly("{\"content\":\"안녕\"}");
    }

    @Test
    void theBytesAndTheTextOfAnEventAreTheSameAfterItWasKept() {
        List<String> slices = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        SseDecoder decoder = new SseDecoder(
                event -> {
                    slices.add(new String(event.array(), event.offset(), event.length(), UTF_8));
                    texts.add(event.text());
                },
                1000);

        Wire.cut("data: 주문\ndata:은\n\ndata: 😀\n\n".getBytes(UTF_8), List.of(5, 2, 3))
                .forEach(read -> Wire.feed(decoder, read, Memory.HEAP));

        assertThat(slices).containsExactly("주문\n은", "😀");
        assertThat(texts).isEqualTo(slices);
    }

    @Test
    void wellKnownNamesAreNeverMadeAnew() {
        List<String> names = new ArrayList<>();
        SseDecoder decoder = new SseDecoder(event -> names.add(event.name()), 1000);

        for (String name : List.of("token", "result", "error", "signal", "message")) {
            decoder.feed(utf8("event: " + name + "\ndata: a\n\n"));
        }

        assertThat(names).containsExactly("token", "result", "error", "signal", "message");
        assertThat(names).allSatisfy(name -> assertThat(name).isSameAs(name.intern()));
    }

    @Test
    void theDataOfAnEventIsGoneAfterTheCallAndItsStringsStay() {
        List<SseEvent> events = new ArrayList<>();
        List<String> strings = new ArrayList<>();
        SseDecoder decoder = new SseDecoder(
                event -> {
                    events.add(event);
                    strings.addAll(List.of(event.name(), event.lastEventId(), event.text()));
                },
                1000);

        Wire.feed(decoder, "id: 7\nevent: token\ndata: a secret\n\n".getBytes(UTF_8), Memory.HEAP);

        assertThat(events).hasSize(1);
        assertThat(events.get(0).length()).isZero();
        assertThat(events.get(0).text()).isEmpty();
        assertThat(strings).containsExactly("token", "7", "a secret");
    }

    @Test
    void anEventSaysInNoLogWhatItsDataIs() {
        List<String> written = new ArrayList<>();
        SseDecoder decoder = new SseDecoder(event -> written.add(event.toString()), 1000);

        decoder.feed(utf8("event: token\ndata: a secret\n\ndata: secret"));
        decoder.end();

        assertThat(written).containsExactly("SseEvent[token, 8 bytes]", "SseEvent[message, 6 bytes, not closed]");
    }

    @Test
    void nothingIsTakenAfterTheEnd() {
        SseDecoder decoder = new SseDecoder(event -> {}, 1000);
        decoder.end();

        assertThatThrownBy(() -> decoder.feed(utf8("data: a\n\n"))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(decoder::end).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFailureOfTheSinkPassesThroughAndIsTheEnd() {
        RuntimeException failure = new IllegalArgumentException("not JSON");
        SseDecoder decoder = new SseDecoder(
                event -> {
                    throw failure;
                },
                1000);

        Throwable thrown = catchThrowable(() -> decoder.feed(utf8("data: a\n\n")));

        assertThat(thrown).isSameAs(failure);
        assertThatThrownBy(() -> decoder.feed(utf8("data: b\n\n"))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theSinkMayNotFeedTheDecoderThatCallsIt() {
        List<Throwable> refusals = new ArrayList<>();
        SseDecoder[] decoder = new SseDecoder[1];
        decoder[0] =
                new SseDecoder(event -> refusals.add(catchThrowable(() -> decoder[0].feed(utf8("data: b\n\n")))), 1000);

        decoder[0].feed(utf8("data: a\n\n"));

        assertThat(refusals).singleElement().isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aReadLargerThanTheCopyOfADirectBufferComesThroughWhole() {
        byte[] data = new byte[100_000];
        Arrays.fill(data, (byte) 'x');
        byte[] body = ("data: " + new String(data, UTF_8) + "\n\n").getBytes(UTF_8);

        List<Received> events = Wire.decode(Wire.whole(body), Memory.DIRECT);

        assertThat(events).containsExactly(new Received("message", "", new String(data, UTF_8), true));
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }
}
