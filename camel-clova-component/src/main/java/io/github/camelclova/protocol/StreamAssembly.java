package io.github.camelclova.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.chat.Choice;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaLimitException;
import io.github.camelclova.chat.ClovaUnreadableException;
import io.github.camelclova.chat.Completion;
import io.github.camelclova.chat.CompletionEvent;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.chat.StopReason;
import io.github.camelclova.chat.TokenSplitter;
import io.github.camelclova.chat.TokenUnit;
import io.github.camelclova.chat.Usage;
import io.github.camelclova.transport.Secrets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the parts of one stream together: hands tokens on as they come, and knows in the end what the whole answer was and
 * whether it was whole. Used by one thread at a time.
 */
final class StreamAssembly {

    private final Supplier<Failure> failure;
    private final Secrets secrets;
    private final int maxResponseSize;
    private final boolean emitThinking;
    private final Consumer<CompletionEvent> events;
    private final TokenSplitter splitter;
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder thinking = new StringBuilder();
    private final ToolCallFragments toolCalls = new ToolCallFragments();
    private final Consumer<String> emitToken = this::emit;
    private long textBytes;
    private boolean complete;
    private boolean ended;

    private @Nullable Completion result;
    private @Nullable String id;
    private @Nullable String model;
    private @Nullable StopReason stopReason;
    private Usage usage = Usage.UNKNOWN;
    private @Nullable Long seed;
    private List<String> citations = List.of();

    /** @param failure what is known of the call when one is told; the status is not before the response's head */
    StreamAssembly(
            Supplier<Failure> failure,
            Secrets secrets,
            int maxResponseSize,
            TokenUnit unit,
            boolean emitThinking,
            Consumer<CompletionEvent> events) {
        this.failure = failure;
        this.secrets = secrets;
        this.maxResponseSize = maxResponseSize;
        this.emitThinking = emitThinking;
        this.events = events;
        this.splitter = new TokenSplitter(unit);
    }

    /** A piece of the answer. Empty ones are none, and what comes after the end is no part of it. */
    void token(String piece) {
        if (piece.isEmpty() || result != null) {
            return;
        }
        bounded(utf8Length(piece));
        text.append(piece);
        splitter.accept(piece, emitToken);
    }

    /** A piece of the reasoning. */
    void thinking(String piece) {
        if (piece.isEmpty() || result != null) {
            return;
        }
        bounded(utf8Length(piece));
        thinking.append(piece);
        if (emitThinking) {
            events.accept(new CompletionEvent.Thinking(piece));
        }
    }

    private void emit(String unit) {
        events.accept(new CompletionEvent.Token(unit));
    }

    private void bounded(int more) {
        textBytes += more;
        if (textBytes > maxResponseSize) {
            throw new ClovaLimitException(
                    "maxResponseSize",
                    maxResponseSize,
                    "at least %d bytes of text".formatted(textBytes),
                    failure.get());
        }
    }

    private static int utf8Length(String piece) {
        int bytes = 0;
        for (int at = 0; at < piece.length(); at++) {
            char unit = piece.charAt(at);
            bytes += unit < 0x80 ? 1 : unit < 0x800 || Character.isSurrogate(unit) ? 2 : 3;
        }
        return bytes;
    }

    /** The fragments of tool calls that one event brought. */
    void toolCalls(JsonNode fragments) {
        if (!fragments.isEmpty()) {
            bounded(utf8Length(fragments.toString()));
            toolCalls.add(fragments);
        }
    }

    void identity(@Nullable String newId, @Nullable String newModel) {
        id = newId == null ? id : newId;
        model = newModel == null ? model : newModel;
    }

    void usage(Usage newest) {
        usage = newest.equals(Usage.UNKNOWN) ? usage : newest;
    }

    void seed(@Nullable Long newest) {
        seed = newest == null ? seed : newest;
    }

    void citations(List<String> newest) {
        citations = newest.isEmpty() ? citations : newest;
    }

    void stopReason(@Nullable StopReason reason) {
        stopReason = reason == null ? stopReason : reason;
    }

    /** Nothing that matters is missing any more. */
    void complete() {
        complete = true;
    }

    /** The service's own whole answer. */
    void result(Completion whole) {
        if (result == null) {
            if (text.isEmpty()) {
                token(whole.text());
            }
            result = whole;
        }
        complete = true;
    }

    /** The end marker. */
    void end() {
        complete = true;
        ended = true;
    }

    /** A failure that the stream itself reports. */
    void fail(ErrorBody error) {
        throw Refusals.of(error.hiding(secrets), failure.get());
    }

    ClovaException unreadable(String what) {
        return new ClovaUnreadableException(what, failure.get(), null);
    }

    boolean isComplete() {
        return complete;
    }

    boolean isEnded() {
        return ended;
    }

    /** The text so far. */
    String text() {
        return text.toString();
    }

    /** Hands the last units out and says what the whole answer was. */
    Completion finish() {
        splitter.flush(emitToken);
        if (result != null) {
            return result;
        }
        Choice choice = new Choice(
                0, text(), thinking.isEmpty() ? null : thinking.toString(), stopReason, toolCalls.finished(), null);
        return new Completion(id, model, List.of(choice), usage, seed, null, citations);
    }
}
