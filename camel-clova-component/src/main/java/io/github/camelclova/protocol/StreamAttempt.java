package io.github.camelclova.protocol;

import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaLimitException;
import io.github.camelclova.chat.ClovaTruncatedException;
import io.github.camelclova.chat.CompletionEvent;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.transport.CallLimits;
import io.github.camelclova.transport.Deadline;
import io.github.camelclova.transport.EventTooLargeException;
import io.github.camelclova.transport.HttpCall;
import io.github.camelclova.transport.HttpReply;
import io.github.camelclova.transport.Receiver;
import io.github.camelclova.transport.RunningCall;
import io.github.camelclova.transport.SseDecoder;
import io.github.camelclova.transport.SseEvent;
import io.github.camelclova.transport.Transport;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One try at a stream: decodes what arrives and decides whether the answer was whole. A service may also answer with one
 * JSON document, an error or a whole answer.
 *
 * <p>Called by an I/O thread and by the clock, so it locks itself; it runs nobody else's code for longer than it takes to
 * queue an event.
 */
final class StreamAttempt implements Receiver {

    /** How long a stream that is complete may go on, for its end marker and a last count of tokens. */
    private static final long GRACE_MILLIS = 1000;

    /** An error that comes with the head is told with the head: how long its bytes may take to be read. */
    private static final long WITH_THE_HEAD_MILLIS = 50;

    private final ChatStream stream;
    private final ChatClient client;
    private final EventDecoder events;
    private final SseDecoder decoder;
    private final StreamAssembly assembly;
    private volatile @Nullable RunningCall running;
    private volatile boolean settled;
    private @Nullable ByteArrayOutputStream document;
    private final List<CompletionEvent> held = new ArrayList<>();
    private Map<String, String> headers = Map.of();
    private int status;
    private boolean begun;
    private boolean bodyEnded;
    private @Nullable ScheduledFuture<?> grace;

    StreamAttempt(ChatStream stream, ChatClient client) {
        this.stream = stream;
        this.client = client;
        this.events = client.codec.eventDecoder();
        this.decoder = new SseDecoder(this::event, client::maxEventSize);
        StreamOptions options = stream.options();
        this.assembly = new StreamAssembly(
                this::failure,
                stream.secrets(),
                client.limits.maxResponseSize(),
                options.unit(),
                options.emitThinking(),
                stream.holds() ? held::add : stream::handOn);
    }

    /** The step's clock is the stream's, so that it ends with everything that waits. */
    void open(Transport transport, HttpCall call, CallLimits limits) {
        running = transport.open(call, limits, Deadline.never(), this);
    }

    void abort(ClovaException why) {
        settled = true;
        RunningCall call = running;
        if (call != null) {
            call.cancel(why);
        }
    }

    synchronized String text() {
        return assembly.text();
    }

    synchronized Failure failure() {
        return Failure.of(stream.requestId()).withStatus(status);
    }

    @Override
    public synchronized void head(int responseStatus, Map<String, String> responseHeaders, RunningCall call) {
        running = call;
        status = responseStatus;
        headers = responseHeaders;
        stream.headCame(responseHeaders);
        boolean isGood = status >= 200 && status <= 299;
        if (isGood && ReplyReader.isEventStream(responseHeaders)) {
            client.clock.schedule(this::begin, WITH_THE_HEAD_MILLIS, TimeUnit.MILLISECONDS);
        } else {
            document = new ByteArrayOutputStream();
        }
    }

    private synchronized void begin() {
        if (!begun && !settled) {
            begun = true;
            stream.begins(streamHead());
        }
    }

    private StreamHead streamHead() {
        return new StreamHead(stream.requestId(), status, stream.attempts(), PendingAnswer.rateLimit(headers));
    }

    @Override
    public synchronized void data(ByteBuffer piece, int wireBytes) {
        RunningCall call = Objects.requireNonNull(running);
        if (settled) {
            call.grant(wireBytes);
            return;
        }
        if (document != null) {
            collect(piece, document);
            call.grant(wireBytes);
            return;
        }
        try {
            decoder.feed(piece);
        } catch (EventTooLargeException tooLarge) {
            throw limit(tooLarge);
        }
        stream.credit(call, wireBytes);
        if (assembly.isEnded()) {
            complete();
        } else if (assembly.isComplete() && grace == null) {
            grace = client.clock.schedule(this::graceIsOver, GRACE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void event(SseEvent event) {
        if (assembly.isEnded()) {
            return;
        }
        events.decode(event, assembly);
        begin();
    }

    private void collect(ByteBuffer piece, ByteArrayOutputStream body) {
        int maxSize = client.limits.maxResponseSize();
        if (piece.remaining() > maxSize - body.size()) {
            String came = "at least %d bytes".formatted((long) body.size() + piece.remaining());
            throw new ClovaLimitException("maxResponseSize", maxSize, came, failure());
        }
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        body.writeBytes(bytes);
    }

    private ClovaLimitException limit(EventTooLargeException tooLarge) {
        String option = tooLarge.limit() == client.maxEventSize("") ? "maxEventSize" : "maxResponseSize";
        String came = "an event of at least %d bytes".formatted(tooLarge.size());
        return new ClovaLimitException(option, tooLarge.limit(), came, failure());
    }

    /** The whole answer is there; what the connection still brings is drained for a moment, so that it can be used again. */
    private void complete() {
        if (settled) {
            return;
        }
        stream.completed(assembly.finish(), held, streamHead());
        begin();
        settled = true;
        if (!bodyEnded && grace == null) {
            grace = client.clock.schedule(this::graceIsOver, GRACE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Completes an answer that only lacks its end marker; false if it lacks more, or has been completed before. */
    synchronized boolean completeNow() {
        if (settled || !assembly.isComplete()) {
            return false;
        }
        complete();
        return true;
    }

    private synchronized void graceIsOver() {
        if (!settled && stream.isBehind()) {
            // The route is slow, and what is awaited may wait behind the tokens that it has not taken.
            grace = client.clock.schedule(this::graceIsOver, GRACE_MILLIS, TimeUnit.MILLISECONDS);
            return;
        }
        complete();
        RunningCall call = running;
        if (call != null && !bodyEnded) {
            call.cancel(new ClovaCancelledException("the answer is complete", failure()));
        }
    }

    @Override
    public synchronized void end() {
        bodyEnded = true;
        if (grace != null) {
            grace.cancel(false);
        }
        if (settled) {
            stream.bodyEnded();
            return;
        }
        try {
            if (document != null) {
                HttpReply reply = new HttpReply(status, headers, document.toByteArray(), stream.secrets());
                assembly.result(client.codec.decode(reply, stream.requestId()));
            } else {
                decoder.end();
            }
        } catch (ClovaException refusal) {
            settle(refusal);
            return;
        }
        if (assembly.isComplete()) {
            complete();
            stream.bodyEnded();
        } else {
            settle(new ClovaTruncatedException("the stream ended without its closing event", failure(), null));
        }
    }

    @Override
    public void failed(ClovaException why) {
        // Whoever aborts holds no lock of ours and must not wait for one.
        if (settled) {
            stream.bodyEnded();
        } else {
            settle(why);
        }
    }

    private synchronized void settle(ClovaException why) {
        bodyEnded = true;
        if (settled) {
            stream.bodyEnded();
            return;
        }
        if (assembly.isComplete()) {
            // A fault behind the end of an answer is none.
            complete();
            stream.bodyEnded();
            return;
        }
        settled = true;
        stream.failed(why, text());
    }
}
