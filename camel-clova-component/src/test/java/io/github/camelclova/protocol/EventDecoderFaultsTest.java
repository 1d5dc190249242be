package io.github.camelclova.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.camelclova.chat.ClovaContextLengthException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaLimitException;
import io.github.camelclova.chat.ClovaRateLimitException;
import io.github.camelclova.chat.ClovaServerException;
import io.github.camelclova.chat.ClovaUnreadableException;
import io.github.camelclova.chat.CompletionEvent;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.chat.TokenUnit;
import io.github.camelclova.transport.Secrets;
import io.github.camelclova.transport.SseDecoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that are not what they should be, read without a connection. */
class EventDecoderFaultsTest {

    private static final int LIMIT = 1000;
    private static final String SECRET = "벚꽃";

    private final List<String> tokens = new ArrayList<>();
    private StreamAssembly assembly;

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void aTokenThatIsNoObjectIsUnreadableAndNotQuoted(Dialect dialect) {
        for (String data : List.of(
                "[\"" + SECRET + "\"]",
                "\"" + SECRET + "\"",
                "7",
                "true",
                "null",
                SECRET,
                "{\"x\":\"" + SECRET,
                "{\"x\":\"" + SECRET + "\"} {}",
                "{\"x\":\"" + SECRET + "\"}}",
                "{\"x\":" + "[".repeat(100_000),
                "{\"x\":\"\\u12\"}",
                "{\"x\":\"a\u0000b\"}")) {
            for (String before : List.of("", token(dialect, "a"), token(dialect, "a") + token(dialect, "b"))) {
                assertThatExceptionOfType(ClovaUnreadableException.class)
                        .isThrownBy(() -> read(dialect, before + event(dialect, data)))
                        .withNoCause()
                        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain(SECRET));
                assertThat(tokens).hasSize(before.isEmpty() ? 0 : before.split("\n\n").length);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void anEventThatTheBodyCutsIsNoPartOfTheAnswerWhereverItIsCut(Dialect dialect) {
        byte[] event = token(dialect, SECRET).getBytes(UTF_8);
        for (int length = 0; length < event.length - 2; length++) {
            read(dialect, ByteBuffer.wrap(event, 0, length));

            assertThat(tokens).as("cut at %d", length).isIn(List.of(), List.of(SECRET));
            assertThat(assembly.isComplete()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void brokenUtf8BecomesReplacementCharacters(Dialect dialect) {
        for (String before : List.of("", token(dialect, "a"))) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (byte each : (before + token(dialect, "벚~꽃~")).getBytes(UTF_8)) {
                body.write(each == '~' ? 0xFF : each);
            }

            read(dialect, ByteBuffer.wrap(body.toByteArray()));

            assertThat(tokens).endsWith("벚\uFFFD꽃\uFFFD");
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void partsOfAnUnexpectedTypeAreAbsent(Dialect dialect) {
        String parts = dialect.isNative()
                ? "{\"message\":{\"content\":7,\"toolCalls\":{\"a\":1}},\"usage\":[],\"seed\":{}}"
                : "{\"id\":[],\"choices\":{\"a\":{\"delta\":\"x\",\"finish_reason\":{}}},\"usage\":7}";

        read(dialect, token(dialect, "a") + event(dialect, parts) + token(dialect, "b"));

        assertThat(tokens).containsExactly("a", "b");
        assertThat(assembly.isComplete()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void toolCallsAreBoundedLikeText(Dialect dialect) {
        for (String call : List.of("{\"id\":\"%d\"}", "{\"index\":%d}", "{\"function\":{\"arguments\":\"%d\"}}")) {
            StringBuilder body = new StringBuilder();
            for (int number = 0; number < LIMIT; number++) {
                String calls = "[" + call.formatted(number) + "]";
                body.append(event(
                        dialect,
                        dialect.isNative()
                                ? "{\"message\":{\"toolCalls\":%s}}".formatted(calls)
                                : "{\"choices\":[{\"delta\":{\"tool_calls\":%s}}]}".formatted(calls)));
            }

            assertThatExceptionOfType(ClovaLimitException.class)
                    .isThrownBy(() -> read(dialect, body.toString()))
                    .satisfies(failure -> assertThat(failure.getOption()).isEqualTo("maxResponseSize"));
        }
    }

    @Test
    void errorsKeepTheServicesOwnCode() {
        assertFails(Dialect.CLOVA_V3, "event:error\ndata:%s", "40003", ClovaContextLengthException.class);
        assertFails(Dialect.CLOVA_V1, "event:token\ndata:%s", "50000", ClovaServerException.class);
        assertFails(Dialect.CLOVA_V1, "event:result\ndata:%s", "42901", ClovaRateLimitException.class);
        assertThatExceptionOfType(ClovaServerException.class)
                .isThrownBy(() -> read(Dialect.OPENAI, "data: {\"error\":{\"type\":\"server_error\"}}\n\n"));
        assertThatExceptionOfType(ClovaException.class)
                .isThrownBy(() -> read(Dialect.OPENAI, "event: error\ndata: {\"message\":\"out of order\"}\n\n"));
    }

    private void assertFails(Dialect dialect, String form, String code, Class<? extends ClovaException> failure) {
        String event = form.formatted("{\"status\":{\"code\":\"" + code + "\",\"message\":\"no\"}}") + "\n\n";
        assertThatExceptionOfType(failure)
                .isThrownBy(() -> read(dialect, event))
                .satisfies(thrown -> assertThat(thrown.getCode()).isEqualTo(code));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\\t"})
    void anEmptyFinishReasonEndsNothing(String reason) {
        read(
                Dialect.OPENAI,
                "data: {\"choices\":[{\"delta\":{\"content\":\"a\"},\"finish_reason\":\"%s\"}]}\n\n".formatted(reason));

        assertThat(tokens).containsExactly("a");
        assertThat(assembly.isComplete()).isFalse();
    }

    private void read(Dialect dialect, String body) {
        read(dialect, ByteBuffer.wrap(body.getBytes(UTF_8)));
    }

    private void read(Dialect dialect, ByteBuffer body) {
        tokens.clear();
        EventDecoder events = Codec.of(dialect).eventDecoder();
        assembly = new StreamAssembly(
                () -> Failure.of("r-1").withStatus(200),
                Secrets.NONE,
                LIMIT,
                TokenUnit.TOKEN,
                false,
                event -> tokens.add(((CompletionEvent.Token) event).text()));
        SseDecoder decoder = new SseDecoder(event -> events.decode(event, assembly), 1_000_000);
        decoder.feed(body);
        decoder.end();
    }

    private static String token(Dialect dialect, String text) {
        return event(
                dialect,
                dialect.isNative()
                        ? "{\"message\":{\"role\":\"assistant\",\"content\":\"%s\"}}".formatted(text)
                        : "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}".formatted(text));
    }

    private static String event(Dialect dialect, String data) {
        return (dialect.isNative() ? "event:token\n" : "") + "data:" + data + "\n\n";
    }
}
