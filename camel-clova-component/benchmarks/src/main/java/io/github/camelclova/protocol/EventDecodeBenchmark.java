package io.github.camelclova.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelclova.chat.Failure;
import io.github.camelclova.chat.TokenUnit;
import io.github.camelclova.transport.Secrets;
import io.github.camelclova.transport.SseDecoder;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** Bytes to tokens, {@link io.github.camelclova.benchmarks.SseDecodeBenchmark} included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventDecodeBenchmark {

    private static final int EVENTS = 1000;
    private static final int READ = 8 * 1024;
    private static final int BOUND = 16 * 1024 * 1024;

    /** How the events of a stream differ, and so how they are read. */
    public enum Events {

        /** In their text alone: compared with the one before. */
        ALIKE,

        /** In another member, too: parsed, and nothing but the text is made. */
        PARSED,

        /** They bring more than text: read as documents. */
        DOCUMENTS
    }

    @Param({"CLOVA_V3", "OPENAI"})
    public Dialect dialect = Dialect.CLOVA_V3;

    @Param
    public Events events = Events.ALIKE;

    private Codec codec;
    private byte[] body;

    @Setup
    public void prepare() {
        codec = Codec.of(dialect);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < EVENTS; i++) {
            text.append(dialect == Dialect.OPENAI ? chunk(i) : token(i));
        }
        body = text.toString().getBytes(UTF_8);
    }

    private int changing(int number) {
        return events == Events.PARSED ? number : 0;
    }

    private String usage(String some) {
        return events == Events.DOCUMENTS ? some : "null";
    }

    private String token(int number) {
        return """
                id:7e0a9f11-0003-4d21-8f00-000000000001
                event:token
                data:{"message":{"role":"assistant","content":"주문"},"finishReason":null,"created":%d,"seed":77120045,"usage":%s}

                """.formatted(
                        1795219200 + changing(number),
                        usage("{\"promptTokens\":18,\"completionTokens\":4,\"totalTokens\":22}"));
    }

    private String chunk(int number) {
        return """
                data: {"id":"chatcmpl-7e0a9f11","object":"chat.completion.chunk","created":%d,"model":"HCX-005","choices":[{"index":0,"delta":{"content":"주문"},"finish_reason":null}],"usage":%s}

                """.formatted(
                        1795219200 + changing(number),
                        usage("{\"prompt_tokens\":18,\"completion_tokens\":4,\"total_tokens\":22}"));
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void decode(Blackhole tokens) {
        StreamAssembly assembly = new StreamAssembly(
                () -> Failure.of("benchmark"), Secrets.NONE, BOUND, TokenUnit.TOKEN, false, tokens::consume);
        EventDecoder decoder = codec.eventDecoder();
        SseDecoder events = new SseDecoder(event -> decoder.decode(event, assembly), BOUND);
        for (int at = 0; at < body.length; at += READ) {
            events.feed(ByteBuffer.wrap(body, at, Math.min(READ, body.length - at)));
        }
    }
}
