package io.github.camelclova.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** CLOVA Studio's replies as bytes, made before they are needed; every event of a stream is an HTTP chunk of its own. */
final class Wire {

    private static final String[] WORDS = {"주문", "은 ", "내일", " 오후", "에 ", "도착", "할 ", "예정", "입니다", ". "};
    private static final String STAMP = "0000000000000000";
    private static final byte[] STAMPED = token(STAMP);
    private static final int STAMP_AT = new String(STAMPED, UTF_8).indexOf(STAMP);

    private Wire() {}

    static ByteBuf head() {
        return Unpooled.copiedBuffer(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream;charset=UTF-8\r\nTransfer-Encoding: chunked\r\n\r\n",
                US_ASCII);
    }

    /** A stream from its head to its end. */
    static ByteBuf stream(int tokens) {
        ByteBuf bytes = Unpooled.directBuffer();
        bytes.writeBytes(head());
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens; i++) {
            String word = WORDS[i % WORDS.length];
            text.append(word);
            bytes.writeBytes(token(word));
        }
        return bytes.writeBytes(tail(text.toString(), tokens));
    }

    /** A token whose text is the time now. */
    static ByteBuf stampedToken(ByteBuf into) {
        into.writeBytes(STAMPED);
        long left = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        for (int at = STAMP_AT + STAMP.length() - 1; at >= STAMP_AT; at--) {
            into.setByte(at, '0' + (int) (left % 10));
            left /= 10;
        }
        return into;
    }

    static ByteBuf tail(String text, int tokens) {
        String usage =
                "{\"promptTokens\":18,\"completionTokens\":%d,\"totalTokens\":%d}".formatted(tokens, 18 + tokens);
        return Unpooled.wrappedBuffer(
                chunk(event("result", document(text, "\"stop\"", usage))),
                chunk(event("signal", "{\"data\":\"[DONE]\"}")),
                "0\r\n\r\n".getBytes(US_ASCII));
    }

    static ByteBuf whole() {
        byte[] body = ("{\"status\":{\"code\":\"20000\",\"message\":\"OK\"},\"result\":"
                        + document(
                                String.join("", WORDS).repeat(10),
                                "\"stop\"",
                                "{\"promptTokens\":18,\"completionTokens\":100,\"totalTokens\":118}")
                        + "}")
                .getBytes(UTF_8);
        String head = "HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=UTF-8\r\nContent-Length: %d\r\n\r\n"
                .formatted(body.length);
        return Unpooled.directBuffer().writeBytes(head.getBytes(US_ASCII)).writeBytes(body);
    }

    private static byte[] token(String text) {
        return chunk(event("token", document(text, "null", "null")));
    }

    private static String document(String text, String finishReason, String usage) {
        return ("{\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"finishReason\":%s,\"created\":1795219200,"
                        + "\"seed\":77120045,\"usage\":%s}")
                .formatted(text, finishReason, usage);
    }

    private static String event(String name, String data) {
        return "id:7e0a9f11-0003-4d21-8f00-000000000001\nevent:" + name + "\ndata:" + data + "\n\n";
    }

    private static byte[] chunk(String event) {
        byte[] bytes = event.getBytes(UTF_8);
        byte[] head = (Integer.toHexString(bytes.length) + "\r\n").getBytes(US_ASCII);
        byte[] chunk = new byte[head.length + bytes.length + 2];
        System.arraycopy(head, 0, chunk, 0, head.length);
        System.arraycopy(bytes, 0, chunk, head.length, bytes.length);
        chunk[chunk.length - 2] = '\r';
        chunk[chunk.length - 1] = '\n';
        return chunk;
    }
}
