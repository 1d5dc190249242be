package io.github.camelclova.examples.hello;

import static io.github.camelclova.examples.support.AskedService.CONSOLE;

import io.github.camelclova.examples.support.AskedService;
import io.github.camelclova.testing.ClovaStandIn;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * Sends two questions through a route that is written in Java, in YAML or in XML.
 *
 * <p>The files are not in {@code camel/}, from where Camel Main would load both of them unasked.
 */
@Command(name = "hello", description = "Asks two questions by a route in the language of your choice.")
public final class Hello implements Callable<Integer> {

    private static final List<String> QUESTIONS =
            List.of("When does the ferry to Jeju leave?", "Why are you such an idiot?");

    /** What a route can be written in. */
    enum Language {
        JAVA,
        YAML,
        XML
    }

    @Parameters(paramLabel = "LANGUAGE", description = "${COMPLETION-CANDIDATES}, in any case.")
    private Language language;

    public static void main(String[] args) {
        int exitCode = commandLine().execute(args);
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    static CommandLine commandLine() {
        return AskedService.commandLine(new Hello()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    @Override
    public Integer call() throws Exception {
        return new AskedService().run(ClovaStandIn.builder(), this::ask);
    }

    private int ask(Main main) throws Exception {
        switch (language) {
            case JAVA -> main.configure().addRoutesBuilder(new HelloRoutes());
            case YAML -> main.configure().withRoutesIncludePattern("classpath:routes/hello.camel.yaml");
            case XML -> main.configure().withRoutesIncludePattern("classpath:routes/hello.camel.xml");
        }
        main.start();
        for (String question : QUESTIONS) {
            Exchange asked = main.getCamelTemplate()
                    .send("direct:ask", exchange -> exchange.getMessage().setBody(question));
            if (asked.getException() != null) {
                CONSOLE.error("FAILED: {}", asked.getException().getMessage());
                return CommandLine.ExitCode.SOFTWARE;
            }
        }
        return CommandLine.ExitCode.OK;
    }
}
