package io.github.camelclova.foreignservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** A server of somebody else's, and in what it differs from the others. */
enum ForeignServer {
    /** Counts the tokens of a stream when it is asked to; a stream that is refused has the HTTP status of the refusal. */
    AIMOCK(true, 429) {
        @Override
        List<String> command(int port) {
            return List.of(
                    "llmock", "-h", HOST, "-p", "" + port, "-f", "aimock.json", "-c", "6", "--log-level", "warn");
        }
    },
    /** Never counts the tokens of a stream; a stream that is refused has HTTP 200 and the refusal in its first event. */
    MOCK_LLM(false, 200) {
        @Override
        List<String> command(int port) {
            return List.of("mock-llm", "--config", "mock-llm.yaml");
        }
    };

    private static final String HOST = "127.0.0.1";

    private final boolean countsStreams;
    private final int statusOfRefusedStreams;

    ForeignServer(boolean countsStreams, int statusOfRefusedStreams) {
        this.countsStreams = countsStreams;
        this.statusOfRefusedStreams = statusOfRefusedStreams;
    }

    /** A script of the packages and its arguments. */
    abstract List<String> command(int port);

    boolean countsStreams() {
        return countsStreams;
    }

    int statusOfRefusedStreams() {
        return statusOfRefusedStreams;
    }

    /** One that runs, until it is closed. */
    record Running(String baseUrl, Process process) implements AutoCloseable {

        @Override
        public void close() {
            process.destroy();
        }
    }

    /** Starts it on this machine only and waits until it listens. */
    Running start(Path packages) throws IOException {
        int port = freePort();
        List<String> command = command(port);
        ProcessBuilder builder = new ProcessBuilder("node", "node_modules/.bin/" + command.get(0));
        builder.command().addAll(command.subList(1, command.size()));
        builder.environment().put("HOST", HOST);
        builder.environment().put("PORT", "" + port);
        Process process = builder.directory(packages.toFile())
                .redirectErrorStream(true)
                .redirectOutput(packages.resolve(name() + ".log").toFile())
                .start();
        Awaitility.await(name()).atMost(Duration.ofSeconds(30)).until(() -> !process.isAlive() || listens(port));
        return new Running("http://%s:%d/v1".formatted(HOST, port), process);
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException(none);
        }
    }
}
