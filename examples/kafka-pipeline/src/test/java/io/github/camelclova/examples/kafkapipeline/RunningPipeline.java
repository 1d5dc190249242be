package io.github.camelclova.examples.kafkapipeline;

import java.nio.file.Path;
import org.apache.camel.main.Main;

/** One node in this virtual machine, with three consumers. */
final class RunningPipeline {

    /** What a test does while the node runs. */
    @FunctionalInterface
    interface Meanwhile {
        void run() throws Exception;
    }

    private final Main main = new Main();

    private RunningPipeline() {}

    static RunningPipeline at(String brokers, String baseUrl) {
        RunningPipeline pipeline = new RunningPipeline();
        Routes.answer(pipeline.main, brokers, 3, new Verdicts());
        return pipeline.with("camel.component.clova.base-url", baseUrl)
                .with("camel.component.clova.model", "HCX-005")
                .with("example.aiFilterPolicy", "moderate");
    }

    RunningPipeline with(String property, String value) {
        main.addInitialProperty(property, value);
        return this;
    }

    /** Puts the answers together in this folder, too. */
    RunningPipeline streamingTo(Path folder) {
        Routes.stream(main, folder);
        return this;
    }

    /** Has no time to finish anything when it stops. */
    RunningPipeline inAHurry() {
        main.configure().withShutdownTimeout(1);
        return with("pipeline.shutdownTimeout", "100");
    }

    /** Starts the node and stops it in good order when this has come to its end. */
    void until(Meanwhile end) throws Exception {
        main.start();
        try {
            end.run();
        } finally {
            main.stop();
        }
    }
}
