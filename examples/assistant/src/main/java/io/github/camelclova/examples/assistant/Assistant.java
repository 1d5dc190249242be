package io.github.camelclova.examples.assistant;

import static io.github.camelclova.examples.support.AskedService.CONSOLE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelclova.examples.support.AskedService;
import io.github.camelclova.testing.ClovaStandIn;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts one sentence after the other to the routes of {@code camel/assistant.camel.yaml}. */
@Command(
        name = "assistant",
        description = "A chat that remembers what was said and looks up orders by calling routes.",
        footer = {"", AskedService.HELP})
public final class Assistant implements Callable<Integer> {

    private static final List<String> EXAMPLE =
            List.of("Where is my order A-17?", "And when will it arrive?", "What about Z-99?");

    @Mixin
    private AskedService service;

    @Option(names = "--talk", description = "Reads what to say from the console, line by line, until an empty one.")
    private boolean talk;

    @Parameters(
            paramLabel = "SENTENCE",
            arity = "0..*",
            description = "What to say, one sentence each. Default: three that show what it can do.")
    private List<String> sentences = new ArrayList<>();

    public static void main(String[] args) {
        AskedService.main(new Assistant(), args);
    }

    @Override
    public Integer call() throws Exception {
        return service.run(() -> ClovaStandIn.start().answers(new PlayedModel()), this::chat);
    }

    private int chat(Main main) throws Exception {
        main.configure().withRoutesIncludePattern("classpath:camel/assistant.camel.yaml");
        main.bind("orders", new Orders());
        main.start();
        if (talk) {
            CONSOLE.info("Say something; an empty line ends this.");
        }
        Iterator<String> said = talk ? fromConsole() : (sentences.isEmpty() ? EXAMPLE : sentences).iterator();
        while (said.hasNext()) {
            String sentence = said.next();
            if (!talk) {
                CONSOLE.info("> {}", sentence);
            }
            Exchange answered = main.getCamelTemplate().send("direct:say", exchange -> {
                exchange.getMessage().setBody(sentence);
                // One user, one conversation: a service would take the id from a session that it trusts.
                exchange.getMessage().setHeader("session", "console");
            });
            if (answered.getException() != null) {
                CONSOLE.error("FAILED: {}", answered.getException().getMessage());
                return ExitCode.SOFTWARE;
            }
        }
        return ExitCode.OK;
    }

    private static Iterator<String> fromConsole() {
        BufferedReader console = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        return console.lines().takeWhile(line -> !line.isBlank()).iterator();
    }
}
