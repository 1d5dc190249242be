package io.github.camelclova.examples.moderatedchat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.undertow.UndertowComponent;
import org.apache.camel.component.undertow.UndertowHostOptions;
import org.apache.camel.main.Main;

/** Camel with the routes of {@code camel/moderated-chat.camel.yaml}, listening on this machine only. */
final class ChatServer implements AutoCloseable {

    private final int port;
    private final ReviewQueue review = new ReviewQueue();
    private final Chats chats = new Chats(review);
    private final Main main = new Main();

    private ChatServer(int port) {
        this.port = port;
    }

    /**
     * Starts one.
     *
     * @param port 0 for a free one
     * @param service where to ask; null for CLOVA Studio itself
     */
    static ChatServer start(int port, String model, String service) throws Exception {
        ChatServer server = new ChatServer(port == 0 ? freePort() : port);
        try {
            server.start(model, service);
            return server;
        } catch (Exception e) {
            server.close();
            throw e;
        }
    }

    private void start(String model, String service) throws Exception {
        main.configure().withRoutesIncludePattern("classpath:camel/moderated-chat.camel.yaml");
        main.configure().withShutdownTimeout(5);
        main.addInitialProperty("chat.port", Integer.toString(port));
        main.addInitialProperty("camel.component.clova.model", model);
        if (service != null) {
            main.addInitialProperty("camel.component.clova.base-url", service);
        }
        // Each answer on its way holds a thread that waits for tokens and one that waits for the browser.
        main.addInitialProperty("camel.threadpool.config[chats].id", "chats");
        main.addInitialProperty("camel.threadpool.config[chats].pool-size", Integer.toString(Chats.MOST));
        main.addInitialProperty("camel.threadpool.config[chats].max-pool-size", Integer.toString(Chats.MOST));
        main.bind("undertow", undertow());
        main.bind("door", new Door(port));
        main.bind("page", new Page());
        main.bind("chats", chats);
        main.bind("review", review);
        main.start();
    }

    private static UndertowComponent undertow() {
        UndertowHostOptions options = new UndertowHostOptions();
        // With some left over for whoever wants to cancel.
        options.setWorkerThreads(Chats.MOST + 8);
        UndertowComponent undertow = new UndertowComponent();
        undertow.setHostOptions(options);
        return undertow;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port + "/";
    }

    /** The fragment stays in the browser: it is in no request, no log and no referrer. */
    String reviewerUrl() {
        return url() + "#review=" + review.key();
    }

    /** How many answers are on their way. */
    int openChats() {
        return chats.size();
    }

    /** Waits until Ctrl+C. */
    void await() throws InterruptedException {
        main.getShutdownStrategy().await();
    }

    /** Waits for so long, or until Ctrl+C. */
    void await(Duration time) throws InterruptedException {
        main.getShutdownStrategy().await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Cancels what is on its way, so that nobody has to wait for it. */
    @Override
    public void close() {
        chats.close();
        main.stop();
    }
}
