package io.github.camelclova.examples.structured;

import static io.github.camelclova.examples.support.AskedService.CONSOLE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelclova.examples.support.AskedService;
import io.github.camelclova.testing.ClovaStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts every e-mail of a folder through the routes of {@code camel/orders.camel.yaml}. */
@Command(
        name = "structured",
        description = "Makes orders in JSON of the e-mails in mails/.",
        footer = {"", AskedService.HELP})
public final class ReadOrders implements Callable<Integer> {

    @Mixin
    private AskedService service;

    @Option(
            names = "--folder",
            paramLabel = "PATH",
            defaultValue = "${sys:example.home:-.}",
            description =
                    "The folder with mails/ and catalogue.csv, in which orders/ and review/ are made. Default: this example's.")
    private Path folder;

    public static void main(String[] args) {
        AskedService.main(new ReadOrders(), args);
    }

    @Override
    public Integer call() throws Exception {
        return service.run(() -> ClovaStandIn.start().answers(new PlayedModel()), this::read);
    }

    private int read(Main main) throws Exception {
        main.configure().withRoutesIncludePattern("classpath:camel/orders.camel.yaml");
        main.addInitialProperty("orders.folder", folder.toAbsolutePath().toString());
        main.bind("catalogue", new Catalogue(folder.resolve("catalogue.csv")));
        main.start();
        int exitCode = CommandLine.ExitCode.OK;
        for (Path mail : mails()) {
            Exception failure = failure(main, mail);
            if (failure != null) {
                CONSOLE.error("{} FAILED: {}", mail.getFileName(), failure.getMessage());
                exitCode = CommandLine.ExitCode.SOFTWARE;
            }
        }
        return exitCode;
    }

    /** Why nothing became of an e-mail; absent if something did. */
    private static @Nullable Exception failure(Main main, Path mail) throws Exception {
        String text = Files.readString(mail, UTF_8);
        return main.getCamelTemplate()
                .send("direct:order", exchange -> {
                    exchange.getMessage()
                            .setHeader(Exchange.FILE_NAME, mail.getFileName().toString());
                    exchange.getMessage().setBody(text);
                })
                .getException();
    }

    private List<Path> mails() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("mails"))) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }
}
