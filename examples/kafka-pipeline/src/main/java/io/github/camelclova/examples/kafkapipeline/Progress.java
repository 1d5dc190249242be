package io.github.camelclova.examples.kafkapipeline;

import static io.github.camelclova.examples.support.AskedService.CONSOLE;

import java.util.Locale;
import java.util.Map;

/** The table on the console. A line says what all nodes have written, and the verdicts that this one has seen. */
final class Progress {

    private static final String HEAD = "%7s %6s %8s %7s %12s | %5s %7s %6s %8s"
            .formatted("lag", "per s", "answers", "review", "dead-letters", "safe", "suspect", "unsafe", "unjudged");

    private final Topics topics;
    private final Verdicts verdicts;
    private long before = -1;
    private long beforeNanos;

    Progress(Topics topics, Verdicts verdicts) {
        this.topics = topics;
        this.verdicts = verdicts;
    }

    void head() {
        CONSOLE.info(HEAD);
    }

    /** Adds a line and returns the lag that stands in it. */
    long line() throws Exception {
        long lag = topics.lag();
        Map<String, Long> sizes = topics.sizes();
        long done = sizes.get(Topics.ANSWERS) + sizes.get(Topics.REVIEW) + sizes.get(Topics.DEAD_LETTERS);
        CONSOLE.info(String.format(
                Locale.ROOT,
                "%7d %6.1f %8d %7d %12d | %5d %7d %6d %8d",
                lag,
                perSecond(done),
                sizes.get(Topics.ANSWERS),
                sizes.get(Topics.REVIEW),
                sizes.get(Topics.DEAD_LETTERS),
                verdicts.of("safe"),
                verdicts.of("suspect"),
                verdicts.of("unsafe"),
                verdicts.of("unjudged")));
        return lag;
    }

    private double perSecond(long done) {
        long now = System.nanoTime();
        double rate = before < 0 ? 0 : (done - before) * 1e9 / (now - beforeNanos);
        before = done;
        beforeNanos = now;
        return rate;
    }
}
