package io.github.camelclova.transport;

import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.chat.ClovaTruncatedException;
import io.github.camelclova.chat.ClovaUnreadableException;
import io.github.camelclova.chat.Excerpt;
import io.github.camelclova.chat.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** One try: what the HTTP client tells of it, told on to the {@link Receiver} once and in our words. */
final class HttpExchangeCall implements RunningCall, AsyncResponseConsumer<Void>, FutureCallback<Void> {

    private static final String KEY = HttpExchangeCall.class.getName();

    private final HttpCall call;
    private final CallLimits limits;
    private final Duration connectTimeout;
    private final Receiver receiver;
    private final Watch watch;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Window window;
    private volatile @Nullable Future<?> running;
    private volatile Runnable hangUp = () -> {};
    private volatile int status;
    private @Nullable HeadWatch head;
    private boolean isChunked;
    private long bodyBytes;
    private @Nullable GzipDecoder gzip;
    private @Nullable FutureCallback<Void> resultCallback;

    HttpExchangeCall(
            HttpCall call,
            CallLimits limits,
            Duration connectTimeout,
            Duration connectionWait,
            Deadline deadline,
            ScheduledExecutorService clock,
            Receiver receiver) {
        this.call = call;
        this.limits = limits;
        this.connectTimeout = connectTimeout;
        this.receiver = receiver;
        this.watch = new Watch(clock, deadline, this::timeIsOver, "connectTimeout", connectionWait);
        this.window = new Window(watch::pause);
    }

    /** Starts the clocks; a time that is over at once must find the whole call. */
    void begins() {
        watch.start();
    }

    void runs(Future<?> httpFuture) {
        running = httpFuture;
        if (ended.get()) {
            httpFuture.cancel(true);
        }
    }

    /** What the client carries along, so that {@link #of} finds the call again. */
    HttpContext context() {
        HttpContext context = HttpClientContext.create();
        context.setAttribute(KEY, this);
        return context;
    }

    static Optional<HttpExchangeCall> of(HttpContext context) {
        return Optional.ofNullable((HttpExchangeCall) context.getAttribute(KEY));
    }

    /**
     * A step of the client's chain. Its future cannot be cancelled while a call runs on a connection out of the pool, so the
     * call keeps a way to close that.
     */
    static void holdConnection(
            HttpRequest request,
            @Nullable AsyncEntityProducer body,
            AsyncExecChain.Scope scope,
            AsyncExecChain chain,
            AsyncExecCallback callback)
            throws HttpException, IOException {
        of(scope.clientContext).ifPresent(call -> call.runsOn(scope.execRuntime::discardEndpoint));
        chain.proceed(request, body, scope, callback);
    }

    private void runsOn(Runnable closing) {
        hangUp = closing;
        if (ended.get()) {
            closing.run();
        }
    }

    /** On the I/O thread, before the request is sent. */
    void runsOver(HeadWatch connectionsHead) {
        head = connectionsHead;
    }

    /** A step of the client before it sends a request: the connection stands, through a proxy too. */
    static void sends(HttpRequest request, @Nullable EntityDetails body, HttpContext context) {
        of(context).ifPresent(HttpExchangeCall::connected);
    }

    void connected() {
        watch.turnTo("responseTimeout", limits.responseTimeout());
    }

    private void timeIsOver(String option, Duration limit) {
        // Only a connection that never stood may be tried again: nothing has been asked yet.
        Failure failure = failure().withRetryable(option.equals("connectTimeout"));
        cancel(new ClovaTimeoutException(option, limit, failure, null));
    }

    @Override
    public void cancel(ClovaException why) {
        if (end(why)) {
            hangUp.run();
            Future<?> httpFuture = running;
            if (httpFuture != null) {
                httpFuture.cancel(true);
            }
        }
    }

    private boolean end(@Nullable ClovaException failure) {
        if (!ended.compareAndSet(false, true)) {
            return false;
        }
        watch.stop();
        if (failure == null) {
            receiver.end();
        } else {
            receiver.failed(failure);
        }
        return true;
    }

    @Override
    public void grant(int bytes) {
        window.grant(bytes);
    }

    private Failure failure() {
        return Failure.of(call.requestId()).withStatus(status);
    }

    @Override
    public void consumeResponse(
            HttpResponse response,
            @Nullable EntityDetails entityDetails,
            HttpContext context,
            FutureCallback<Void> callback)
            throws IOException {
        resultCallback = callback;
        status = response.getCode();
        watch.turnTo("idleTimeout", limits.idleTimeout());
        Map<String, String> headers = headers(response);
        String encoding = headers.getOrDefault("content-encoding", "identity").trim();
        if (encoding.equalsIgnoreCase("gzip")) {
            gzip = new GzipDecoder();
        } else if (!encoding.equalsIgnoreCase("identity") && status <= 299) {
            // A refusal says enough without its body.
            end(new ClovaUnreadableException("the answer is packed with " + Excerpt.of(encoding), failure(), null));
            throw new IOException("The response is not wanted");
        }
        isChunked = entityDetails != null && entityDetails.isChunked();
        receiver.head(status, headers, this);
        if (entityDetails == null) {
            finish();
        }
    }

    private static Map<String, String> headers(HttpResponse response) {
        Map<String, String> headers = new HashMap<>();
        for (Iterator<Header> each = response.headerIterator(); each.hasNext(); ) {
            Header header = each.next();
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        return headers;
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) {
        // 1xx says nothing about the answer.
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        window.opened(channel);
    }

    @Override
    public void consume(ByteBuffer bytes) throws IOException {
        bodyBytes += bytes.remaining();
        if (ended.get()) {
            return;
        }
        watch.touch();
        try {
            int wireBytes = bytes.remaining();
            window.use(wireBytes);
            if (gzip == null) {
                receiver.data(bytes, wireBytes);
            } else {
                gzip.feed(bytes, piece -> receiver.data(piece, 0));
                receiver.data(ByteBuffer.allocate(0), wireBytes);
            }
        } catch (ClovaException refused) {
            end(refused);
            throw new IOException("The rest of the response is not wanted", refused);
        }
    }

    @Override
    public void streamEnd(@Nullable List<? extends Header> trailers) {
        finish();
    }

    private void finish() {
        if (gzip != null && !gzip.isDone()) {
            end(new ClovaTruncatedException("the gzip of the answer broke off", failure(), null));
        } else {
            end(null);
        }
        if (head != null && !head.answered(isChunked, bodyBytes)) {
            // Now: it is not in the pool yet, so no other call can have got hold of it.
            hangUp.run();
        }
        if (resultCallback != null) {
            resultCallback.completed(null);
        }
    }

    @Override
    public void failed(Exception cause) {
        end(TransportFailures.of(cause, call.uri(), connectTimeout, failure()));
    }

    @Override
    public void completed(@Nullable Void nothing) {
        // streamEnd has said so already.
    }

    @Override
    public void cancelled() {
        end(new ClovaCancelledException("the connection was closed on this side", failure()));
    }

    @Override
    public void releaseResources() {
        if (gzip != null) {
            gzip.close();
        }
    }
}
