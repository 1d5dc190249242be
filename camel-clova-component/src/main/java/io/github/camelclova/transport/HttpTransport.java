package io.github.camelclova.transport;

import io.github.camelclova.chat.ClovaConnectionException;
import io.github.camelclova.chat.Failure;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;

/**
 * Sends calls over pooled connections without holding a thread. Follows no redirect, keeps no cookie and repeats nothing
 * by itself.
 *
 * <p>Whoever makes one closes it; what still runs then fails as a broken connection.
 */
public final class HttpTransport implements Transport, AutoCloseable {

    private static final TimeValue PARTING = TimeValue.ofSeconds(1);

    private final HttpSettings settings;
    private final CloseableHttpAsyncClient client;
    private final ScheduledExecutorService clock;

    /**
     * @param clock for timeouts; stays the caller's
     * @param ioThreads makes the few threads that move bytes
     */
    public HttpTransport(HttpSettings settings, ScheduledExecutorService clock, ThreadFactory ioThreads) {
        this.settings = settings;
        this.clock = clock;
        this.client = AsyncClients.create(settings, ioThreads);
        client.start();
    }

    @Override
    public RunningCall open(HttpCall call, CallLimits limits, Deadline deadline, Receiver receiver) {
        HttpExchangeCall exchange = new HttpExchangeCall(
                call, limits, settings.connectTimeout(), connectionWait(), deadline, clock, receiver);
        exchange.begins();
        try {
            exchange.runs(client.execute(request(call), exchange, null, exchange.context(), exchange));
        } catch (IllegalStateException closed) {
            exchange.cancel(
                    new ClovaConnectionException("the HTTP client is closed", Failure.of(call.requestId()), closed));
        }
        return exchange;
    }

    /** A capped pool may let a call wait before it begins to connect. */
    private Duration connectionWait() {
        Duration lease = settings.leaseTimeout();
        return lease == null
                ? settings.connectTimeout()
                : settings.connectTimeout().plus(lease);
    }

    private static AsyncRequestProducer request(HttpCall call) {
        byte[] body = call.body();
        BasicHttpRequest request = new BasicHttpRequest(body == null ? "GET" : "POST", call.uri());
        call.headers().forEach(request::addHeader);
        call.secretHeaders().forEach((name, value) -> request.addHeader(new SecretHeader(name, value)));
        return new BasicRequestProducer(
                request, body == null ? null : new BasicAsyncEntityProducer(body, ContentType.APPLICATION_JSON));
    }

    @Override
    public void close() {
        // Closed from outside while they work, the I/O threads stumble and say so at ERROR; so they are asked to go
        // first.
        client.initiateShutdown();
        try {
            client.awaitShutdown(PARTING);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        client.close(CloseMode.IMMEDIATE);
    }
}
