package io.github.camelclova.benchmarks;

import java.time.Duration;

/**
 * What the service is to answer, told by the name of the model, which is the one thing that every client of it sends.
 *
 * @param tokens how many; 0 for a whole answer
 * @param pause between two of them
 */
record Plan(int tokens, Duration pause) {

    static final Plan WHOLE = new Plan(0, Duration.ZERO);

    /** As fast as the connection takes them. */
    static Plan hot(int tokens) {
        return new Plan(tokens, Duration.ZERO);
    }

    /** Each with the time of its departure, in microseconds of the epoch, as its text. */
    static Plan paced(int tokens, Duration pause) {
        return new Plan(tokens, pause);
    }

    static Plan ofModel(String model) {
        String[] parts = model.split("-", 3);
        return new Plan(Integer.parseInt(parts[1]), Duration.ofMillis(Long.parseLong(parts[2])));
    }

    boolean isPaced() {
        return !pause.isZero();
    }

    String model() {
        return "load-" + tokens + "-" + pause.toMillis();
    }
}
