package io.github.camelclova.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.Conversation;
import io.github.camelclova.chat.GenerationOptions;
import io.github.camelclova.chat.ToolCall;
import io.github.camelclova.chat.Turn;
import io.github.camelclova.chat.Usage;
import io.github.camelclova.protocol.TokenReader.Holder;
import io.github.camelclova.transport.HttpReply;
import io.github.camelclova.transport.SseDecoder;
import io.github.camelclova.transport.SseEvent;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What may be fed with any bytes, and what must then be true. */
public final class ProtocolTargets {

    private static final int LONGEST_MESSAGE = 5000;
    private static final ObjectMapper STRICT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();
    private static final List<OperationCall> OPERATIONS = allOperations();
    private static final ToolDefinition TOOL = ToolDefinition.of("tides", "", """
            {"type":"object","required":["harbour"],"additionalProperties":{"type":["string","null"]},"properties":{
            "harbour":{"type":"string","minLength":1,"maxLength":20,"pattern":"^[a-z가-힣 ]+$"},
            "days":{"type":"integer","minimum":1,"maximum":7},"height":{"type":"number","multipleOf":0.5},
            "unit":{"enum":["cm","m"]},"at":{"type":"array","maxItems":3,"uniqueItems":true,"items":{"type":"boolean"}}}}""");

    private ProtocolTargets() {}

    /** A stream ends with an answer or a failure of ours, the same in any reads. */
    public static void streams(byte[] body) {
        for (Dialect dialect : Dialect.values()) {
            HeardStream whole = HeardStream.of(dialect, List.of(body));

            assertThat(HeardStream.of(dialect, reads(body))).isEqualTo(whole);
            if (whole.failure() == null) {
                assertCounted(whole.completion().usage());
            } else {
                assertThat(whole.partialText()).isEqualTo(whole.text());
            }
        }
    }

    private static List<byte[]> reads(byte[] body) {
        List<byte[]> reads = new ArrayList<>();
        for (int at = 0; at < body.length; at += 5) {
            reads.add(Arrays.copyOfRange(body, at, Math.min(at + 5, body.length)));
        }
        return reads;
    }

    private static void assertCounted(Usage usage) {
        assertThat(Stream.of(usage.input(), usage.output(), usage.total()).filter(Objects::nonNull))
                .allSatisfy(count -> assertThat(count).isNotNegative());
    }

    /** The fast way through an event reads what the slow way reads, whatever came before it. */
    public static void tokens(byte[] body) {
        for (Dialect dialect : Dialect.values()) {
            TokenReader reader = new TokenReader();
            Holder holder = dialect.isNative() ? Holder.MESSAGE : Holder.DELTA;
            SseDecoder decoder = new SseDecoder(
                    event -> {
                        String fast = reader.plainText(event, holder);
                        if (fast != null && !hasANameTwice(event.text())) {
                            TokenReaderPropertiesTest.assertReadSlowlyAs(fast, dialect, lines(event));
                        }
                    },
                    body.length + 1);
            decoder.feed(ByteBuffer.wrap(body));
            decoder.end();
        }
    }

    /** What such a document means nobody can say. */
    private static boolean hasANameTwice(String json) {
        try {
            STRICT.readTree(json);
            return false;
        } catch (MismatchedInputException twice) {
            return true;
        } catch (JsonProcessingException malformed) {
            return false;
        }
    }

    private static byte[] lines(SseEvent event) {
        return new String(event.array(), event.offset(), event.length(), ISO_8859_1)
                .replace("\n", "\ndata:")
                .getBytes(ISO_8859_1);
    }

    /** A reply is an answer or a failure of ours that tells little of it, in one line. */
    public static void replies(byte[] body) {
        for (Dialect dialect : Dialect.values()) {
            for (HttpReply reply : possible(body)) {
                try {
                    assertCounted(Codec.of(dialect).decode(reply, "r").usage());
                } catch (ClovaException failure) {
                    assertDiscreet(failure);
                }
            }
        }
    }

    private static List<HttpReply> possible(byte[] body) {
        return List.of(
                new HttpReply(200, Map.of("content-type", "application/json"), body),
                new HttpReply(400, Map.of(), body),
                new HttpReply(429, Map.of("content-type", "text/html"), body),
                new HttpReply(503, Map.of("content-type", "text/event-stream"), body));
    }

    private static void assertDiscreet(ClovaException failure) {
        assertThat(failure).hasMessageContaining("request r").hasNoCause();
        assertThat(failure.getMessage()).hasSizeLessThan(LONGEST_MESSAGE).doesNotContainPattern("\\p{Cntrl}");
    }

    /** A reply of an operation beside chat is a result or a failure of ours that tells little of it, in one line. */
    public static void operations(byte[] body) {
        for (OperationCall operation : OPERATIONS) {
            for (HttpReply reply : possible(body)) {
                try {
                    assertCounted(operation.decode(reply).usage());
                } catch (ClovaException failure) {
                    assertDiscreet(failure);
                }
            }
        }
    }

    private static List<OperationCall> allOperations() {
        Service clova = service(Dialect.CLOVA_V3);
        Service openAi = service(Dialect.OPENAI);
        ChatRequest request =
                new ChatRequest("r", "m", List.of(ChatMessage.user("x")), new GenerationOptions(Map.of()), null);
        List<OperationCall> calls = new ArrayList<>(OperationCall.embeddings(clova, "r", null, List.of("x")));
        calls.addAll(OperationCall.embeddings(openAi, "r", "m", List.of("x", "y")));
        calls.add(OperationCall.countTokens(clova, request));
        calls.add(OperationCall.summarize(clova, "r", List.of("x")));
        calls.add(OperationCall.segment(clova, "r", "x"));
        calls.add(OperationCall.rerank(clova, "r", "x", Map.of("1", "y")));
        calls.add(OperationCall.models(openAi, "r"));
        return calls;
    }

    private static Service service(Dialect dialect) {
        return new Service(dialect, URI.create("http://localhost"), "", null, Map.of(), Map.of(), Map.of());
    }

    /** What a model calls a tool with fits or has a problem, and can be sent back in both cases. */
    public static void arguments(byte[] text) {
        ToolCall call = ToolCalls.finished("1", "tides", new String(text, UTF_8));

        if (TOOL.problem(call).isEmpty()) {
            assertThat(TOOL.arguments(call)).containsKey("harbour");
        }
        ToolCall repeatable = ToolDefinition.repeatable(call, 0);
        assertThat(repeatable.json().strip()).startsWith("{").endsWith("}");
    }

    /** A list of messages is one or is refused as an argument, in a line of bounded length. */
    public static void messages(byte[] text) {
        try {
            assertThat(MessageList.parse(new String(text, UTF_8))).isNotNull();
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).hasSizeLessThan(LONGEST_MESSAGE).doesNotContain("\n", "\r");
        }
    }

    /** A kept conversation is one, and then is kept as it is, or is refused as an argument. */
    public static void conversations(byte[] text) {
        List<Turn> turns;
        try {
            turns = ConversationText.read(new String(text, UTF_8));
        } catch (IllegalArgumentException refused) {
            return;
        }
        assertThat(ConversationText.read(ConversationText.write(turns))).isEqualTo(turns);
        assertThat(new Conversation(0, turns).tokens()).isNotNegative();
    }
}
