package io.github.camelclova.examples.moderatedchat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.ClovaConstants;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.examples.moderatedchat.ReviewQueue.Withheld;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The answers on their way: what the routes do with them. */
public final class Chats {

    /** How many answers may be on their way at once. */
    static final int MOST = 32;

    /** In UTF-16 units, as the page counts them, too. */
    static final int LONGEST_QUESTION = 2_000;

    private static final int LARGEST_REQUEST = 16 * 1024;
    private static final Duration PARTING = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger("moderated-chat");

    private final SecureRandom random = new SecureRandom();
    private final Map<String, Chat> open = new ConcurrentHashMap<>();
    private final ReviewQueue review;

    Chats(ReviewQueue review) {
        this.review = review;
    }

    /** Takes a question and makes it the body. */
    public void open(@Body InputStream request, Exchange exchange) throws IOException, InterruptedException {
        JsonNode asked = Json.read(upTo(LARGEST_REQUEST, request));
        String question = asked.path("question").asText("").strip();
        if (question.isEmpty()) {
            throw new RefusedException(400, "empty");
        }
        if (question.length() > LONGEST_QUESTION) {
            throw new RefusedException(413, "too-long");
        }
        Chat chat = new Chat(newId(), question, mode(asked.path("mode").asText()), this::leave);
        synchronized (open) {
            if (open.size() >= MOST) {
                throw new RefusedException(503, "busy");
            }
            open.put(chat.getId(), chat);
        }
        // First of all, so that the page can cancel.
        chat.events().send("start", Map.of("id", chat.getId()));
        exchange.setVariable("chat", chat);
        exchange.getMessage().setBody(question);
    }

    private static Mode mode(String name) {
        return switch (name) {
            case "safe" -> Mode.SAFE;
            case "live" -> Mode.LIVE;
            default -> throw new RefusedException(400, "mode");
        };
    }

    private static byte[] upTo(int limit, InputStream request) throws IOException {
        byte[] bytes = request.readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw new RefusedException(413, "too-long");
        }
        return bytes;
    }

    private String newId() {
        byte[] id = new byte[16];
        random.nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** Makes the events of the answer the response. */
    public void events(@Variable("chat") Chat chat, Message response) {
        response.setHeader(Exchange.CONTENT_TYPE, "text/event-stream;charset=utf-8");
        response.setBody(chat.events());
    }

    /** The answer begins. */
    public void begin(@Variable("chat") Chat chat, @Body Closeable tokens) {
        chat.begin(tokens);
    }

    /** Hands a token on to the page, or in the end the verdict. */
    public void relay(@Variable("chat") Chat chat, Message message) throws InterruptedException {
        String type = message.getHeader(ClovaConstants.EVENT_TYPE, String.class);
        if (type.equals("token")) {
            chat.events().send("token", Map.of("text", message.getBody(String.class)));
        } else if (type.equals("result")) {
            conclude(chat, message);
        }
    }

    private void conclude(Chat chat, Message result) throws InterruptedException {
        String verdict = result.getHeader(ClovaConstants.AI_FILTER_VERDICT, String.class);
        List<?> found = result.getHeader(ClovaConstants.AI_FILTER_REASONS, List.class);
        List<String> reasons = found.stream().map(String::valueOf).toList();
        boolean flagged = result.getHeader(ClovaConstants.AI_FILTER_FLAGGED, Boolean.class);
        if (flagged) {
            // Before the page is told, so that it finds the answer there.
            review.add(new Withheld(
                    Instant.now(), chat.question(), chat.getMode(), verdict, reasons, result.getBody(String.class)));
        }
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("flagged", flagged);
        told.put("verdict", verdict);
        told.put("reasons", reasons);
        told.put("coverage", result.getHeader(ClovaConstants.AI_FILTER_COVERAGE));
        told.put("stopReason", result.getHeader(ClovaConstants.STOP_REASON));
        told.put("tokens", result.getHeader(ClovaConstants.OUTPUT_TOKENS));
        chat.events().end("verdict", told);
    }

    /** Tells the page that there is no answer, and the operator why. */
    public void fail(@Variable("chat") Chat chat, Exchange exchange) throws InterruptedException {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        LOG.warn("An answer failed: {}", failure.getMessage());
        boolean retryable = failure instanceof ClovaException ours && ours.isRetryable();
        chat.events().end("error", Map.of("retryable", retryable));
    }

    /** The route is done with the answer. Without verdict or failure it was cancelled. */
    public void end(@Variable("chat") Chat chat) throws InterruptedException {
        chat.events().end("cancelled", Map.of());
    }

    /** The page does not want the rest. */
    public void cancel(@Body InputStream request, Message response) throws IOException {
        Chat chat = open.get(Json.read(upTo(LARGEST_REQUEST, request)).asText());
        if (chat == null) {
            throw new RefusedException(404, "over");
        }
        cancel(chat);
        response.setHeader(Exchange.HTTP_RESPONSE_CODE, 204);
        response.setBody(null);
    }

    private static void cancel(Chat chat) {
        chat.stop();
        chat.events().endNow("cancelled", Map.of());
    }

    /** Nobody reads on: the browser has got everything, or it has gone. */
    private void leave(Chat chat) {
        synchronized (open) {
            open.remove(chat.getId());
            open.notifyAll();
        }
        chat.stop();
    }

    /** How many answers are on their way. */
    int size() {
        return open.size();
    }

    /** Cancels what is still on its way and waits until the browsers know, two seconds at most. */
    void close() {
        open.values().forEach(Chats::cancel);
        long end = System.nanoTime() + PARTING.toNanos();
        try {
            synchronized (open) {
                while (!open.isEmpty() && System.nanoTime() < end) {
                    TimeUnit.NANOSECONDS.timedWait(open, end - System.nanoTime());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
