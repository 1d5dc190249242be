package io.github.camelclova.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.chat.ClovaUnreadableException;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.Ending;
import io.github.camelclova.testing.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTransportTest {

    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(5);

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final HttpTransport transport = new HttpTransport(HttpSettings.direct(LONG), clock, Thread::new);

    @AfterEach
    void stop() {
        transport.close();
        clock.shutdownNow();
    }

    /** A service, or what stands before it, may leave the head out or begin it too late. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "the answer\r\n",
                "HTTP/1.1 the answer\r\n\r\n",
                "HTTP/1.1 200 OK\r\nthe answer\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: the answer\r\n\r\n"
            })
    void whatStandsInThePlaceOfAHeadIsNotQuoted(String response) {
        SERVICE.get().replays(Reply.raw(response.getBytes(UTF_8)));

        assertThatThrownBy(() -> send("{}"))
                .cause()
                .isInstanceOf(ClovaUnreadableException.class)
                .satisfies(failure -> {
                    for (Throwable each = failure; each != null; each = each.getCause()) {
                        assertThat(each).hasMessageContaining("is not HTTP: ").hasMessageNotContaining("the answer");
                    }
                });
    }

    /** Without a body it is a GET. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "{}")
    void aServiceThatTakesTheRequestAndIsSilentIsConnected(String body) {
        SERVICE.get().replays(Reply.nothing().ending(Ending.STALL));

        assertThatThrownBy(() -> send(body))
                .cause()
                .asInstanceOf(type(ClovaTimeoutException.class))
                .returns("responseTimeout", ClovaTimeoutException::getOption)
                .returns(false, ClovaTimeoutException::isRetryable);
    }

    private void send(String body) {
        HttpCall call = new HttpCall(
                "order-7",
                URI.create(SERVICE.get().openAiBaseUrl() + "/models"),
                Map.of(),
                Map.of(),
                body == null ? null : body.getBytes(UTF_8));
        transport
                .send(call, new CallLimits(SHORT, LONG, 1000), Deadline.in(LONG))
                .join();
    }
}
