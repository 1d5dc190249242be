package io.github.camelclova.benchmarks;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** All sides against one service. One sink at a time: whoever changes it waits for what runs first. */
final class Sides {

    private final BareClient bare;
    private final CamelSides camel;

    Sides(LoadOptions options, List<Side> needed) {
        String baseUrl = "http://localhost:" + options.port();
        bare = new BareClient(baseUrl);
        if (needed.contains(Side.BARE) || needed.contains(Side.FLOOR)) {
            bare.start();
        }
        camel = new CamelSides(baseUrl, options.jmx());
    }

    /** Hands each token to the sink as on this side it arrives; ends when the stream is over. */
    CompletableFuture<?> stream(Side side, Plan plan, Consumer<String> sink) {
        camel.handTo(sink);
        return switch (side) {
            case BARE -> bare.stream(plan, sink);
            case FLOOR -> bare.stream(plan, camel::sendToken);
            case PUSH, PULL -> camel.stream(side, plan);
        };
    }

    /** Asks for a whole answer. */
    CompletableFuture<?> complete(Side side) {
        return switch (side) {
            case BARE -> bare.complete();
            case FLOOR -> bare.complete().thenAcceptAsync(camel::sendToken, camel.pool());
            case PUSH, PULL -> camel.complete();
        };
    }
}
