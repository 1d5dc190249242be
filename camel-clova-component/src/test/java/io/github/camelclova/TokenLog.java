package io.github.camelclova;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;

/** A route for the exchanges of streams, which keeps what each of them was. */
final class TokenLog {

    /** @param failure what an error exchange says of its cause; null on others */
    record Seen(Map<String, Object> headers, Object body, Exception failure) {

        private static Seen of(Exchange exchange) {
            Message message = exchange.getMessage();
            return new Seen(
                    Map.copyOf(message.getHeaders()),
                    message.getBody(),
                    exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class));
        }

        String type() {
            return (String) headers.get(ClovaConstants.EVENT_TYPE);
        }

        boolean isToken() {
            return type().equals("token");
        }
    }

    private final String uri;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    private TokenLog(String uri) {
        this.uri = uri;
    }

    /** Starts the route, in which something else may happen to each exchange once it is noted. */
    static TokenLog start(CamelContext context, Processor then) {
        TokenLog tokens = new TokenLog("direct:tokens-" + context.getRoutesSize());
        try {
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    errorHandler(noErrorHandler());
                    from(tokens.uri)
                            .process(exchange -> tokens.seen.add(Seen.of(exchange)))
                            .process(then);
                }
            });
        } catch (Exception notStarted) {
            throw new IllegalStateException(notStarted);
        }
        return tokens;
    }

    static TokenLog start(CamelContext context) {
        return start(context, exchange -> {});
    }

    /** For {@code streamTo}. */
    String uri() {
        return uri;
    }

    List<Seen> all() {
        return seen;
    }

    List<Object> tokens() {
        return seen.stream().filter(Seen::isToken).map(Seen::body).toList();
    }

    List<String> types() {
        return seen.stream().map(Seen::type).toList();
    }

    Seen last() {
        return seen.get(seen.size() - 1);
    }

    void clear() {
        seen.clear();
    }
}
