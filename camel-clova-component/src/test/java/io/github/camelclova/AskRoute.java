package io.github.camelclova;

import io.github.camelclova.chat.ClovaException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/** A context with the route {@code direct:ask}, which asks a service and notes on which thread it goes on. */
final class AskRoute implements AutoCloseable {

    static final String ROUTE = "ask";

    private static final String HASTE = "retryDelay=1";

    final CamelContext context = new DefaultCamelContext();
    final List<String> threads = new CopyOnWriteArrayList<>();
    private final String uri;

    private AskRoute(String baseUrl, String options) {
        uri = "clova:chat?model=HCX-005&baseUrl=%s%s%s"
                .formatted(
                        baseUrl,
                        options.contains("retryDelay") ? "" : "&" + HASTE,
                        options.isEmpty() ? "" : "&" + options);
    }

    static AskRoute to(String baseUrl, String... options) {
        return prepared(context -> {}, baseUrl, options);
    }

    static AskRoute prepared(Consumer<CamelContext> preparation, String baseUrl, String... options) {
        Consumer<CamelContext> unmanaged = CamelContext::disableJMX;
        return managed(unmanaged.andThen(preparation), baseUrl, options);
    }

    /** With a JMX agent, which takes its time. */
    static AskRoute managed(Consumer<CamelContext> preparation, String baseUrl, String... options) {
        AskRoute route = new AskRoute(baseUrl, String.join("&", options));
        preparation.accept(route.context);
        route.start();
        return route;
    }

    private void start() {
        try {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:ask")
                            .routeId(ROUTE)
                            .to(uri)
                            .process(exchange ->
                                    threads.add(Thread.currentThread().getName()));
                }
            });
            context.start();
        } catch (Exception notStarted) {
            context.stop();
            throw new IllegalStateException(notStarted);
        }
    }

    String uri() {
        return uri;
    }

    ProducerTemplate template() {
        return context.createProducerTemplate();
    }

    Exchange ask() {
        return ask("hello");
    }

    Exchange ask(String prompt) {
        try (ProducerTemplate template = template()) {
            return template.send("direct:ask", exchange -> exchange.getMessage().setBody(prompt));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String answer() {
        return answerOf(ask());
    }

    static String answerOf(Exchange exchange) {
        if (exchange.getException() != null) {
            throw new AssertionError(exchange.getException());
        }
        return exchange.getMessage().getBody(String.class);
    }

    /** How the call failed. */
    ClovaException failure() {
        return failureOf(ask());
    }

    static ClovaException failureOf(Exchange exchange) {
        if (exchange.getException() instanceof ClovaException failure) {
            return failure;
        }
        throw new AssertionError(
                "not failed as it should: " + exchange.getMessage().getBody(), exchange.getException());
    }

    static int attempts(Exchange exchange) {
        return exchange.getMessage().getHeader(ClovaConstants.ATTEMPTS, Integer.class);
    }

    /** A started producer of an endpoint of its own, which nobody but the caller stops. */
    AsyncProducer producer() throws Exception {
        AsyncProducer producer = context.getEndpoint(uri).createAsyncProducer();
        producer.start();
        return producer;
    }

    Exchange exchange() {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody("hello");
        return exchange;
    }

    @Override
    public void close() {
        context.stop();
    }
}
