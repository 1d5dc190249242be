package io.github.camelclova.transport;

import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaLimitException;
import io.github.camelclova.chat.Failure;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Collects a response of bounded size. */
final class WholeReply implements Receiver {

    private final CompletableFuture<HttpReply> reply = new CompletableFuture<>();
    private final HttpCall call;
    private final int maxSize;
    private @Nullable RunningCall running;
    private int status;
    private Map<String, String> headers = Map.of();
    private byte[] body = {};
    private int size;

    WholeReply(HttpCall call, int maxSize) {
        this.call = call;
        this.maxSize = maxSize;
    }

    CompletableFuture<HttpReply> reply() {
        return reply;
    }

    @Override
    public void head(int responseStatus, Map<String, String> responseHeaders, RunningCall runningCall) {
        running = runningCall;
        status = responseStatus;
        headers = responseHeaders;
    }

    @Override
    public void data(ByteBuffer piece, int wireBytes) {
        int length = piece.remaining();
        if (length > maxSize - size) {
            throw new ClovaLimitException(
                    "maxResponseSize",
                    maxSize,
                    "at least %d bytes".formatted((long) size + length),
                    Failure.of(call.requestId()).withStatus(status));
        }
        if (length > body.length - size) {
            // An answer that comes in one piece, as most do, is copied once.
            body = Arrays.copyOf(body, Math.max(size + length, (int) Math.min(2L * size, maxSize)));
        }
        piece.get(body, size, length);
        size += length;
        Objects.requireNonNull(running).grant(wireBytes);
    }

    @Override
    public void end() {
        byte[] whole = size == body.length ? body : Arrays.copyOf(body, size);
        reply.complete(new HttpReply(status, headers, whole, call.secrets()));
    }

    @Override
    public void failed(ClovaException failure) {
        reply.completeExceptionally(failure);
    }
}
