package io.github.camelclova;

import static java.util.stream.Collectors.joining;

import io.github.camelclova.testing.ClovaStandIn;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Camel context and a stand-in service for the tests of a class; routes and recordings are gone after each test. Routes
 * have no error handler, so a failed exchange comes back as the step left it.
 */
final class ChatRoutes implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private ClovaStandIn service;
    private CamelContext context;
    private ProducerTemplate template;

    ClovaStandIn service() {
        return service;
    }

    CamelContext context() {
        return context;
    }

    ProducerTemplate template() {
        return template;
    }

    /** Starts a route to an endpoint. Throws what the start fails with. */
    String start(String uri) {
        String from = "direct:ask-" + context.getRoutesSize();
        add(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from(from).to(uri);
            }
        });
        return from;
    }

    void add(RouteBuilder routes) {
        try {
            context.addRoutes(routes);
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Starts a route to an endpoint and sends it one message. */
    Exchange ask(String uri, Object body) {
        return ask(uri, body, Map.of());
    }

    Exchange ask(String uri, Object body, Map<String, ?> headers) {
        return send(start(uri), body, headers);
    }

    Exchange send(String from, Object body, Map<String, ?> headers) {
        return template.send(from, exchange -> {
            exchange.getMessage().setBody(body);
            headers.forEach(exchange.getMessage()::setHeader);
        });
    }

    /** What the start of a route to this endpoint is refused with; fails when it starts. */
    IllegalArgumentException refusalOf(String uri) {
        try {
            start(uri);
        } catch (RuntimeException failure) {
            return Stream.<Throwable>iterate(failure, each -> each != null, Throwable::getCause)
                    .filter(each -> each.getClass() == IllegalArgumentException.class)
                    .map(IllegalArgumentException.class::cast)
                    .filter(each -> !each.getMessage().contains("Failed to create"))
                    .findFirst()
                    .orElseThrow(() -> failure);
        }
        throw new AssertionError("the route started: " + uri);
    }

    /** What the start of a route to this endpoint fails with, in all the words of its causes; Camel itself reads numbers. */
    String startFailureOf(String uri) {
        try {
            start(uri);
        } catch (RuntimeException failure) {
            return Stream.<Throwable>iterate(failure, each -> each != null, Throwable::getCause)
                    .map(String::valueOf)
                    .collect(joining("\n"));
        }
        throw new AssertionError("the route started: " + uri);
    }

    @Override
    public void beforeAll(ExtensionContext extension) {
        service = ClovaStandIn.start();
        context = new DefaultCamelContext();
        context.start();
        template = context.createProducerTemplate();
    }

    @Override
    public void afterEach(ExtensionContext extension) throws Exception {
        for (Route route : context.getRoutes()) {
            context.getRouteController().stopRoute(route.getRouteId());
            context.removeRoute(route.getRouteId());
        }
        service.reset();
    }

    @Override
    public void afterAll(ExtensionContext extension) {
        context.stop();
        service.close();
    }
}
