package io.github.camelclova.streaming;

import static org.awaitility.Awaitility.await;

import io.github.camelclova.ClovaConstants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/** Keeps what a route is handed, and does with it what the test says. */
final class TokenRoute implements Processor {

    /** An exchange as it was when it came. */
    record Handed(Exchange exchange, String body, Map<String, Object> headers, String thread) {

        static Handed of(Exchange exchange) {
            Map<String, Object> headers = new TreeMap<>(exchange.getMessage().getHeaders());
            return new Handed(
                    exchange,
                    exchange.getMessage().getBody(String.class),
                    headers,
                    Thread.currentThread().getName());
        }

        String type() {
            return (String) headers.get(ClovaConstants.EVENT_TYPE);
        }
    }

    private final List<Handed> handed = new CopyOnWriteArrayList<>();
    private volatile Consumer<Exchange> then = exchange -> {};

    /** What the route does with each exchange from now on. */
    TokenRoute then(Consumer<Exchange> action) {
        then = action;
        return this;
    }

    @Override
    public void process(Exchange exchange) {
        handed.add(Handed.of(exchange));
        then.accept(exchange);
    }

    List<Handed> all() {
        return handed;
    }

    List<Handed> ofType(String type) {
        return handed.stream().filter(each -> each.type().equals(type)).toList();
    }

    List<String> tokens() {
        return ofType("token").stream().map(Handed::body).toList();
    }

    List<String> types() {
        return handed.stream().map(Handed::type).toList();
    }

    Handed last() {
        return handed.get(handed.size() - 1);
    }

    void awaitCount(int count) {
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(StreamingTest.SOON)
                .until(() -> handed.size() >= count);
    }
}
