package io.github.camelclova;

import io.github.camelclova.StreamSettings.OnTokenFailure;
import io.github.camelclova.chat.Answer;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.CompletionEvent;
import io.github.camelclova.protocol.CompletionStream;
import io.github.camelclova.protocol.StreamListener;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stream that sends each token to an endpoint as an exchange of its own: strictly in order and one at a time, the next
 * when the previous one's processing is done. In the end it sends exactly one {@code result} or {@code error} exchange and
 * lets the original exchange go on.
 *
 * <p>Runs on the component's pool while there is something to send, and on no thread otherwise.
 */
final class PushedStream implements StreamListener {

    private static final Logger LOG = LoggerFactory.getLogger(PushedStream.class);

    private final Exchange original;
    private final AsyncCallback callback;
    private final TokenTarget target;
    private final Judge judge;
    private final OnTokenFailure onTokenFailure;
    private final Executor executor;
    private final StreamMessages messages;
    private final AtomicBoolean originalGoesOn = new AtomicBoolean();
    private volatile boolean inFlight;
    private volatile @Nullable ClovaException cut;
    private @Nullable Exception tokenFailure;
    private @Nullable CompletionStream stream;

    PushedStream(
            Exchange original,
            @Nullable String requestId,
            AsyncCallback callback,
            TokenTarget target,
            Judge judge,
            OnTokenFailure onTokenFailure,
            Executor executor) {
        this.original = original;
        this.callback = callback;
        this.target = target;
        this.judge = judge;
        this.onTokenFailure = onTokenFailure;
        this.executor = executor;
        this.messages = new StreamMessages(original, requestId);
    }

    /** Takes the stream over and starts it. */
    void start(CompletionStream prepared) {
        stream = prepared;
        original.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange exchange) {
                prepared.cancel("the exchange is over");
            }
        });
        prepared.start();
    }

    /** Ends a stream that never began, because its request was refused. */
    void refuse(Exception refused) {
        executor.execute(() -> sendError(refused, ""));
    }

    @Override
    public void ready() {
        executor.execute(this::drain);
    }

    /** A token that is with its route cannot be called back; the original exchange does not wait for it. */
    @Override
    public void cutOff(ClovaException why) {
        cut = why;
        if (inFlight) {
            executor.execute(() -> goOn(why));
        }
    }

    private void drain() {
        CompletionStream running = stream;
        while (running != null) {
            CompletionEvent event;
            try {
                event = running.poll();
            } catch (RuntimeException failure) {
                messages.calls(running.attempts());
                sendError(tokenFailure == null ? failure : withPartialText(tokenFailure, failure), handedOn());
                return;
            }
            if (event == null) {
                return;
            }
            messages.calls(running.attempts());
            if (event instanceof CompletionEvent.Result result) {
                sendResult(result.answer());
                return;
            }
            if (!send(event)) {
                return;
            }
        }
    }

    private String handedOn() {
        return stream == null ? "" : stream.text();
    }

    private static Exception withPartialText(Exception cause, RuntimeException cancelled) {
        cause.addSuppressed(cancelled);
        return cause;
    }

    /** True when the token is done with; false when somebody else will go on. */
    private boolean send(CompletionEvent event) {
        Exchange exchange = target.newExchange(original);
        if (event instanceof CompletionEvent.Token token) {
            messages.token(token, exchange.getMessage());
        } else if (event instanceof CompletionEvent.Thinking thinking) {
            messages.thinking(thinking, exchange.getMessage());
        } else if (event instanceof CompletionEvent.Tool tool) {
            messages.tool(tool, exchange.getMessage());
        }
        inFlight = true;
        if (cut != null) {
            inFlight = false;
            return true;
        }
        boolean done = target.send(
                exchange,
                () -> executor.execute(() -> {
                    tokenDone(exchange);
                    drain();
                }));
        if (done) {
            tokenDone(exchange);
        }
        return done;
    }

    private void tokenDone(Exchange exchange) {
        inFlight = false;
        CompletionStream running = stream;
        if (running == null) {
            return;
        }
        Exception failure = exchange.getException();
        if (failure != null && onTokenFailure == OnTokenFailure.STOP) {
            tokenFailure = failure;
            running.cancel("the exchange of a token failed");
        } else if (StreamMessages.isCancel(exchange.getMessage())) {
            running.cancel("the route cancelled the stream");
        } else if (failure != null) {
            LOG.warn("The exchange {} of a streamed token failed; the stream goes on", exchange.getExchangeId());
        }
    }

    private void sendResult(Answer answer) {
        Object body;
        try {
            body = judge.body(answer);
        } catch (RuntimeException heldBack) {
            sendError(heldBack, handedOn());
            return;
        }
        Exchange exchange = target.newExchange(original);
        Message message = exchange.getMessage();
        messages.closing("result", message);
        judge.write(answer, body, message);
        boolean done = target.send(exchange, () -> executor.execute(() -> resultDone(exchange, answer, body)));
        if (done) {
            resultDone(exchange, answer, body);
        }
    }

    private void resultDone(Exchange exchange, Answer answer, Object body) {
        Exception failure = exchange.getException();
        if (failure != null && onTokenFailure == OnTokenFailure.STOP) {
            goOn(failure);
            return;
        }
        try {
            judge.keep(answer);
        } catch (RuntimeException notKept) {
            goOn(notKept);
            return;
        }
        if (originalGoesOn.compareAndSet(false, true)) {
            judge.write(answer, body, original.getMessage());
            callback.done(false);
        }
    }

    private void sendError(Exception failure, String textSoFar) {
        Exchange exchange = target.newExchange(original);
        Message message = exchange.getMessage();
        messages.closing("error", message);
        message.setBody(textSoFar);
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
        boolean done = target.send(exchange, () -> executor.execute(() -> errorDone(exchange, failure)));
        if (done) {
            errorDone(exchange, failure);
        }
    }

    private void errorDone(Exchange exchange, Exception failure) {
        if (exchange.getException() != null) {
            LOG.warn("The exchange {} that closes a failed stream failed itself", exchange.getExchangeId());
        }
        goOn(failure);
    }

    private void goOn(Exception failure) {
        if (originalGoesOn.compareAndSet(false, true)) {
            original.setException(failure);
            callback.done(false);
        }
    }
}
