package io.github.camelclova.examples.kafkapipeline;

import static io.github.camelclova.examples.support.AskedService.CONSOLE;

import io.github.camelclova.examples.kafkapipeline.Questions.Question;
import io.github.camelclova.examples.support.AskedService;
import io.github.camelclova.testing.ClovaStandIn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainShutdownStrategy;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts questions into a topic and has the routes of {@code camel/pipeline.camel.yaml} answer them. */
@Command(
        name = "kafka-pipeline",
        description = "Answers the questions of a Kafka topic. Nothing is lost, whatever fails or is killed.",
        footer = {"", AskedService.HELP})
public final class KafkaPipeline implements Callable<Integer> {

    /** How long the stand-in thinks about an answer. */
    private static final Duration THINKING = Duration.ofMillis(150);

    @Mixin
    private AskedService service;

    @Option(
            names = "--brokers",
            paramLabel = "HOST:PORT",
            description = "Where Kafka is. Default: a broker that ends with the example.")
    private String brokers;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "3",
            description = "Of each topic that has to be made. Default: ${DEFAULT-VALUE}.")
    private int partitions;

    @Option(
            names = "--consumers",
            paramLabel = "N",
            defaultValue = "3",
            description = "Records that this node works on at the same time. Default: ${DEFAULT-VALUE}.")
    private int consumers;

    @Option(
            names = "--requests-per-minute",
            paramLabel = "N",
            description = "The most calls that this node begins in a minute. Default: no limit.")
    private Integer requestsPerMinute;

    @Option(
            names = "--stream",
            description = "Writes every piece of an answer to the topic tokens, and puts them together in --folder.")
    private boolean stream;

    @Option(names = "--node", description = "Sends no questions and answers those of others until it is stopped.")
    private boolean node;

    @Option(
            names = "--folder",
            paramLabel = "PATH",
            defaultValue = "${sys:example.home:-.}/results",
            description = "Where --stream writes the answers. Default: results/ in this example's folder.")
    private Path folder;

    public static void main(String[] args) {
        AskedService.main(new KafkaPipeline(), args);
    }

    @Override
    public Integer call() throws Exception {
        return brokers == null ? withOwnBroker() : answer(brokers);
    }

    private int withOwnBroker() throws Exception {
        Path files = Files.createTempDirectory("kafka-pipeline");
        try (LocalBroker broker = LocalBroker.start(files)) {
            CONSOLE.info("No --brokers: starting a broker that ends with the example.");
            return answer(broker.address());
        } finally {
            delete(files);
        }
    }

    private int answer(String address) throws Exception {
        return service.run(ClovaStandIn.builder().answerDelay(THINKING), main -> answer(main, address));
    }

    private int answer(Main main, String address) throws Exception {
        Verdicts verdicts = new Verdicts();
        Routes.answer(main, address, consumers, verdicts);
        if (requestsPerMinute != null) {
            main.addInitialProperty("pipeline.requestsPerMinute", requestsPerMinute.toString());
        }
        if (stream) {
            Routes.stream(main, folder);
        }
        try (Topics topics = new Topics(address)) {
            topics.create(partitions);
            if (!node) {
                send(address);
            }
            main.start();
            return watch(main, new Progress(topics, verdicts));
        }
    }

    private static void send(String address) throws Exception {
        List<Question> questions = Questions.shipped();
        Questions.send(address, questions);
        CONSOLE.info("{} questions sent.", questions.size());
    }

    /** Until every question is done, or as a node until the process is asked to end. */
    private int watch(Main main, Progress progress) throws Exception {
        MainShutdownStrategy process = main.getShutdownStrategy();
        progress.head();
        long lag = progress.line();
        while (process.isRunAllowed() && (node || lag > 0)) {
            process.await(1, TimeUnit.SECONDS);
            lag = progress.line();
        }
        CONSOLE.info(
                process.isRunAllowed()
                        ? "Every question has an answer, or a reason why not."
                        : "Stopping: what was begun is finished first, or given back.");
        if (stream) {
            CONSOLE.info("The answers are in {}.", folder);
        }
        return CommandLine.ExitCode.OK;
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
