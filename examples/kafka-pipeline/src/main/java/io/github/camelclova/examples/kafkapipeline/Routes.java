package io.github.camelclova.examples.kafkapipeline;

import java.nio.file.Path;
import org.apache.camel.main.Main;

/** The routes of the example and what they refer to. */
final class Routes {

    /** Longer than a call may take, so that what was begun can be finished. */
    private static final int STOPS_WITHIN_SECONDS = 75;

    private Routes() {}

    /**
     * Sets Camel up to answer questions.
     *
     * @param consumers records that are worked on at the same time
     * @param verdicts counts along
     */
    static void answer(Main main, String brokers, int consumers, Verdicts verdicts) {
        main.configure()
                .withRoutesIncludePattern("classpath:camel/pipeline.camel.yaml")
                .withShutdownTimeout(STOPS_WITHIN_SECONDS);
        main.addInitialProperty("camel.component.kafka.brokers", brokers);
        main.addInitialProperty("pipeline.consumers", String.valueOf(consumers));
        main.bind("verdicts", verdicts);
        main.bind("deadLetter", new DeadLetter());
        main.bind("waitAsAsked", new WaitAsAsked());
    }

    /** Has answers come token by token, too, and puts them together in a folder. */
    static void stream(Main main, Path folder) {
        main.configure()
                .withRoutesIncludePattern("classpath:camel/pipeline.camel.yaml,classpath:camel/tokens.camel.yaml");
        main.addInitialProperty("pipeline.streamTo", "direct:token");
        main.addInitialProperty("pipeline.folder", folder.toAbsolutePath().toString());
        main.bind("texts", new TokenTexts());
    }
}
