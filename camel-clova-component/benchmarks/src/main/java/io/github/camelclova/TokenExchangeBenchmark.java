package io.github.camelclova;

import io.github.camelclova.chat.CompletionEvent;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The exchange of a token: made, and sent through {@code direct:} to a route of one step. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class TokenExchangeBenchmark {

    /** Headers that the original exchange brings along. */
    @Param({"0", "5"})
    public int headers;

    private final CompletionEvent.Token token = new CompletionEvent.Token("주문");
    private CamelContext context;
    private Exchange original;
    private TokenTarget target;
    private StreamMessages messages;
    private int seen;

    @Setup
    public void prepare() throws Exception {
        context = new DefaultCamelContext();
        context.disableJMX();
        context.addRoutes(new RouteBuilder(context) {
            @Override
            public void configure() {
                from("direct:token").process(exchange -> seen++);
            }
        });
        context.start();
        original = new DefaultExchange(context);
        for (int i = 0; i < headers; i++) {
            original.getMessage().setHeader("header" + i, "value");
        }
        ClovaEndpoint endpoint =
                context.getEndpoint("clova:chat?model=HCX-005&apiKey=nv-benchmark", ClovaEndpoint.class);
        target = TokenTarget.start(endpoint, "direct:token");
        messages = new StreamMessages(original, "r");
    }

    @TearDown
    public void stop() {
        context.stop();
    }

    @Benchmark
    public Exchange make() {
        Exchange exchange = target.newExchange(original);
        messages.token(token, exchange.getMessage());
        return exchange;
    }

    @Benchmark
    public boolean makeAndSend() {
        Exchange exchange = target.newExchange(original);
        messages.token(token, exchange.getMessage());
        return target.send(exchange, () -> {});
    }
}
