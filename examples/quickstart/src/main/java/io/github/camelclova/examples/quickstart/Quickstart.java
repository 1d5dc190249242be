package io.github.camelclova.examples.quickstart;

import io.github.camelclova.testing.ClovaStandIn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Starts the route of {@code camel/quickstart.camel.yaml} with a service to ask, and ends it.
 *
 * <p>There is no option for a key: what stands on a command line can be read in the list of processes and stays in the
 * shell's history.
 */
@Command(
        name = "quickstart",
        description = "Answers the text files in questions/; what the AI filter flags goes to review/.",
        footer = {
            "",
            "With CLOVASTUDIO_API_KEY in the environment CLOVA Studio is asked; with neither a key nor --base-url "
                    + "a built-in stand-in. The key of another service goes into QUICKSTART_API_KEY."
        })
public final class Quickstart implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger("quickstart");
    private static final String KEY_VARIABLE = "CLOVASTUDIO_API_KEY";
    private static final String OTHER_KEY_VARIABLE = "QUICKSTART_API_KEY";
    private static final Duration QUIET = Duration.ofSeconds(3);

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "Where the service is, for OpenAI-compatible ones up to and including /v1.")
    private String baseUrl;

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "auto, clova-v1, clova-v3 or openai. Default: ${DEFAULT-VALUE}.")
    private String dialect;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "HCX-005",
            description = "The model to ask. Default: ${DEFAULT-VALUE}.")
    private String model;

    @Option(names = "--help", usageHelp = true, description = "Shows this.")
    @SuppressWarnings("unused") // picocli asks its annotation only
    private boolean help;

    @Option(names = "--watch", description = "Goes on watching questions/ until it is interrupted.")
    private boolean watch;

    @Option(
            names = "--folder",
            paramLabel = "PATH",
            defaultValue = "${sys:quickstart.home:-.}",
            description = "The folder that holds questions/, answers/ and review/. Default: this example's.")
    private Path folder;

    public static void main(String[] args) {
        int exitCode = commandLine().execute(args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** A failure is told in one line, by its innermost cause: that is where the component names what is wrong. */
    static CommandLine commandLine() {
        return new CommandLine(new Quickstart()).setExecutionExceptionHandler((failure, command, parsed) -> {
            Throwable cause = failure;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            LOG.error("Cannot start: {}", cause.getMessage());
            return command.getCommandSpec().exitCodeOnExecutionException();
        });
    }

    @Override
    public Integer call() throws Exception {
        if (baseUrl != null || isSet(KEY_VARIABLE)) {
            LOG.info("Asking {}, model {}.", baseUrl == null ? "CLOVA Studio" : baseUrl, model);
            return answer(baseUrl);
        }
        LOG.info("No {} and no --base-url: starting the built-in stand-in, which is no model.", KEY_VARIABLE);
        try (ClovaStandIn standIn = ClovaStandIn.start()) {
            return answer(isOpenAi() ? standIn.openAiBaseUrl() : standIn.baseUrl());
        }
    }

    private int answer(String service) throws Exception {
        Activity activity = new Activity();
        Main main = new Main();
        main.configure().withRoutesIncludePattern("classpath:camel/quickstart.camel.yaml");
        main.addInitialProperty("camel.component.clova.dialect", dialect);
        main.addInitialProperty("camel.component.clova.model", model);
        if (baseUrl != null && isSet(OTHER_KEY_VARIABLE)) {
            main.addInitialProperty("camel.component.clova.api-key", System.getenv(OTHER_KEY_VARIABLE));
        }
        if (service != null) {
            main.addInitialProperty("camel.component.clova.base-url", service);
        }
        main.addInitialProperty("quickstart.folder", folder.toAbsolutePath().toString());
        // Only CLOVA Studio's own dialects have an AI filter; others say "content_filter" themselves.
        main.addInitialProperty("quickstart.aiFilterPolicy", isOpenAi() ? "off" : "moderate");
        main.bind("activity", activity);
        try {
            main.start();
            if (watch) {
                LOG.info("Watching {}, Ctrl+C ends it.", folder.resolve("questions"));
            }
            boolean quiet = false;
            // Ctrl+C ends what is allowed to run.
            while (!quiet && main.getShutdownStrategy().isRunAllowed()) {
                Thread.sleep(100);
                quiet = !watch && activity.quietFor(main.getCamelContext(), QUIET);
            }
            if (quiet) {
                LOG.info("No new file for {} seconds, so this is the end; --watch goes on.", QUIET.toSeconds());
            }
        } finally {
            main.stop();
        }
        return activity.failures() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private static boolean isSet(String variable) {
        return System.getenv(variable) != null && !System.getenv(variable).isBlank();
    }

    private boolean isOpenAi() {
        return dialect.equalsIgnoreCase("openai");
    }
}
