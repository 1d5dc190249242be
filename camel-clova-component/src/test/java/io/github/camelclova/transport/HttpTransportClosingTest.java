package io.github.camelclova.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.CompletableFuture.allOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HttpTransportClosingTest {

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final Complaints complaints = new Complaints();

    @BeforeEach
    void listen() {
        complaints.open();
    }

    @AfterEach
    void stop() {
        complaints.close();
        clock.shutdownNow();
    }

    /** The I/O threads of the HTTP client lose a race only now and then, hence the rounds. */
    @Test
    void aClientThatIsClosedBetweenTwoCallsComplainsOfNothing() {
        for (int round = 0; round < 100; round++) {
            try (HttpTransport transport = transport()) {
                allOf(IntStream.range(0, 4).mapToObj(call -> send(transport)).toArray(CompletableFuture[]::new))
                        .join();
            }
        }

        assertThat(complaints.heard()).isEmpty();
        await().untilAsserted(() -> assertThat(SERVICE.get().openReplies()).isZero());
    }

    private HttpTransport transport() {
        return new HttpTransport(HttpSettings.direct(Duration.ofSeconds(5)), clock, Thread::new);
    }

    private static CompletableFuture<HttpReply> send(HttpTransport transport) {
        ClovaStandIn service = SERVICE.get();
        byte[] body = "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}".getBytes(UTF_8);
        HttpCall call = new HttpCall(
                "closing", URI.create(service.openAiBaseUrl() + "/chat/completions"), Map.of(), Map.of(), body);
        CallLimits limits = new CallLimits(Duration.ofSeconds(5), Duration.ofSeconds(5), 1 << 20);
        return transport.send(call, limits, Deadline.in(Duration.ofSeconds(10)));
    }

    /** What is logged at WARN and above. */
    private static final class Complaints extends AbstractAppender {

        private final Queue<String> heard = new ConcurrentLinkedQueue<>();

        Complaints() {
            super("complaints", null, null, true, Property.EMPTY_ARRAY);
        }

        void open() {
            start();
            root().addAppender(this);
        }

        void close() {
            root().removeAppender(this);
            stop();
        }

        List<String> heard() {
            return List.copyOf(heard);
        }

        @Override
        public void append(LogEvent event) {
            heard.add("%s %s: %s".formatted(event.getLevel(), event.getLoggerName(), event.getThrown()));
        }

        private static Logger root() {
            return (Logger) LogManager.getRootLogger();
        }
    }
}
