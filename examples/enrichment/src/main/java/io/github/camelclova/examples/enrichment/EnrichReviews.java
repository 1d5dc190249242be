package io.github.camelclova.examples.enrichment;

import static io.github.camelclova.examples.support.AskedService.CONSOLE;

import io.github.camelclova.examples.support.AskedService;
import io.github.camelclova.testing.ClovaStandIn;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts a file through the routes of {@code camel/enrichment.camel.yaml} and ends when they are done with it. */
@Command(
        name = "enrichment",
        description = "Adds sentiment and a drafted reply to the reviews of a CSV file.",
        footer = {"", AskedService.HELP})
public final class EnrichReviews implements Callable<Integer> {

    private static final Pattern GLAD =
            Pattern.compile("좋|만족|추천|great|best|thank|well packed", Pattern.CASE_INSENSITIVE);
    private static final Pattern ANNOYED =
            Pattern.compile("않았|고장|실망|안 닫|작아서|died|pale|stains|loud|바보|멍청|stupid", Pattern.CASE_INSENSITIVE);

    @Mixin
    private AskedService service;

    @Option(
            names = "--folder",
            paramLabel = "PATH",
            defaultValue = "${sys:example.home:-.}",
            description = "The folder with reviews.csv, in which results/ is made. Default: this example's.")
    private Path folder;

    public static void main(String[] args) {
        AskedService.main(new EnrichReviews(), args);
    }

    @Override
    public Integer call() throws Exception {
        return service.run(ClovaStandIn.builder().text(EnrichReviews::playTheModel), this::enrich);
    }

    private int enrich(Main main) throws Exception {
        main.configure()
                .withRoutesIncludePattern("classpath:camel/enrichment.camel.yaml,classpath:camel/facts.camel.yaml");
        main.addInitialProperty(
                "enrichment.results", folder.resolve("results").toAbsolutePath().toString());
        main.addInitialProperty("facts.url", "http://localhost:%d/products".formatted(freePort()));
        main.start();
        Exchange done = main.getCamelTemplate().send("direct:enrich", exchange -> exchange.getMessage()
                .setBody(folder.resolve("reviews.csv").toFile()));
        if (done.getException() != null) {
            CONSOLE.error("FAILED: {}", done.getException().getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        return CommandLine.ExitCode.OK;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The form that a model is asked for, filled in by a look at a few words. */
    private static String playTheModel(String prompt) {
        String review = prompt.substring(prompt.lastIndexOf('\n') + 1);
        String facts = prompt.lines().skip(1).findFirst().orElse("");
        String sentiment = ANNOYED.matcher(review).find()
                ? "negative"
                : GLAD.matcher(review).find() ? "positive" : "neutral";
        return "%s | [stand-in] Thank you for your review. %s".formatted(sentiment, facts);
    }
}
