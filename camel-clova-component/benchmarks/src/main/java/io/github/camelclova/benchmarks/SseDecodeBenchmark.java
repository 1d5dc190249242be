package io.github.camelclova.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelclova.transport.SseDecoder;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Bytes to events, in reads as large as the HTTP client's. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class SseDecodeBenchmark {

    private static final int EVENTS = 1000;
    private static final int READ = 8 * 1024;
    private static final String EVENT =
            "id:7e0a9f11-0003-4d21-8f00-000000000001\nevent:token\ndata:{\"message\":{\"role\":"
                    + "\"assistant\",\"content\":\"주문\"},\"finishReason\":null,\"created\":1795219200,\"seed\":77120045,"
                    + "\"usage\":null}\n\n";

    private byte[] body;
    private SseDecoder decoder;
    private int length;

    @Setup
    public void prepare() {
        body = EVENT.repeat(EVENTS).getBytes(UTF_8);
        decoder = new SseDecoder(event -> length += event.length(), body.length);
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int decode() {
        for (int at = 0; at < body.length; at += READ) {
            decoder.feed(ByteBuffer.wrap(body, at, Math.min(READ, body.length - at)));
        }
        return length;
    }
}
