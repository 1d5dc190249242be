package io.github.camelclova;

import static org.awaitility.Awaitility.await;

import io.github.camelclova.testing.ClovaStandIn;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.json.JsonObject;

/** A context with a meter registry and routes without an error handler, and what can be seen of it from outside. */
final class ObservedRoutes implements AutoCloseable {

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final CamelContext context = new DefaultCamelContext();
    final List<String> tokens = new CopyOnWriteArrayList<>();
    private final ProducerTemplate template;

    /** @param routes endpoint URIs by the name of the direct endpoint that asks them */
    ObservedRoutes(Map<String, String> routes) throws Exception {
        context.disableJMX();
        context.getRegistry().bind("meters", meters);
        start(context, routes, tokens);
        template = context.createProducerTemplate();
    }

    static void start(CamelContext context, Map<String, String> routes, List<String> tokens) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:tokens")
                        .process(exchange -> tokens.add(exchange.getMessage().getBody(String.class)));
            }
        });
        add(context, routes);
        context.start();
    }

    static void add(CamelContext context, Map<String, String> routes) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                routes.forEach((name, uri) -> from("direct:" + name).to(uri));
            }
        });
    }

    Exchange ask(String route) {
        return ask(route, "hello", Map.of());
    }

    Exchange ask(String route, Object body, Map<String, ?> headers) {
        return template.send("direct:" + route, exchange -> {
            exchange.getMessage().setBody(body);
            headers.forEach(exchange.getMessage()::setHeader);
        });
    }

    /** An endpoint of the dialect clova-v3 that retries once and at once. */
    static String uri(ClovaStandIn service, String... options) {
        String more = options.length == 0 ? "" : "&" + String.join("&", options);
        return "clova:chat?model=HCX-005&apiKey=%s&maxRetries=1&retryDelay=1&baseUrl=%s%s"
                .formatted(Target.KEY, service.baseUrl(), more);
    }

    private DevConsole console() {
        return context.getCamelContextExtension()
                .getContextPlugin(DevConsoleRegistry.class)
                .resolveById("clova");
    }

    /** What the console says of the component. */
    JsonObject consoleJson() {
        JsonObject all = (JsonObject) console().call(DevConsole.MediaType.JSON, Map.of());
        return (JsonObject) ((List<?>) all.get("components")).get(0);
    }

    String consoleText() {
        return (String) console().call(DevConsole.MediaType.TEXT, Map.of());
    }

    /** The sum of all meters of a name whose tags have these values; tags in the order key, value, key, value. */
    double total(String name, String... tags) {
        return meters.find(name).tags(tags).meters().stream()
                .mapToDouble(ObservedRoutes::first)
                .sum();
    }

    private static double first(Meter meter) {
        return meter.measure().iterator().next().getValue();
    }

    /** The values of a tag over all meters of a name. */
    Set<String> tagValues(String name, String tag) {
        return meters.find(name).meters().stream()
                .map(meter -> meter.getId().getTag(tag))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Each meter in a line, without times. */
    String dump() {
        Map<String, String> lines = new TreeMap<>();
        for (Meter meter : meters.getMeters()) {
            String tags = meter.getId().getTags().stream()
                    .map((Tag tag) -> tag.getKey() + "=" + tag.getValue())
                    .collect(Collectors.joining(", "));
            lines.put(meter.getId().getName() + "{" + tags + "}", "%.0f".formatted(first(meter)));
        }
        return lines.entrySet().stream()
                .map(line -> line.getKey() + " " + line.getValue() + "\n")
                .collect(Collectors.joining());
    }

    void awaitNoOpenStream() {
        await().until(() -> total("camel.clova.streams.open") == 0);
    }

    @Override
    public void close() {
        context.stop();
        meters.close();
    }
}
