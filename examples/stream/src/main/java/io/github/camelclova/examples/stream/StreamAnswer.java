package io.github.camelclova.examples.stream;

import static io.github.camelclova.examples.support.AskedService.CONSOLE;

import io.github.camelclova.examples.support.AskedService;
import io.github.camelclova.testing.ClovaStandIn;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts one question to the routes of {@code camel/stream.camel.yaml} and ends when they have answered it. */
@Command(
        name = "stream",
        description =
                "Shows an answer token by token, counts and times the tokens, and writes the whole to answer.txt.",
        footer = {"", AskedService.HELP})
public final class StreamAnswer implements Callable<Integer> {

    /** About as fast as a model writes. */
    private static final Duration TOKEN_DELAY = Duration.ofMillis(80);

    @Mixin
    private AskedService service;

    @Parameters(
            paramLabel = "QUESTION",
            arity = "0..*",
            defaultValue = "가을에 걷기 좋은 길을 하나 알려 주세요.",
            description = "What to ask. Default: ${DEFAULT-VALUE}")
    private List<String> question;

    @Option(
            names = "--token-unit",
            paramLabel = "UNIT",
            defaultValue = "token",
            description = "token, word, sentence or line: what is shown at once. Default: ${DEFAULT-VALUE}.")
    private String tokenUnit;

    @Option(
            names = "--folder",
            paramLabel = "PATH",
            defaultValue = "${sys:example.home:-.}",
            description = "The folder that answer.txt is written to. Default: this example's.")
    private Path folder;

    public static void main(String[] args) {
        AskedService.main(new StreamAnswer(), args);
    }

    @Override
    public Integer call() throws Exception {
        return service.run(ClovaStandIn.builder().tokenDelay(TOKEN_DELAY), this::ask);
    }

    private int ask(Main main) throws Exception {
        main.configure().withRoutesIncludePattern("classpath:camel/stream.camel.yaml");
        main.addInitialProperty("stream.folder", folder.toAbsolutePath().toString());
        main.addInitialProperty("stream.tokenUnit", tokenUnit);
        main.bind("stopwatch", new Stopwatch());
        main.start();
        Exchange answered = main.getCamelTemplate()
                .send("direct:ask", exchange -> exchange.getMessage().setBody(String.join(" ", question)));
        if (answered.getException() != null) {
            CONSOLE.error("FAILED: {}", answered.getException().getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        return CommandLine.ExitCode.OK;
    }
}
