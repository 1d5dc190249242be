package io.github.camelclova.transport;

import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaLimitException;
import io.github.camelclova.chat.Failure;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Collects a response of bounded size. */
final class WholeReply implements Receiver {

    private static final int USUAL_SIZE = 4096;

    private final CompletableFuture<HttpReply> reply = new CompletableFuture<>();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(USUAL_SIZE);
    private final HttpCall call;
    private final int maxSize;
    private @Nullable RunningCall running;
    private int status;
    private Map<String, String> headers = Map.of();

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
        if (piece.remaining() > maxSize - body.size()) {
            throw new ClovaLimitException(
                    "maxResponseSize",
                    maxSize,
                    "at least %d bytes".formatted((long) body.size() + piece.remaining()),
                    Failure.of(call.requestId()).withStatus(status));
        }
        byte[] bytes = new byte[piece.remaining()];
        piece.get(bytes);
        body.writeBytes(bytes);
        Objects.requireNonNull(running).grant(wireBytes);
    }

    @Override
    public void end() {
        reply.complete(new HttpReply(status, headers, body.toByteArray(), call.secrets()));
    }

    @Override
    public void failed(ClovaException failure) {
        reply.completeExceptionally(failure);
    }
}
