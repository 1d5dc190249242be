package io.github.camelclova;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.camelclova.testing.ClovaStandIn;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;

/** Addresses at which a call fails whatever is asked: each says which options lead there. */
final class FaultPlaces implements AutoCloseable {

    enum Place {
        /** The stand-in that answers as the row says. */
        SERVICE,
        NOBODY_LISTENS,
        UNKNOWN_HOST,
        TLS_EXPIRED,
        TLS_OF_ANOTHER_HOST,
        TLS_SELF_SIGNED,
        TLS_TOO_OLD,
        TLS_CUT,
        TLS_STALLED,
        NO_TLS,
        BEHIND_A_PROXY_THAT_REFUSES,
        REFUSES_WHILE_UPLOADED,
        RESETS_WHILE_UPLOADED,
        STALLS_WHILE_UPLOADED
    }

    private interface Conversation {
        void with(Socket client) throws IOException;
    }

    private static final int PART_OF_A_REQUEST = 20_000;

    /** TLS 1.0 is all that this server can do. */
    private static final byte[] SERVER_HELLO_OF_TLS_10 = new byte[5 + 4 + 38];

    static {
        byte[] begin = {22, 3, 1, 0, 42, 2, 0, 0, 38, 3, 1};
        System.arraycopy(begin, 0, SERVER_HELLO_OF_TLS_10, 0, begin.length);
        SERVER_HELLO_OF_TLS_10[SERVER_HELLO_OF_TLS_10.length - 2] = 0x2f;
    }

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "clova-stand-in-place");
        thread.setDaemon(true);
        return thread;
    });
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Path directory = Files.createTempDirectory("fault-places");
    private final Keys keys = new Keys(directory);
    private final List<Closeable> opened = new ArrayList<>();
    private final Map<Place, Map<String, String>> options = new HashMap<>();
    private final ClovaStandIn elsewhere = opened(ClovaStandIn.start());
    private final int proxyPort;

    FaultPlaces() throws Exception {
        add(Place.UNKNOWN_HOST, "https://no-such-host.invalid");
        add(Place.NOBODY_LISTENS, "http://localhost:1");
        add(Place.TLS_EXPIRED, tls(keys.expiredServiceNamed("localhost")));
        add(Place.TLS_OF_ANOTHER_HOST, tls(keys.serviceNamed("elsewhere.test")));
        add(Place.TLS_SELF_SIGNED, tls(keys.selfSignedServiceNamed("localhost")));
        add(Place.TLS_TOO_OLD, "https://localhost:" + port(FaultPlaces::saysOldHello));
        add(
                Place.TLS_CUT,
                "https://localhost:" + port(client -> client.getInputStream().readNBytes(50)));
        add(Place.TLS_STALLED, "https://localhost:" + port(FaultPlaces::drain));
        add(Place.NO_TLS, "https://localhost:" + elsewhere.port());
        add(Place.REFUSES_WHILE_UPLOADED, "http://localhost:" + port(FaultPlaces::refusesEarly));
        add(Place.RESETS_WHILE_UPLOADED, "http://localhost:" + port(FaultPlaces::resetsEarly));
        add(Place.STALLS_WHILE_UPLOADED, "http://localhost:" + port(this::stallsEarly));
        add(Place.BEHIND_A_PROXY_THAT_REFUSES, "https://127.0.0.1:1");
        TinyProxy proxy = new TinyProxy(elsewhere.port(), "nobody:knows");
        opened.add(proxy::close);
        proxyPort = proxy.port();
    }

    private void add(Place place, String baseUrl) {
        options.put(place, Map.of("baseUrl", baseUrl));
    }

    private String tls(SSLContext context) {
        return opened(ClovaStandIn.builder().tls(context).start()).baseUrl();
    }

    /** Trusts the authority of these places, and goes through the proxy where its place asks for that. */
    void prepare(CamelContext context) {
        HttpComponent https = context.getComponent("https", HttpComponent.class);
        https.setSslContextParameters(keys.trust());
        https.setProxyHost("localhost");
        https.setProxyPort(proxyPort);
        https.setNonProxyHosts("localhost|no-such-host.invalid");
    }

    /** The options that lead to a place; none for the service. */
    Map<String, String> options(Place place) {
        return options.getOrDefault(place, Map.of());
    }

    /** The address of a host that is to hear nothing. */
    String elsewhere() {
        return elsewhere.baseUrl() + "/v3/chat-completions/HCX-005";
    }

    int callsElsewhere() {
        return elsewhere.requests().size();
    }

    private static void saysOldHello(Socket client) throws IOException {
        client.getInputStream().readNBytes(50);
        client.getOutputStream().write(SERVER_HELLO_OF_TLS_10);
        drain(client);
    }

    private static void refusesEarly(Socket client) throws IOException {
        client.getInputStream().readNBytes(PART_OF_A_REQUEST);
        String body = Spoken.CLOVA_V3.refusal("41300", "Request body size exceeded");
        client.getOutputStream()
                .write("""
                HTTP/1.1 413 Content Too Large
                Content-Type: application/json
                Connection: close
                Content-Length: %d

                %s""".formatted(body.length(), body).replace("\n", "\r\n").getBytes(ISO_8859_1));
        client.shutdownOutput();
        drain(client);
    }

    private static void resetsEarly(Socket client) throws IOException {
        client.getInputStream().readNBytes(PART_OF_A_REQUEST);
        client.setSoLinger(true, 0);
    }

    /** Reads no further until this place is closed. */
    private void stallsEarly(Socket client) throws IOException {
        client.getInputStream().readNBytes(PART_OF_A_REQUEST);
        try {
            closed.await();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void drain(Socket client) throws IOException {
        client.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private int port(Conversation conversation) throws IOException {
        ServerSocket listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        opened.add(listener);
        threads.execute(() -> accept(listener, conversation));
        return listener.getLocalPort();
    }

    private void accept(ServerSocket listener, Conversation conversation) {
        try {
            while (true) {
                Socket client = listener.accept();
                threads.execute(() -> talk(client, conversation));
            }
        } catch (IOException closed) {
            // The place is closed.
        }
    }

    private static void talk(Socket client, Conversation conversation) {
        try (client) {
            conversation.with(client);
        } catch (IOException gone) {
            // The client has gone.
        }
    }

    private ClovaStandIn opened(ClovaStandIn service) {
        opened.add(service::close);
        return service;
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        for (Closeable each : opened) {
            each.close();
        }
        threads.shutdownNow();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
