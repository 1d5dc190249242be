package io.github.camelclova.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.Completion;
import io.github.camelclova.chat.CompletionEvent;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.chat.TokenUnit;
import io.github.camelclova.chat.Usage;
import io.github.camelclova.protocol.TokenReader.Holder;
import io.github.camelclova.transport.Secrets;
import io.github.camelclova.transport.SseDecoder;
import io.github.camelclova.transport.SseSink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The fast way through an event is allowed to say that it does not know, but not to say something else. */
class TokenReaderPropertiesTest {

    private static final int MAX_SIZE = 1 << 20;

    @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
    void theFastWayReadsWhatTheSlowWayReads(@ForAll Dialect dialect, @ForAll("events") byte[] json) {
        String fast = fast(dialect, new TokenReader(), json);

        if (fast != null) {
            assertReadSlowlyAs(fast, dialect, json);
        }
    }

    @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
    void anEventDoesNotChangeHowTheNextIsRead(
            @ForAll Dialect dialect, @ForAll("events") byte[] first, @ForAll("events") byte[] second) {
        TokenReader reader = new TokenReader();
        fast(dialect, reader, first);

        String fast = fast(dialect, reader, second);

        if (fast != null) {
            assertReadSlowlyAs(fast, dialect, second);
        }
    }

    @Example
    void theFastWayKnowsWhatServicesSendMost() {
        TokenReader reader = new TokenReader();

        String v1 = fast(Dialect.CLOVA_V1, reader, utf8("""
                {"message":{"role":"assistant","content":"안"},"index":0,"inputLength":21,"outputLength":1,"stopReason":null}"""));
        String v3 = fast(Dialect.CLOVA_V3, reader, utf8("""
                {"message":{"role":"assistant","content":"녕"},"finishReason":null,"created":1795651200,"seed":31,"usage":null}"""));
        String openAi = fast(Dialect.OPENAI, reader, utf8("""
                {"id":"c","object":"chat.completion.chunk","created":1795651200,"model":"m","system_fingerprint":null,
                "choices":[{"index":0,"delta":{"content":"!"},"logprobs":null,"finish_reason":null}]}""".replace("\n", "")));

        assertThat(List.of(v1, v3, openAi)).containsExactly("안", "녕", "!");
    }

    private static String fast(Dialect dialect, TokenReader reader, byte[] json) {
        Holder holder = dialect.isNative() ? Holder.MESSAGE : Holder.DELTA;
        AtomicReference<String> text = new AtomicReference<>();
        feed(dialect, event -> text.set(reader.plainText(event, holder)), json, "\n\n");
        return text.get();
    }

    /** An event that the body leaves open is always read as a document. */
    static void assertReadSlowlyAs(String text, Dialect dialect, byte[] json) {
        List<CompletionEvent> events = new ArrayList<>();
        StreamAssembly assembly =
                new StreamAssembly(() -> Failure.of("r"), Secrets.NONE, MAX_SIZE, TokenUnit.TOKEN, true, events::add);
        EventDecoder decoder = Codec.of(dialect).eventDecoder();

        feed(dialect, event -> decoder.decode(event, assembly), json, "");

        boolean complete = assembly.isComplete();
        Completion completion = assembly.finish();
        assertThat(completion.text()).as("%s", new String(json, UTF_8)).isEqualTo(text);
        assertThat(events).hasSize(text.isEmpty() ? 0 : 1);
        assertThat(complete).isFalse();
        assertThat(completion.first().stopReason()).isNull();
        assertThat(completion.first().thinking()).isNull();
        assertThat(completion.first().toolCalls()).isEmpty();
        assertThat(completion.usage()).isEqualTo(Usage.UNKNOWN);
        assertThat(completion.citations()).isEmpty();
    }

    private static void feed(Dialect dialect, SseSink sink, byte[] json, String end) {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        event.writeBytes(utf8(dialect.isNative() ? "event:token\ndata:" : "data:"));
        event.writeBytes(json);
        event.writeBytes(utf8(end));
        SseDecoder decoder = new SseDecoder(sink, MAX_SIZE);
        decoder.feed(ByteBuffer.wrap(event.toByteArray()));
        decoder.end();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    /** Documents of members that mean something, in places where they do and where they do not, some of them damaged. */
    @Provide
    Arbitrary<byte[]> events() {
        Arbitrary<byte[]> whole = Arbitraries.oneOf(tokens(), object(4)).map(TokenReaderPropertiesTest::utf8);
        return Arbitraries.frequencyOf(Tuple.of(4, whole), Tuple.of(1, whole.flatMap(this::damaged)));
    }

    /** Much like what services send. */
    private Arbitrary<String> tokens() {
        return Arbitraries.of("""
                        {"message":{"role":"assistant","content":%s},"finishReason":null,"extra":%s}""", """
                        {"extra":%2$s,"message":{"content":%1$s}}""", """
                        {"id":"c","choices":[{"index":0,"delta":{"content":%s},"finish_reason":null,"extra":%s}]}""", """
                        {"choices":[{"delta":{"content":%s}},{"index":1,"delta":{"content":%s}}]}""", """
                        {"choices":[{"delta":{"content":%s}},{"delta":{"content":"틀림"}}],"extra":%s}""", """
                        {"choices":[{"extra":%2$s,"delta":{"content":%1$s}}]}""")
                .flatMap(shape -> value(0).flatMap(text -> value(2).map(extra -> shape.formatted(text, extra))));
    }

    private Arbitrary<byte[]> damaged(byte[] json) {
        Arbitrary<byte[]> noise = Arbitraries.of(
                new byte[] {},
                new byte[] {(byte) 0xEC, (byte) 0x95},
                new byte[] {(byte) 0xC0, (byte) 0xAF},
                new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0xBD},
                new byte[] {(byte) 0xF5, (byte) 0x80, (byte) 0x80, (byte) 0x80},
                new byte[] {(byte) 0xFF},
                new byte[] {'"'},
                new byte[] {'}'},
                new byte[] {'\\'},
                new byte[] {0});
        return Arbitraries.integers().between(0, json.length).flatMap(at -> Arbitraries.integers()
                .between(0, 2)
                .flatMap(lost -> noise.map(bytes -> {
                    ByteArrayOutputStream damaged = new ByteArrayOutputStream();
                    damaged.write(json, 0, at);
                    damaged.writeBytes(bytes);
                    int rest = Math.min(json.length, at + lost);
                    damaged.write(json, rest, json.length - rest);
                    return damaged.toByteArray();
                })));
    }

    private Arbitrary<String> object(int depth) {
        Arbitrary<String> name = Arbitraries.of(
                "message",
                "message",
                "delta",
                "delta",
                "choices",
                "content",
                "content",
                "index",
                "role",
                "extra",
                "finishReason",
                "stopReason",
                "finish_reason",
                "usage",
                "thinkingContent",
                "reasoning",
                "toolCalls",
                "tool_calls",
                "citations",
                "error",
                "status",
                "code",
                "inputLength");
        // A name twice in one object has no meaning that a reader could miss.
        return name.set()
                .ofMaxSize(4)
                .flatMap(names -> value(depth).list().ofSize(names.size()).map(values -> {
                    List<String> members = new ArrayList<>();
                    int at = 0;
                    for (String each : names) {
                        members.add("\"" + each + "\":" + values.get(at++));
                    }
                    return "{" + String.join(",", members) + "}";
                }));
    }

    private Arbitrary<String> value(int depth) {
        Arbitrary<String> plain = Arbitraries.of(
                "\"가을\"",
                "\"\"",
                "\"a\\n\\\"b\\\\\"",
                "\"\\ud83d\"",
                "\"\\ud83d\\ude00\"",
                "\"😀\"",
                "\"1\"",
                "null",
                "true",
                "false",
                "0",
                "1",
                "-1",
                "1.5",
                "1e999",
                "9".repeat(40),
                "9".repeat(101),
                "0." + "9".repeat(101));
        if (depth == 0) {
            return plain;
        }
        Arbitrary<String> array = Arbitraries.lazy(() -> value(depth - 1))
                .list()
                .ofMaxSize(3)
                .map(values -> values.stream().collect(Collectors.joining(",", "[", "]")));
        return Arbitraries.frequencyOf(
                Tuple.of(3, plain), Tuple.of(3, Arbitraries.lazy(() -> object(depth - 1))), Tuple.of(2, array));
    }
}
