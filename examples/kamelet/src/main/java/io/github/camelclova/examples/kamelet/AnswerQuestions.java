package io.github.camelclova.examples.kamelet;

import static io.github.camelclova.examples.support.AskedService.CONSOLE;

import io.github.camelclova.examples.support.AskedService;
import io.github.camelclova.testing.ClovaStandIn;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Puts questions to the route of {@code camel/kamelet.camel.yaml}, one after the other. */
@Command(
        name = "kamelet",
        description = "Answers questions with the kamelets of the component.",
        footer = {"", AskedService.HELP})
public final class AnswerQuestions implements Callable<Integer> {

    @Mixin
    private AskedService service;

    @Parameters(
            paramLabel = "QUESTION",
            arity = "0..*",
            description = "What to ask, each in quotes. Default: two questions, of which one is rude.")
    private List<String> questions = List.of("When does the ferry leave?", "Are you always this slow, you idiot?");

    public static void main(String[] args) {
        AskedService.main(new AnswerQuestions(), args);
    }

    @Override
    public Integer call() throws Exception {
        return service.run(ClovaStandIn.builder(), this::answer);
    }

    private int answer(Main main) throws Exception {
        main.configure().withRoutesIncludePattern("classpath:camel/kamelet.camel.yaml");
        main.start();
        for (String question : questions) {
            Exchange answered = main.getCamelTemplate()
                    .send("direct:ask", exchange -> exchange.getMessage().setBody(question));
            if (answered.getException() != null) {
                CONSOLE.error("FAILED: {}", answered.getException().getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
        }
        return CommandLine.ExitCode.OK;
    }
}
