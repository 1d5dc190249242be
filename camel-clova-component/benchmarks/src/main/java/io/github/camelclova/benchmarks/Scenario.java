package io.github.camelclova.benchmarks;

import java.util.List;

/** What can be run, each on its own in a fresh JVM. */
@SuppressWarnings("ImmutableEnumChecker") // It does not know that List.of cannot be changed.
enum Scenario {
    HOT("One hot stream of 20,000 tokens", false, Side.values()),
    COLD("The first stream of a JVM, 20,000 tokens", true, Side.values()),
    MANY("1,000 streams, 100 tokens 20 ms apart", true, Side.BARE, Side.FLOOR, Side.PUSH),
    HEAP("Live heap of open streams", true, Side.BARE, Side.PUSH),
    BLOCKING("100 streams, one token in 100 blocks its route for 10 ms", true, Side.FLOOR, Side.PUSH),
    GROWTH("A stream that grows", true, Side.PUSH, Side.PULL),
    REQUESTS("Request and response", false, Side.BARE, Side.FLOOR, Side.PUSH),
    FIRST("First token", false, Side.BARE, Side.FLOOR, Side.PUSH, Side.PULL);

    private final String title;
    private final boolean apart;
    private final List<Side> sides;

    Scenario(String title, boolean apart, Side... sides) {
        this.title = title;
        this.apart = apart;
        this.sides = List.of(sides);
    }

    String title() {
        return title;
    }

    /** Whether each side needs a JVM of its own, because threads, heap or a cold start are counted. */
    boolean isApart() {
        return apart;
    }

    List<Side> sides() {
        return sides;
    }
}
