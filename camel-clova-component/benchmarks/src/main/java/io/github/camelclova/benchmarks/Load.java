package io.github.camelclova.benchmarks;

import java.util.Arrays;
import java.util.List;

/** One scenario in a JVM of its own: its name, the service's port, the sides, then options. */
public final class Load {

    private Load() {}

    public static void main(String[] args) throws Exception {
        Scenario scenario = Scenario.valueOf(args[0]);
        LoadOptions options = LoadOptions.of(Integer.parseInt(args[1]), LoadOptions.flags(args));
        List<Side> sides = Arrays.stream(args)
                .skip(2)
                .filter(arg -> !arg.startsWith("--"))
                .map(Side::valueOf)
                .toList();
        Sides all = new Sides(options, sides);
        switch (scenario) {
            case HOT -> HotStream.run(all, sides, options.rounds());
            case COLD -> HotStream.first(all, sides.get(0));
            case MANY -> ManyStreams.run(all, sides.get(0));
            case HEAP -> OpenStreams.run(all, sides.get(0));
            case BLOCKING -> ManyStreams.runBlocking(all, sides.get(0));
            case GROWTH -> GrowingStream.run(all, sides.get(0));
            case REQUESTS -> Requests.run(all, sides, options.rounds());
            case FIRST -> FirstToken.run(all, sides, options.rounds());
        }
        // Streams that are still open need no farewell.
        System.exit(0);
    }
}
