package io.github.camelclova;

import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.CompletionEvent;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.protocol.CompletionStream;
import io.github.camelclova.protocol.StreamListener;
import java.io.Closeable;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.apache.camel.support.SynchronizationAdapter;
import org.jspecify.annotations.Nullable;

/**
 * A stream as the body of an exchange, for {@code split(body()).streaming()}. {@link #next} waits for the next token on the
 * thread that asks; {@link #hasNext} never does, so that no token waits for the one behind it. Closing it stops the service;
 * the end of the exchange closes it.
 */
final class PulledStream implements Iterator<Message>, Closeable, StreamListener {

    private final Exchange original;
    private final String requestId;
    private final Judge judge;
    private final StreamMessages messages;
    private volatile boolean over;
    private @Nullable Message last;
    private @Nullable CompletionStream stream;

    PulledStream(Exchange original, String requestId, Judge judge) {
        this.original = original;
        this.requestId = requestId;
        this.judge = judge;
        this.messages = new StreamMessages(original, requestId);
    }

    /** Takes the stream over and starts it. */
    void start(CompletionStream prepared) {
        stream = prepared;
        original.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange exchange) {
                close();
            }
        });
        prepared.start();
    }

    @Override
    public boolean hasNext() {
        if (over) {
            return false;
        }
        if (isCancelled(last) || isStoppedBySplitter()) {
            close();
            return false;
        }
        return true;
    }

    /**
     * A splitter that stops on an exception drains what it splits, and wraps the exception before it does; one that goes on
     * leaves it as it was.
     */
    private boolean isStoppedBySplitter() {
        return original.getException() instanceof CamelExchangeException;
    }

    /** The route may have put another message in the place of the one that it was handed. */
    private static boolean isCancelled(@Nullable Message part) {
        if (part == null) {
            return false;
        }
        Exchange exchange = part.getExchange();
        return StreamMessages.isCancel(part) || (exchange != null && StreamMessages.isCancel(exchange.getMessage()));
    }

    /** Throws the {@link ClovaException} that ended the stream, if one did. */
    @Override
    public Message next() {
        if (!hasNext() || stream == null) {
            throw new NoSuchElementException("The stream is over");
        }
        Message message = new DefaultMessage(original.getContext());
        try {
            CompletionEvent event = stream.take();
            messages.calls(stream.attempts());
            write(event, message);
        } catch (RuntimeException failure) {
            over = true;
            throw failure;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            close();
            ClovaCancelledException cancelled = new ClovaCancelledException(
                    "the thread that waited for a token was interrupted", Failure.of(requestId));
            cancelled.keepPartialText(stream.text());
            throw cancelled;
        }
        last = message;
        return message;
    }

    private void write(CompletionEvent event, Message message) {
        if (event instanceof CompletionEvent.Token token) {
            messages.token(token, message);
        } else if (event instanceof CompletionEvent.Thinking thinking) {
            messages.thinking(thinking, message);
        } else if (event instanceof CompletionEvent.Tool tool) {
            messages.tool(tool, message);
        } else if (event instanceof CompletionEvent.Result result) {
            over = true;
            messages.closing("result", message);
            judge.write(result.answer(), judge.body(result.answer()), message);
            judge.keep(result.answer());
        }
    }

    @Override
    public void close() {
        over = true;
        if (stream != null) {
            stream.cancel("the iterator was closed");
        }
    }

    @Override
    public void ready() {
        // Whoever wants the next token waits for it.
    }

    @Override
    public void cutOff(ClovaException why) {
        // What ended the stream is what its next token throws.
    }
}
