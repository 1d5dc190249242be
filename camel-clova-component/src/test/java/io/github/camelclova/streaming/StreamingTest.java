package io.github.camelclova.streaming;

import static org.awaitility.Awaitility.await;

import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.LiveReply;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A context of its own for each test, beside a service that the test scripts. */
abstract class StreamingTest {

    /** Long enough for anything that happens at all. */
    static final Duration SOON = Duration.ofSeconds(10);

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    final CamelContext context = new DefaultCamelContext();
    final ProducerTemplate template = context.createProducerTemplate();
    final TokenRoute tokens = new TokenRoute();

    @BeforeEach
    void startContext() {
        context.getShutdownStrategy().setTimeout(1);
        context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
        // A stream that a stop cuts off has nobody left to send its end to, and waits for nobody.
        context.getComponent("direct", DirectComponent.class).setBlock(false);
        template.start();
        context.start();
    }

    @AfterEach
    void stopContext() {
        context.stop();
    }

    static ClovaStandIn service() {
        return SERVICE.get();
    }

    /** A service that sends what the test tells it to, when it tells it to. */
    static LiveReply live() {
        LiveReply live = new LiveReply();
        service().replays(live.reply());
        return live;
    }

    void routes(LambdaRouteBuilder routes) {
        try {
            RouteBuilder.addRoutes(context, routes);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** {@code direct:ask} asks the service, and {@code direct:tokens} is handed the stream. */
    void pushedRoutes(Speaker speaker, String... options) {
        routes(route -> {
            route.errorHandler(route.noErrorHandler());
            route.from("direct:ask")
                    .routeId("ask")
                    .to(speaker.endpoint(service(), options) + "&streamTo=direct:tokens");
            route.from("direct:tokens").routeId("tokens").process(tokens);
        });
    }

    /** {@code direct:ask} asks the service and splits the stream, part by part. */
    void pulledRoutes(Speaker speaker, String... options) {
        routes(route -> {
            route.errorHandler(route.noErrorHandler());
            route.from("direct:ask")
                    .routeId("ask")
                    .to(speaker.endpoint(service(), options) + "&streaming=true")
                    .split(route.body())
                    .streaming()
                    .stopOnException()
                    .process(tokens)
                    .end();
        });
    }

    Exchange ask() {
        return answered(asking());
    }

    CompletableFuture<Exchange> asking() {
        return template.asyncSend(
                "direct:ask", exchange -> exchange.getMessage().setBody("hello"));
    }

    static Exchange answered(CompletableFuture<Exchange> asking) {
        try {
            return asking.get(SOON.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the original exchange did not end", e);
        }
    }

    static void until(Callable<Boolean> condition) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(SOON)
                .until(condition);
    }
}
