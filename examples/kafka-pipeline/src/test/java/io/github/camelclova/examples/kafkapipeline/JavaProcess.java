package io.github.camelclova.examples.kafkapipeline;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A main class of this class path in a virtual machine of its own. What it prints goes into a file. */
final class JavaProcess implements AutoCloseable {

    private final Process process;
    private final Path output;

    private JavaProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts one. Its system properties are those that begin with {@code -D} among the arguments. */
    static JavaProcess start(Path output, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-Dio.netty.noUnsafe=true"));
        Arrays.stream(arguments).filter(each -> each.startsWith("-D")).forEach(command::add);
        command.addAll(List.of("-cp", classPath(), main.getName()));
        Arrays.stream(arguments).filter(each -> !each.startsWith("-D")).forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().remove("CLOVASTUDIO_API_KEY");
        return new JavaProcess(builder.start(), output);
    }

    /** Maven runs programs with a class loader, tests with a class path. */
    private static String classPath() {
        if (Thread.currentThread().getContextClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }

    String output() throws IOException {
        return Files.readString(output);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** With SIGKILL: it can neither finish nor say anything. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** With SIGTERM: it has the time to stop in good order. True when it did. */
    boolean stop(long seconds) throws InterruptedException {
        process.destroy();
        return process.waitFor(seconds, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        kill();
    }
}
