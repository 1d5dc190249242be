package io.github.camelclova.examples.kafkapipeline;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** A Kafka broker of one node on the loopback interface, which keeps what it is sent in a folder. */
public final class LocalBroker implements AutoCloseable {

    private static final String LOG = "log";

    private final KafkaRaftServer server;
    private final String address;

    private LocalBroker(KafkaRaftServer server, String address) {
        this.server = server;
        this.address = address;
    }

    /** Runs one as a process of its own until it is ended: folder, port, port of its controller. */
    public static void main(String[] args) throws Exception {
        start(Path.of(args[0]), Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    }

    /** Starts one on free ports. A folder that another one left behind is taken over. */
    public static LocalBroker start(Path folder) throws Exception {
        List<Integer> ports = freePorts();
        return start(folder, ports.get(0), ports.get(1));
    }

    private static LocalBroker start(Path folder, int port, int controllerPort) throws Exception {
        Properties settings = settings(folder, port, controllerPort);
        if (Files.notExists(folder.resolve(LOG).resolve("meta.properties"))) {
            format(folder, settings);
        }
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(settings, false), Time.SYSTEM);
        server.startup();
        return new LocalBroker(server, "127.0.0.1:" + port);
    }

    /** Two ports that nobody listens on. */
    static List<Integer> freePorts() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket one = new ServerSocket(0, 1, loopback);
                ServerSocket other = new ServerSocket(0, 1, loopback)) {
            return List.of(one.getLocalPort(), other.getLocalPort());
        }
    }

    private static Properties settings(Path folder, int port, int controllerPort) {
        Properties settings = new Properties();
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", "1");
        settings.setProperty(
                "listeners", "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controllerPort));
        settings.setProperty("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        settings.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        settings.setProperty("controller.listener.names", "CONTROLLER");
        settings.setProperty("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.setProperty("inter.broker.listener.name", "PLAINTEXT");
        settings.setProperty("log.dirs", folder.resolve(LOG).toString());
        settings.setProperty("offsets.topic.replication.factor", "1");
        settings.setProperty("offsets.topic.num.partitions", "1");
        settings.setProperty("transaction.state.log.replication.factor", "1");
        settings.setProperty("transaction.state.log.min.isr", "1");
        settings.setProperty("auto.create.topics.enable", "false");
        // The first consumer need not wait for others, and a test need not wait long for a dead one.
        settings.setProperty("group.initial.rebalance.delay.ms", "0");
        settings.setProperty("group.min.session.timeout.ms", "1000");
        return settings;
    }

    private static void format(Path folder, Properties settings) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("server.properties");
        try (OutputStream out = Files.newOutputStream(file)) {
            settings.store(out, null);
        }
        String[] arguments = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
        PrintStream silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        int exitCode = StorageTool.execute(arguments, silence);
        if (exitCode != 0) {
            throw new IOException("The broker's folder could not be made ready: " + folder);
        }
    }

    /** What goes into {@code brokers}. */
    public String address() {
        return address;
    }

    /** Waits until it has written what it was sent. */
    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }
}
