package io.github.camelclova.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A service that sends more than its answer; nothing is tried twice here. */
class StrayBytesTest {

    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int ROUNDS = 200;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService connections = Executors.newCachedThreadPool();
    private final HttpTransport transport = new HttpTransport(HttpSettings.direct(LONGEST), clock, Thread::new);
    private ServerSocket service;

    @BeforeEach
    void listen() throws IOException {
        service = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        transport.close();
        service.close();
        connections.shutdownNow();
        clock.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "\r\n", "HTTP/1.1 200 OK\r\nContent-Le", ANSWER})
    void whatIsSentBehindAnAnswerIsNoPartOfTheNext(String stray) throws Exception {
        connections.execute(() -> serve(ANSWER + stray));

        for (int call = 0; call < ROUNDS; call++) {
            assertThat(send().get(10, SECONDS).text()).isEqualTo("{}");
        }
    }

    @Test
    void aConnectionOnWhichBytesComeUncalledForIsClosed() throws Exception {
        CompletableFuture<HttpReply> reply = send();
        try (Socket connection = service.accept()) {
            readRequest(connection);
            write(connection, ANSWER);
            assertThat(reply.get(10, SECONDS).status()).isEqualTo(200);

            write(connection, "0");

            connection.setSoTimeout((int) LONGEST.toMillis());
            assertThat(connection.getInputStream().read()).isEqualTo(-1);
        }
    }

    private CompletableFuture<HttpReply> send() {
        URI address = URI.create("http://localhost:" + service.getLocalPort() + "/");
        HttpCall call = new HttpCall("stray", address, Map.of(), Map.of(), new byte[] {'!'});
        return transport.send(call, new CallLimits(LONGEST, LONGEST, 1000), Deadline.in(LONGEST));
    }

    /** Gives the same response to every request, for as long as connections come. */
    private void serve(String response) {
        try {
            while (true) {
                Socket connection = service.accept();
                connections.execute(() -> talk(connection, response));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void talk(Socket connection, String response) {
        try (connection) {
            while (readRequest(connection)) {
                write(connection, response);
            }
        } catch (IOException gone) {
            // The client has closed it.
        }
    }

    /** Reads up to the one byte that is the body. */
    private static boolean readRequest(Socket connection) throws IOException {
        int octet;
        do {
            octet = connection.getInputStream().read();
        } while (octet != -1 && octet != '!');
        return octet == '!';
    }

    private static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(US_ASCII));
    }
}
