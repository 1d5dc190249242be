package io.github.camelclova.protocol;

import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.GenerationOption;
import io.github.camelclova.chat.GenerationOptions;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A request to the bytes of its body. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class EncodeBenchmark {

    @Param({"CLOVA_V1", "CLOVA_V3", "OPENAI"})
    public Dialect dialect = Dialect.CLOVA_V3;

    private Codec codec;
    private Service service;
    private ChatRequest request;

    @Setup
    public void prepare() {
        codec = Codec.of(dialect);
        service = new Service(
                dialect,
                URI.create("http://localhost"),
                "",
                null,
                Map.of("Authorization", "Bearer x"),
                Map.of(),
                Map.of());
        request = new ChatRequest(
                "benchmark",
                "HCX-005",
                List.of(ChatMessage.system("Answer in one sentence."), ChatMessage.user("내일 주문이 도착하나요?")),
                GenerationOptions.NONE.with(
                        Map.of(GenerationOption.TEMPERATURE, 0.5, GenerationOption.MAX_TOKENS, 256)),
                null);
    }

    @Benchmark
    public byte[] encode() {
        return codec.encode(request, service, null);
    }
}
