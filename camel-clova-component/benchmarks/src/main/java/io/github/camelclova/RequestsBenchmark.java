package io.github.camelclova;

import io.github.camelclova.chat.ChatRequest;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** An exchange to a request, without and with headers that override options. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class RequestsBenchmark {

    private CamelContext context;
    private Requests requests;
    private Exchange plain;
    private Exchange overriding;

    @Setup
    public void prepare() {
        context = new DefaultCamelContext();
        context.disableJMX();
        context.start();
        requests = new Requests(EndpointOptions.check(context.getEndpoint(
                "clova:chat?model=HCX-005&apiKey=nv-benchmark&systemMessage=Be brief", ClovaEndpoint.class)));
        plain = exchange();
        overriding = exchange();
        overriding.getMessage().setHeader(ClovaConstants.TEMPERATURE, 0.3);
        overriding.getMessage().setHeader(ClovaConstants.MAX_TOKENS, 128);
    }

    private Exchange exchange() {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody("내일 주문이 도착하나요?");
        return exchange;
    }

    @TearDown
    public void stop() {
        context.stop();
    }

    @Benchmark
    public ChatRequest plain() {
        return requests.from(plain);
    }

    @Benchmark
    public ChatRequest overriding() {
        return requests.from(overriding);
    }
}
