package io.github.camelclova.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelclova.HeldClock;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.GenerationOptions;
import io.github.camelclova.quota.Account;
import io.github.camelclova.quota.EndpointQuota;
import io.github.camelclova.quota.Load;
import io.github.camelclova.quota.QuotaLimits;
import io.github.camelclova.quota.Quotas;
import io.github.camelclova.transport.CallLimits;
import io.github.camelclova.transport.Deadline;
import io.github.camelclova.transport.HttpCall;
import io.github.camelclova.transport.Receiver;
import io.github.camelclova.transport.Retry;
import io.github.camelclova.transport.RunningCall;
import io.github.camelclova.transport.Transport;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Connections of one client that bring what a test lets them bring, on the thread that lets them. */
public final class HeldConnections implements Transport {

    public static final ChatRequest REQUEST =
            new ChatRequest("r", "m", List.of(ChatMessage.user("?")), new GenerationOptions(Map.of()), null);

    private static final Account ACCOUNT = new Account("somebody");

    public final HeldClock clock = new HeldClock();
    public volatile Connection connection;
    private final Quotas quotas = new Quotas(() -> 0);
    public final ChatClient client;

    /** @param maxRetries after a failure; the pause before is over when the clock passes */
    public HeldConnections(int maxRetries, Executor executor) {
        client = new ChatClient(
                new Service(Dialect.CLOVA_V3, URI.create("http://localhost"), "", null, Map.of(), Map.of(), Map.of()),
                this,
                new CallLimits(Duration.ofMinutes(1), Duration.ofMinutes(1), 1 << 20),
                1 << 20,
                new Retry(maxRetries, Duration.ofMillis(1), () -> 0.5),
                executor,
                clock,
                new EndpointQuota(
                        quotas,
                        ACCOUNT,
                        new QuotaLimits(null, null, 1, Duration.ofMinutes(1)),
                        (option, model, mine, others) -> {}),
                HeardStream.UNHEARD);
    }

    /** Of the only model that is asked. */
    public Load load() {
        return quotas.load(ACCOUNT, "m");
    }

    @Override
    public RunningCall open(HttpCall call, CallLimits limits, Deadline deadline, Receiver receiver) {
        Connection next = new Connection(receiver);
        connection = next;
        return next;
    }

    /** Tells its receiver of one end, as a call does. */
    public static final class Connection implements RunningCall {

        public final Receiver receiver;
        private final AtomicBoolean ended = new AtomicBoolean();

        Connection(Receiver receiver) {
            this.receiver = receiver;
        }

        public void end() {
            if (ended.compareAndSet(false, true)) {
                receiver.end();
            }
        }

        /** A piece of a stream; lost if nobody wants it any more. */
        public void brings(String event) {
            if (isOpen()) {
                byte[] bytes = event.getBytes(UTF_8);
                receiver.data(ByteBuffer.wrap(bytes), bytes.length);
            }
        }

        @Override
        public void cancel(ClovaException why) {
            if (ended.compareAndSet(false, true)) {
                receiver.failed(why);
            }
        }

        public boolean isOpen() {
            return !ended.get();
        }

        @Override
        public void grant(int bytes) {
            // It brings all it has in any case.
        }
    }
}
