package io.github.camelclova;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.Ending;
import io.github.camelclova.testing.LiveReply;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeoutTest {

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private ClovaStandIn service;

    @BeforeEach
    void start() {
        service = SERVICE.get();
    }

    @Test
    void aConnectionThatIsNotAcceptedEndsWithConnectTimeout() throws IOException {
        try (FullSocket full = new FullSocket();
                AskRoute route = AskRoute.to("http://localhost:" + full.port(), "connectTimeout=200", "maxRetries=0")) {
            assertTimeout(route, "connectTimeout", ofMillis(200), true);
        }
    }

    @Test
    void aConnectionThatIsNotAcceptedIsTriedAgain() throws IOException {
        try (FullSocket full = new FullSocket();
                AskRoute route = AskRoute.to("http://localhost:" + full.port(), "connectTimeout=200", "maxRetries=1")) {
            long begin = System.nanoTime();

            assertTimeout(route, "connectTimeout", ofMillis(200), true);

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(ofMillis(400));
        }
    }

    @Test
    void aHandshakeThatIsNotAnsweredEndsWithConnectTimeout() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                AskRoute route = AskRoute.to(
                        "https://localhost:" + silent.getLocalPort(), "connectTimeout=300", "maxRetries=0")) {
            assertTimeout(route, "connectTimeout", ofMillis(300), true);

            try (Socket connection = silent.accept()) {
                connection.setSoTimeout(5000);
                // The hello came, then the end.
                assertThat(connection.getInputStream().readAllBytes()).isNotEmpty();
            }
        }
    }

    @Test
    void aServiceThatDoesNotAnswerEndsWithResponseTimeout() {
        service.replaysAlways(Reply.nothing());
        try (AskRoute route = AskRoute.to(service.baseUrl(), "responseTimeout=200")) {
            assertTimeout(route, "responseTimeout", ofMillis(200), false);
        }

        assertConnectionsGone();
    }

    @ParameterizedTest
    @EnumSource(Part.class)
    void aTimeoutOnAConnectionFromThePoolClosesItToo(Part part) {
        service.replays(Answers.good(), Answers.good(), Answers.good(), part.stalled());
        try (AskRoute route = AskRoute.to(service.baseUrl(), "responseTimeout=1000", "idleTimeout=1000")) {
            // An answer is there a moment before its connection is back in the pool.
            IntStream.range(0, 3).forEach(call -> route.answer());

            assertThat(route.failure()).isInstanceOf(ClovaTimeoutException.class);

            List<Integer> connections =
                    service.requests().stream().map(ReceivedRequest::connection).toList();
            assertThat(connections.subList(0, 3)).contains(connections.get(3));
            // Others may go on waiting in the pool.
            await().atMost(ofSeconds(5)).until(() -> service.openReplies() == 0);
        }
    }

    private enum Part {
        HEAD {
            @Override
            Reply stalled() {
                return Reply.nothing();
            }
        },
        BODY {
            @Override
            Reply stalled() {
                return Answers.good().truncatedAt(20).ending(Ending.STALL);
            }
        };

        abstract Reply stalled();
    }

    @Test
    void theResponseTimeoutRunsAnewForEachTry() {
        Reply slowRefusal = Reply.json(503, "{}").headDelay(ofMillis(400));
        service.replays(slowRefusal, slowRefusal, Answers.good().headDelay(ofMillis(400)));
        try (AskRoute route = AskRoute.to(service.baseUrl(), "responseTimeout=1000")) {
            assertThat(AskRoute.attempts(route.ask())).isEqualTo(3);
        }
    }

    @Test
    void aPauseWithinTheJsonBodyEndsWithIdleTimeout() {
        LiveReply live = new LiveReply();
        service.replays(live.reply().contentType("application/json"));
        live.send("{\"status\":");
        try (AskRoute route = AskRoute.to(service.baseUrl(), "idleTimeout=200")) {
            assertTimeout(route, "idleTimeout", ofMillis(200), false);
        }

        assertConnectionsGone();
    }

    @Test
    void aHeadWithoutABodyEndsWithIdleTimeout() {
        service.replaysAlways(Answers.good().bodyDelay(ofSeconds(60)));
        try (AskRoute route = AskRoute.to(service.baseUrl(), "idleTimeout=200", "responseTimeout=60s")) {
            assertTimeout(route, "idleTimeout", ofMillis(200), false);
        }

        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void aBodyThatDripsIsNotIdle() {
        service.replays(Answers.good().pause(ofMillis(200)).cutAt(20, 40, 60, 80, 100, 120));
        try (AskRoute route = AskRoute.to(service.baseUrl(), "idleTimeout=1000")) {
            assertThat(route.answer()).isEqualTo(Answers.TEXT);
        }
    }

    @Test
    void aBodyThatDripsForeverEndsWithRequestTimeout() {
        service.replaysAlways(Answers.good().byteByByte().pause(ofMillis(50)));
        try (AskRoute route = AskRoute.to(service.baseUrl(), "idleTimeout=5s", "requestTimeout=400")) {
            assertTimeout(route, "requestTimeout", ofMillis(400), false);
        }

        assertConnectionsGone();
    }

    @Test
    void theRequestTimeoutIsOneClockOverAllTries() {
        service.replaysAlways(Reply.json(503, "{}").headDelay(ofMillis(300)));
        try (AskRoute route =
                AskRoute.to(service.baseUrl(), "requestTimeout=1500", "responseTimeout=60s", "maxRetries=20")) {
            assertTimeout(route, "requestTimeout", ofMillis(1500), false);
        }

        assertThat(service.requests()).hasSizeGreaterThan(1);
    }

    @Test
    void aRequestTimeoutBeforeTheConnectionStandsIsNamedAsItIs() throws IOException {
        try (FullSocket full = new FullSocket();
                AskRoute route = AskRoute.to("http://localhost:" + full.port(), "requestTimeout=200")) {
            assertTimeout(route, "requestTimeout", ofMillis(200), false);
        }
    }

    @ParameterizedTest
    @CsvSource({"250, 250", "1s, 1000"})
    void timesAreMillisecondsOrWithTheirUnit(String value, long millis) {
        service.replaysAlways(Reply.nothing());
        try (AskRoute route = AskRoute.to(service.baseUrl(), "responseTimeout=" + value)) {
            assertTimeout(route, "responseTimeout", ofMillis(millis), false);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "connectTimeout, 0", "responseTimeout, 0", "idleTimeout, 0", "requestTimeout, 0", "retryDelay, 0",
        "connectTimeout, -1", "responseTimeout, -5", "idleTimeout, -1", "requestTimeout, -1", "retryDelay, -1"
    })
    void aTimeThatIsNoTimeIsRefusedByName(String option, String value) {
        assertRefused(option, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"connectTimeout", "responseTimeout", "idleTimeout", "requestTimeout", "retryDelay"})
    void aTimeBeyondAllMeasureIsRefusedByName(String option) {
        assertRefused(option, Long.toString(Long.MAX_VALUE));
        assertRefused(option, Long.toString(1L << 31));
    }

    @ParameterizedTest
    @ValueSource(strings = {"connectTimeout", "responseTimeout", "idleTimeout", "requestTimeout", "retryDelay"})
    void aTimeOfSomeWeeksIsNone(String option) {
        service.replays(Answers.good());
        try (AskRoute route = AskRoute.to(service.baseUrl(), option + "=" + Integer.MAX_VALUE)) {
            assertThat(route.answer()).isEqualTo(Answers.TEXT);
        }
    }

    private void assertRefused(String option, String value) {
        assertThatThrownBy(() -> AskRoute.to(service.baseUrl(), option + "=" + value))
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Option " + option);
    }

    private static void assertTimeout(AskRoute route, String option, Duration limit, boolean retryable) {
        long begin = System.nanoTime();
        Exchange asked = route.ask();

        assertThat(AskRoute.failureOf(asked)).isInstanceOfSatisfying(ClovaTimeoutException.class, timeout -> {
            assertThat(timeout.getOption()).isEqualTo(option);
            assertThat(timeout.getLimit()).isEqualTo(limit);
            assertThat(timeout).hasMessageContaining(option).hasMessageContaining(limit.toMillis() + " ms");
            assertThat(timeout.isRetryable()).isEqualTo(retryable);
        });
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(limit, limit.plusSeconds(10));
    }

    private void assertConnectionsGone() {
        await().atMost(ofSeconds(5)).until(() -> service.openConnections() == 0);
    }

    /** Listens, and has a backlog that takes no more: whoever connects now waits. */
    private static final class FullSocket implements AutoCloseable {

        private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        private final List<Socket> waiting = new ArrayList<>();

        FullSocket() throws IOException {
            for (boolean full = false; !full; ) {
                Socket socket = new Socket();
                waiting.add(socket);
                try {
                    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()), 300);
                } catch (SocketTimeoutException backlogged) {
                    full = true;
                }
            }
        }

        int port() {
            return listener.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : waiting) {
                socket.close();
            }
            listener.close();
        }
    }
}
