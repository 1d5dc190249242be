package io.github.camelclova.examples.kafkapipeline;

import io.github.camelclova.examples.kafkapipeline.Questions.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Lets the example answer many questions of a service that fails, kills nodes and broker while it does, and counts what is in the
 * topics afterwards. Nodes and broker are processes of their own.
 */
@Command(
        name = "kill-run",
        description = "Kills nodes and broker in the middle of the work and counts what became of it.")
public final class KillRun implements Callable<Integer> {

    private static final long STOPS_WITHIN_SECONDS = 20;

    /**
     * What became of the questions.
     *
     * @param mostDuplicates records that were on their way when something was killed
     */
    record Outcome(
            int questions,
            int answers,
            int review,
            Set<String> lost,
            int duplicates,
            int mostDuplicates,
            Set<String> deadLetters,
            Set<String> poisoned,
            int poisonedCalls,
            int calls,
            Duration took) {

        boolean isGood() {
            return lost.isEmpty()
                    && deadLetters.equals(poisoned)
                    && duplicates <= mostDuplicates
                    && poisonedCalls <= poisoned.size() + mostDuplicates;
        }

        String table() {
            return String.join(
                    System.lineSeparator(),
                    row("questions", questions),
                    row("answered", answers),
                    row("to review", review),
                    row("lost", lost.size()),
                    row("duplicates", "%d, at most %d".formatted(duplicates, mostDuplicates)),
                    row("dead letters", "%d, poisoned %d".formatted(deadLetters.size(), poisoned.size())),
                    row("calls for the poisoned", poisonedCalls),
                    row("calls", calls),
                    row(
                            "time",
                            String.format(
                                    Locale.ROOT,
                                    "%.1f s, %.1f per s",
                                    took.toMillis() / 1000.0,
                                    questions * 1000.0 / took.toMillis())),
                    isGood() ? "GOOD" : "NOT GOOD");
        }

        private static String row(String name, Object value) {
            return "%-24s %s".formatted(name, value);
        }
    }

    @Option(names = "--records", defaultValue = "1000", description = "Questions. Default: ${DEFAULT-VALUE}.")
    int records = 1000;

    @Option(names = "--partitions", defaultValue = "6", description = "Default: ${DEFAULT-VALUE}.")
    int partitions = 6;

    @Option(names = "--nodes", defaultValue = "1", description = "Processes that answer. Default: ${DEFAULT-VALUE}.")
    int nodes = 1;

    @Option(names = "--consumers", defaultValue = "6", description = "Of each node. Default: ${DEFAULT-VALUE}.")
    int consumers = 6;

    @Option(names = "--kills", defaultValue = "5", description = "Of nodes, with SIGKILL. Default: ${DEFAULT-VALUE}.")
    int kills = 5;

    @Option(names = "--broker-kills", defaultValue = "0", description = "With SIGKILL. Default: ${DEFAULT-VALUE}.")
    int brokerKills;

    @Option(names = "--no-restart", description = "A node that was killed stays away, and the others take over.")
    boolean noRestart;

    @Option(names = "--latency", defaultValue = "50", description = "Of a call, in ms. Default: ${DEFAULT-VALUE}.")
    int latency = 50;

    @Option(names = "--faults", defaultValue = "0.1", description = "Share of the calls. Default: ${DEFAULT-VALUE}.")
    double faults = 0.1;

    @Option(names = "--poison", defaultValue = "0", description = "Share of the questions. Default: ${DEFAULT-VALUE}.")
    double poison;

    @Option(names = "--patience", defaultValue = "600", description = "For all of it, in s. Default: ${DEFAULT-VALUE}.")
    int patience = 600;

    private final List<JavaProcess> running = new ArrayList<>();
    private final List<Integer> ports = new ArrayList<>();
    private Path files = Path.of("");
    private int started;

    public static void main(String[] args) {
        // A broker that is killed is not there for a while.
        Configurator.setLevel(NetworkClient.class, Level.ERROR);
        System.exit(new CommandLine(new KillRun()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        Path folder = Files.createTempDirectory("kill-run");
        Outcome outcome = run(folder);
        System.out.println(outcome.table());
        if (outcome.isGood()) {
            KafkaPipeline.delete(folder);
        } else {
            System.out.println("The output of the processes is in " + folder);
        }
        return outcome.isGood() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    /** Does it once, in this folder. */
    Outcome run(Path folder) throws Exception {
        files = folder;
        ports.addAll(LocalBroker.freePorts());
        JavaProcess broker = startBroker();
        try (FlakyService service = new FlakyService(Duration.ofMillis(latency), faults, 42);
                Topics topics = new Topics(brokers())) {
            topics.create(partitions);
            Questions.send(brokers(), questions());
            long begin = System.nanoTime();
            for (int node = 0; node < nodes; node++) {
                running.add(startNode(service));
            }
            int steps = kills + brokerKills;
            for (int step = 0; step < steps; step++) {
                awaitLag(topics, records - (long) records * (step + 1) / (steps + 1));
                if (isBrokersTurn(step, steps)) {
                    broker.kill();
                    broker = startBroker();
                } else {
                    killNode(service);
                }
            }
            awaitLag(topics, 0);
            Duration took = Duration.ofNanos(System.nanoTime() - begin);
            stopNodes();
            return count(service, took);
        } finally {
            for (JavaProcess each : running) {
                each.close();
            }
            broker.close();
        }
    }

    /** Spreads the kills of the broker evenly among those of the nodes. */
    private boolean isBrokersTurn(int step, int steps) {
        return (step + 1) * brokerKills / steps > step * brokerKills / steps;
    }

    private void killNode(FlakyService service) throws Exception {
        running.remove(0).kill();
        if (!noRestart) {
            running.add(startNode(service));
        }
    }

    private void stopNodes() throws InterruptedException {
        for (JavaProcess node : running) {
            if (!node.stop(STOPS_WITHIN_SECONDS)) {
                throw new IllegalStateException("A node did not stop");
            }
        }
    }

    private JavaProcess startBroker() throws IOException {
        return JavaProcess.start(
                files.resolve("broker.log"),
                LocalBroker.class,
                files.resolve("broker").toString(),
                String.valueOf(ports.get(0)),
                String.valueOf(ports.get(1)));
    }

    private JavaProcess startNode(FlakyService service) throws IOException {
        return JavaProcess.start(
                files.resolve("node-%d.log".formatted(started++)),
                KafkaPipeline.class,
                "-Dpipeline.sessionTimeout=4000",
                "-Dpipeline.heartbeat=1000",
                "--node",
                "--brokers",
                brokers(),
                "--base-url",
                service.baseUrl(),
                "--consumers",
                String.valueOf(consumers));
    }

    private String brokers() {
        return "127.0.0.1:" + ports.get(0);
    }

    private List<Question> questions() {
        int every = poison == 0 ? records + 1 : (int) Math.round(1 / poison);
        return IntStream.rangeClosed(1, records)
                .mapToObj(number -> new Question(
                        "customer-" + number, "Question " + number + (number % every == 0 ? FlakyService.POISON : "")))
                .toList();
    }

    private void awaitLag(Topics topics, long atMost) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(patience);
        while (topics.lag() > atMost) {
            if (System.nanoTime() > end || running.stream().noneMatch(JavaProcess::isAlive)) {
                throw new TimeoutException("The lag is still %d, and not %d".formatted(topics.lag(), atMost));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private Outcome count(FlakyService service, Duration took) {
        List<ConsumerRecord<String, String>> questions = Written.in(Topics.QUESTIONS, brokers());
        List<String> answers = Written.requestIds(Written.in(Topics.ANSWERS, brokers()));
        List<String> review = Written.requestIds(Written.in(Topics.REVIEW, brokers()));
        List<String> dead = Written.requestIds(Written.in(Topics.DEAD_LETTERS, brokers()));
        List<String> all =
                Stream.of(answers, review, dead).flatMap(List::stream).toList();
        Set<String> lost = Written.expectedIds(questions);
        lost.removeAll(all);
        Set<String> poisoned = Written.expectedIds(questions.stream()
                .filter(record -> record.value().endsWith(FlakyService.POISON))
                .toList());
        return new Outcome(
                records,
                answers.size(),
                review.size(),
                lost,
                all.size() - new HashSet<>(all).size(),
                kills * consumers + brokerKills * nodes * consumers,
                new HashSet<>(dead),
                poisoned,
                poisoned.stream().mapToInt(id -> service.callsOf(id).size()).sum(),
                service.allCalls(),
                took);
    }
}
