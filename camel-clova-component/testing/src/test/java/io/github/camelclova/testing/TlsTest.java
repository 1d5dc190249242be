package io.github.camelclova.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    private static final char[] PASSWORD = "only-for-this-test".toCharArray();

    @TempDir
    static Path directory;

    private static SSLContext context;

    @BeforeAll
    static void makeAKeyThatTrustsItself() throws Exception {
        Path store = directory.resolve("localhost.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "localhost",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        context = context(store);
    }

    @Test
    void answersAndStreamsOverTls() throws Exception {
        try (ClovaStandIn standIn = ClovaStandIn.builder().tls(context).start()) {
            standIn.replays(Reply.events("data:안녕\n\n").byteByByte());

            HttpResponse<String> reply = post(standIn);

            assertThat(standIn.baseUrl()).startsWith("https://localhost:");
            assertThat(reply.body()).isEqualTo("data:안녕\n\n");
        }
    }

    @Test
    void aResetSaysNoGoodbye() throws Exception {
        try (ClovaStandIn standIn = ClovaStandIn.builder().tls(context).start();
                SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", standIn.port())) {
            standIn.replays(Reply.json("{}").truncatedAt(1).ending(Ending.RESET));
            socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));

            assertThatThrownBy(() -> socket.getInputStream().readAllBytes()).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aClientThatGoesIsSeenOverTlsToo() throws Exception {
        LiveReply live = new LiveReply();
        try (ClovaStandIn standIn = ClovaStandIn.builder().tls(context).start()) {
            standIn.replays(live.reply());
            try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", standIn.port())) {
                socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(UTF_8));
                live.awaitStarted(Duration.ofSeconds(5));
            }

            live.awaitClientGone(Duration.ofSeconds(5));
        }
    }

    private static HttpResponse<String> post(ClovaStandIn standIn) throws IOException, InterruptedException {
        return HttpClient.newBuilder()
                .sslContext(context)
                .build()
                .send(Http.request(standIn.baseUrl(), "{}"), HttpResponse.BodyHandlers.ofString());
    }

    private static SSLContext context(Path store) throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(store)) {
            keys.load(stream, PASSWORD);
        }
        KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        own.init(keys, PASSWORD);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        return context;
    }
}
