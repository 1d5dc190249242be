package io.github.camelclova;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A proxy that forwards every request to one service, plain or through a tunnel, and notes who asked for what. */
final class TinyProxy implements AutoCloseable {

    private static final String ASK = """
            HTTP/1.1 407 Proxy Authentication Required
            Proxy-Authenticate: Basic realm="x"
            Content-Length: 0

            """;

    private final ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "clova-stand-in-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final int servicePort;
    private final String requiredAuthorization;

    /** The first line of each request and what it was authorized with. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    TinyProxy(int servicePort) throws IOException {
        this(servicePort, null);
    }

    /** Asks for user and password with 407. */
    TinyProxy(int servicePort, String userAndPassword) throws IOException {
        this.servicePort = servicePort;
        this.requiredAuthorization = userAndPassword == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8));
        threads.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                sockets.add(client);
                threads.execute(() -> quietly(() -> serve(client)));
            }
        } catch (IOException closed) {
            // This proxy is closed.
        }
    }

    private void serve(Socket client) throws IOException {
        String head = head(client.getInputStream());
        String authorization = header(head, "Proxy-Authorization");
        requests.add(head.lines().findFirst().orElse("") + (authorization == null ? "" : " by " + authorization));
        OutputStream out = client.getOutputStream();
        if (requiredAuthorization != null && !requiredAuthorization.equals(authorization)) {
            drain(client, head);
            out.write(ASK.replace("\n", "\r\n").getBytes(ISO_8859_1));
            serve(client);
            return;
        }
        Socket service = new Socket(InetAddress.getLoopbackAddress(), servicePort);
        sockets.add(service);
        if (head.startsWith("CONNECT ")) {
            out.write("HTTP/1.1 200 Connection established\r\n\r\n".getBytes(ISO_8859_1));
        } else {
            service.getOutputStream()
                    .write(head.replaceFirst(" http://[^/]*/", " /").getBytes(ISO_8859_1));
        }
        threads.execute(() -> quietly(() -> pass(service, client)));
        pass(client, service);
    }

    private static void drain(Socket client, String head) throws IOException {
        String length = header(head, "Content-Length");
        if (length != null) {
            client.getInputStream().readNBytes(Integer.parseInt(length));
        }
    }

    private static void pass(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            int octet = in.read();
            if (octet < 0) {
                throw new IOException("closed");
            }
            head.append((char) octet);
        }
        return head.toString();
    }

    private static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse(null);
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void quietly(Work work) {
        try {
            work.run();
        } catch (IOException gone) {
            // One of the two has gone.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
