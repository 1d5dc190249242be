package io.github.camelclova.benchmarks;

import java.util.Arrays;
import java.util.List;

/**
 * How a load program runs.
 *
 * @param port of the service
 * @param jmx whether Camel is managed, as it is by default
 * @param rounds how often each side is measured
 */
record LoadOptions(int port, boolean jmx, int rounds) {

    private static final int ROUNDS = 11;

    static LoadOptions of(int port, List<String> flags) {
        int rounds = flags.stream()
                .filter(flag -> flag.startsWith("--rounds="))
                .map(flag -> Integer.valueOf(flag.substring("--rounds=".length())))
                .findFirst()
                .orElse(ROUNDS);
        return new LoadOptions(port, flags.contains("--jmx"), rounds);
    }

    static List<String> flags(String[] args) {
        return Arrays.stream(args).filter(arg -> arg.startsWith("--")).toList();
    }
}
