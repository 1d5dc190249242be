package io.github.camelclova.examples.support;

import io.github.camelclova.testing.ClovaStandIn;
import java.util.function.Supplier;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * The part of an example's command line that says which service to ask: the one of {@code --base-url}, CLOVA Studio when its
 * key is in the environment, and else a stand-in that ends with the example.
 *
 * <p>There is no option for a key: what stands on a command line can be read in the list of processes and stays in the
 * shell's history.
 */
public final class AskedService {

    /** What the example tells its user. */
    public static final Logger CONSOLE = LoggerFactory.getLogger("example");

    /** Where {@code --help} says what the environment is asked for. */
    public static final String HELP =
            "With CLOVASTUDIO_API_KEY in the environment CLOVA Studio is asked; with neither a key nor --base-url "
                    + "a built-in stand-in. The key of another service goes into EXAMPLE_API_KEY.";

    private static final String KEY_VARIABLE = "CLOVASTUDIO_API_KEY";
    private static final String OTHER_KEY_VARIABLE = "EXAMPLE_API_KEY";

    /** The example itself: adds its routes, starts Camel and returns the exit code when it is done. */
    @FunctionalInterface
    public interface Example {
        int run(Main main) throws Exception;
    }

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            description = "Where the service is, for OpenAI-compatible ones up to and including /v1.")
    private @Nullable String baseUrl;

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "auto, clova-v1, clova-v3 or openai. Default: ${DEFAULT-VALUE}.")
    private String dialect = "auto";

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "HCX-005",
            description = "The model to ask. Default: ${DEFAULT-VALUE}.")
    private String model = "HCX-005";

    @Option(names = "--help", usageHelp = true, description = "Shows this.")
    @SuppressWarnings("unused") // picocli asks its annotation only
    private boolean help;

    /** A failure is told in one line, by its innermost cause: that is where the component names what is wrong. */
    public static CommandLine commandLine(Object command) {
        return new CommandLine(command).setExecutionExceptionHandler((failure, line, parsed) -> {
            Throwable cause = failure;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            CONSOLE.error("Cannot start: {}", cause.getMessage());
            return line.getCommandSpec().exitCodeOnExecutionException();
        });
    }

    /** Runs the command and, if it failed, ends the process with its exit code. */
    public static void main(Object command, String[] args) {
        int exitCode = commandLine(command).execute(args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /**
     * Runs the example with Camel set to the service, and stops Camel behind it.
     *
     * @param standIn started and closed here if it is needed
     */
    public int run(ClovaStandIn.Builder standIn, Example example) throws Exception {
        return run(standIn::start, example);
    }

    /**
     * The same with a stand-in that has a script of its own.
     *
     * @param standIn starts one; closed here
     */
    public int run(Supplier<ClovaStandIn> standIn, Example example) throws Exception {
        if (baseUrl != null || isSet(KEY_VARIABLE)) {
            CONSOLE.info("Asking {}, model {}.", baseUrl == null ? "CLOVA Studio" : baseUrl, model);
            return run(baseUrl, example);
        }
        CONSOLE.info("No {} and no --base-url: starting the built-in stand-in, which is no model.", KEY_VARIABLE);
        try (ClovaStandIn started = standIn.get()) {
            return run(hasAiFilter() ? started.baseUrl() : started.openAiBaseUrl(), example);
        }
    }

    private int run(@Nullable String url, Example example) throws Exception {
        Main main = new Main();
        main.addInitialProperty("camel.component.clova.dialect", dialect);
        main.addInitialProperty("camel.component.clova.model", model);
        if (baseUrl != null && isSet(OTHER_KEY_VARIABLE)) {
            main.addInitialProperty("camel.component.clova.api-key", System.getenv(OTHER_KEY_VARIABLE));
        }
        if (url != null) {
            main.addInitialProperty("camel.component.clova.base-url", url);
        }
        // OpenAI-compatible services have no AI filter; they say "content_filter" themselves.
        main.addInitialProperty("example.aiFilterPolicy", hasAiFilter() ? "moderate" : "off");
        // Of CLOVA Studio's models only this one keeps to a JSON Schema.
        main.addInitialProperty("example.schemaModel", hasAiFilter() ? "HCX-007" : model);
        try {
            return example.run(main);
        } finally {
            main.stop();
        }
    }

    private static boolean isSet(String variable) {
        String value = System.getenv(variable);
        return value != null && !value.isBlank();
    }

    private boolean hasAiFilter() {
        return !dialect.equalsIgnoreCase("openai");
    }
}
