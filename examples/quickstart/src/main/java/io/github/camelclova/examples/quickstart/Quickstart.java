package io.github.camelclova.examples.quickstart;

import static io.github.camelclova.examples.support.AskedService.CONSOLE;

import io.github.camelclova.examples.support.AskedService;
import io.github.camelclova.testing.ClovaStandIn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.camel.main.Main;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the route of {@code camel/quickstart.camel.yaml} with a service to ask, and ends it. */
@Command(
        name = "quickstart",
        description = "Answers the text files in questions/; what the AI filter flags goes to review/.",
        footer = {"", AskedService.HELP})
public final class Quickstart implements Callable<Integer> {

    private static final Duration QUIET = Duration.ofSeconds(3);

    @Mixin
    private AskedService service;

    @Option(names = "--watch", description = "Goes on watching questions/ until it is interrupted.")
    private boolean watch;

    @Option(
            names = "--folder",
            paramLabel = "PATH",
            defaultValue = "${sys:example.home:-.}",
            description = "The folder that holds questions/, answers/ and review/. Default: this example's.")
    private Path folder;

    public static void main(String[] args) {
        AskedService.main(new Quickstart(), args);
    }

    @Override
    public Integer call() throws Exception {
        return service.run(ClovaStandIn.builder(), this::answer);
    }

    private int answer(Main main) throws Exception {
        Activity activity = new Activity();
        main.configure().withRoutesIncludePattern("classpath:camel/quickstart.camel.yaml");
        main.addInitialProperty("quickstart.folder", folder.toAbsolutePath().toString());
        main.bind("activity", activity);
        main.start();
        if (watch) {
            CONSOLE.info("Watching {}, Ctrl+C ends it.", folder.resolve("questions"));
        }
        boolean quiet = false;
        // Ctrl+C ends what is allowed to run.
        while (!quiet && main.getShutdownStrategy().isRunAllowed()) {
            main.getShutdownStrategy().await(100, TimeUnit.MILLISECONDS);
            quiet = !watch && activity.quietFor(main.getCamelContext(), QUIET);
        }
        if (quiet) {
            CONSOLE.info("No new file for {} seconds, so this is the end; --watch goes on.", QUIET.toSeconds());
        }
        return activity.failures() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
