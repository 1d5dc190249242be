package io.github.camelclova.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.Main;

/**
 * Starts the service and the load programs, each in a JVM of its own, and prints their tables.
 *
 * <p>Arguments: any of the {@link Scenario}s in small letters, all if there is none; {@code --jmx} with Camel's management
 * on; {@code --rounds=11}. {@code jmh} first runs the microbenchmarks instead, with JMH's own arguments behind it.
 */
public final class Benchmarks {

    private static final List<String> JVM = List.of("-Xms512m", "-Xmx512m", "-XX:+UseG1GC");

    private Benchmarks() {}

    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("jmh")) {
            run(fork(Main.class, Arrays.asList(args).subList(1, args.length)));
            return;
        }
        List<String> flags = LoadOptions.flags(args);
        List<Scenario> scenarios = Arrays.stream(args)
                .filter(arg -> !arg.startsWith("--"))
                .map(arg -> Scenario.valueOf(arg.toUpperCase(Locale.ROOT)))
                .toList();
        Process service = fork(LoadServer.class, List.of())
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(ProcessBuilder.Redirect.PIPE)
                .start();
        try {
            String port = new BufferedReader(new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            for (Scenario scenario : scenarios.isEmpty() ? List.of(Scenario.values()) : scenarios) {
                load(scenario, port, flags);
            }
        } finally {
            service.destroy();
        }
    }

    private static void load(Scenario scenario, String port, List<String> flags) throws Exception {
        System.out.printf("%n### %s%n%n", scenario.title());
        if (!scenario.isApart()) {
            run(fork(Load.class, arguments(scenario, port, scenario.sides(), flags)));
            return;
        }
        for (Side side : scenario.sides()) {
            run(fork(Load.class, arguments(scenario, port, List.of(side), flags)));
        }
    }

    private static List<String> arguments(Scenario scenario, String port, List<Side> sides, List<String> flags) {
        List<String> arguments = new ArrayList<>(List.of(scenario.name(), port));
        sides.forEach(side -> arguments.add(side.name()));
        arguments.addAll(flags);
        return arguments;
    }

    private static ProcessBuilder fork(Class<?> main, List<String> arguments) throws URISyntaxException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command).inheritIO();
    }

    /** Maven runs this class in its own JVM, whose class path is Maven's. */
    private static String classPath() throws URISyntaxException {
        if (!(Benchmarks.class.getClassLoader() instanceof URLClassLoader loader)) {
            return System.getProperty("java.class.path");
        }
        List<String> entries = new ArrayList<>();
        for (URL entry : loader.getURLs()) {
            entries.add(Path.of(entry.toURI()).toString());
        }
        return String.join(File.pathSeparator, entries);
    }

    private static void run(ProcessBuilder program) throws IOException, InterruptedException {
        int status = program.start().waitFor();
        if (status != 0) {
            throw new IllegalStateException("the load program ended with status " + status);
        }
    }
}
