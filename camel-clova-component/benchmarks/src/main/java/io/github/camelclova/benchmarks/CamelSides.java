package io.github.camelclova.benchmarks;

import io.github.camelclova.ClovaConstants;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** The sides that make exchanges. Every token ends in a route of one step, which hands its text to the sink. */
final class CamelSides {

    static final String KEY = "nv-load";
    static final String PROMPT = "내일 주문이 도착하나요?";

    /** As large as the component's. */
    private static final int POOL_SIZE = 10;

    private final CamelContext context;
    private final Executor pool;
    private final ProducerTemplate template;
    private final Endpoint token;
    private final AsyncProducer push;
    private final AsyncProducer pull;
    private final AsyncProducer whole;
    private volatile Consumer<String> sink = text -> {};

    CamelSides(String baseUrl, boolean jmx) {
        context = new DefaultCamelContext();
        if (!jmx) {
            context.disableJMX();
        }
        try {
            context.addRoutes(routes(baseUrl));
            context.start();
            pool = context.getExecutorServiceManager().newThreadPool(this, "floor", POOL_SIZE, POOL_SIZE);
            template = context.createProducerTemplate();
            token = context.getEndpoint("direct:token");
            push = producer("direct:push");
            pull = producer("direct:pull");
            whole = producer("direct:whole");
        } catch (Exception wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    private RouteBuilder routes(String baseUrl) {
        String chat = "clova:chat?dialect=clova-v3&model=" + Plan.WHOLE.model()
                + "&allowedHeaderOverrides=model&apiKey=" + KEY + "&baseUrl=" + baseUrl;
        return new RouteBuilder(context) {
            @Override
            public void configure() {
                from("direct:token").process(CamelSides.this::token);
                from("direct:push").to(chat + "&streamTo=direct:token");
                from("direct:pull")
                        .to(chat + "&streaming=true")
                        .split(body())
                        .streaming()
                        .process(CamelSides.this::token);
                from("direct:whole").to(chat);
            }
        };
    }

    private AsyncProducer producer(String uri) throws Exception {
        AsyncProducer producer = context.getEndpoint(uri).createAsyncProducer();
        producer.start();
        return producer;
    }

    private void token(Exchange exchange) {
        sink.accept((String) exchange.getMessage().getBody());
    }

    void handTo(Consumer<String> next) {
        sink = next;
    }

    /** Where the floor goes on with a whole answer, because a route may block. */
    Executor pool() {
        return pool;
    }

    /** The floor's way: as plain as an exchange can be sent. */
    void sendToken(String text) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(text);
        template.send(token, exchange);
    }

    CompletableFuture<Exchange> stream(Side side, Plan plan) {
        return ask(side == Side.PUSH ? push : pull, plan);
    }

    CompletableFuture<Exchange> complete() {
        return ask(whole, Plan.WHOLE);
    }

    private CompletableFuture<Exchange> ask(AsyncProducer producer, Plan plan) {
        CompletableFuture<Exchange> answered = new CompletableFuture<>();
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(PROMPT);
        exchange.getMessage().setHeader(ClovaConstants.MODEL, plan.model());
        producer.process(exchange, doneSync -> {
            if (exchange.getException() == null) {
                answered.complete(exchange);
            } else {
                answered.completeExceptionally(exchange.getException());
            }
        });
        return answered;
    }
}
