package io.github.camelclova.examples.moderatedchat;

import io.github.camelclova.testing.ClovaStandIn;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Starts the chat with a service to ask, and ends it. */
@Command(
        name = "moderated-chat",
        description = "A chat in the browser that withholds what the AI filter flags.",
        footer = {"", "With CLOVASTUDIO_API_KEY in the environment CLOVA Studio is asked, else a built-in stand-in."})
public final class ModeratedChat implements Callable<Integer> {

    private static final Logger LOG = LoggerFactory.getLogger("moderated-chat");
    private static final String KEY_VARIABLE = "CLOVASTUDIO_API_KEY";

    @Option(
            names = "--port",
            paramLabel = "NUMBER",
            defaultValue = "8080",
            description = "The port on this machine, 0 for a free one. Default: ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--model",
            paramLabel = "NAME",
            defaultValue = "HCX-005",
            description = "The model to ask. Default: ${DEFAULT-VALUE}.")
    private String model;

    @Option(
            names = "--token-delay",
            paramLabel = "MILLISECONDS",
            defaultValue = "150",
            description = "The stand-in's pause between two tokens. Default: ${DEFAULT-VALUE}.")
    private long tokenDelay;

    @Option(names = "--for", paramLabel = "SECONDS", description = "Ends by itself after so long.")
    private Integer seconds;

    @Option(names = "--help", usageHelp = true, description = "Shows this.")
    @SuppressWarnings("unused") // picocli asks its annotation only
    private boolean help;

    public static void main(String[] args) {
        int exitCode = commandLine().execute(args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    /** A failure is told in one line, by its innermost cause: that is where the component names what is wrong. */
    static CommandLine commandLine() {
        return new CommandLine(new ModeratedChat()).setExecutionExceptionHandler((failure, command, parsed) -> {
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
        String key = System.getenv(KEY_VARIABLE);
        if (key != null && !key.isBlank()) {
            LOG.info("Asking CLOVA Studio, model {}.", model);
            serve(null);
            return CommandLine.ExitCode.OK;
        }
        LOG.info("No {}: starting the built-in stand-in, which is no model.", KEY_VARIABLE);
        try (ClovaStandIn standIn =
                ClovaStandIn.builder().tokenDelay(Duration.ofMillis(tokenDelay)).start()) {
            serve(standIn.baseUrl());
        }
        return CommandLine.ExitCode.OK;
    }

    private void serve(String service) throws Exception {
        try (ChatServer server = ChatServer.start(port, model, service)) {
            LOG.info("Chat:     {}", server.url());
            LOG.info("Reviewer: {}", server.reviewerUrl());
            LOG.info(
                    "{} ends it.", seconds == null ? "Ctrl+C" : "Ctrl+C, or the end of %d seconds,".formatted(seconds));
            if (seconds == null) {
                server.await();
            } else {
                server.await(Duration.ofSeconds(seconds));
            }
        }
    }
}
