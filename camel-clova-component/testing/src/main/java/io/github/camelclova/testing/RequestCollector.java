package io.github.camelclova.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToMessageDecoder;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joins the parts of a request. What is no HTTP, and a body that is too large, becomes a {@link Refusal}. */
final class RequestCollector extends MessageToMessageDecoder<HttpObject> {

    static final int LARGEST_BODY = 64 * 1024 * 1024;

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);

    private final int connection;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private @Nullable HttpRequest request;
    private boolean refused;

    RequestCollector(int connection) {
        this.connection = connection;
    }

    @Override
    protected void decode(ChannelHandlerContext context, HttpObject part, List<Object> out) throws IOException {
        if (refused) {
            return;
        }
        if (part.decoderResult().isFailure()) {
            throw refusal(400, "40000", "Bad request");
        }
        if (part instanceof HttpRequest head) {
            request = head;
            body.reset();
            if (HttpUtil.is100ContinueExpected(head)) {
                Writes.flush(context.channel(), Unpooled.wrappedBuffer(CONTINUE));
            }
        }
        if (part instanceof HttpContent content) {
            if (body.size() + content.content().readableBytes() > LARGEST_BODY) {
                throw refusal(413, "41300", "Request body size exceeded");
            }
            content.content().readBytes(body, content.content().readableBytes());
        }
        HttpRequest head = request;
        if (part instanceof LastHttpContent && head != null) {
            request = null;
            out.add(new ReceivedRequest(
                    head.method().name(),
                    head.uri(),
                    head.headers().entries(),
                    body.toByteArray(),
                    Instant.now(),
                    connection));
        }
    }

    private Refusal refusal(int status, String code, String message) {
        refused = true;
        return new Refusal(status, code, message);
    }
}
