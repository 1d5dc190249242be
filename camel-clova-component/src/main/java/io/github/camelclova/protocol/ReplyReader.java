package io.github.camelclova.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.chat.ClovaUnreadableException;
import io.github.camelclova.chat.Excerpt;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.transport.HttpReply;
import io.github.camelclova.transport.SseDecoder;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;

/** Turns a reply into a JSON object that is no refusal, or fails with what it is instead. */
final class ReplyReader {

    private ReplyReader() {}

    static JsonNode read(HttpReply reply, String requestId) {
        Failure failure = Failure.of(requestId).withStatus(reply.status());
        if (reply.status() < 200 || reply.status() > 299) {
            throw Refusals.of(reply, errorBody(reply), failure);
        }
        if (!isJson(reply)) {
            throw new ClovaUnreadableException(
                    "the service answered with content type %s: %s"
                            .formatted(
                                    Excerpt.of(reply.header("content-type").orElse("none")),
                                    Excerpt.of(reply.secrets().hide(reply.text()))),
                    failure,
                    null);
        }
        JsonNode document = parse(reply.body(), failure);
        if (!document.isObject()) {
            throw new ClovaUnreadableException("the answer is not a JSON object", failure, null);
        }
        if (ErrorBody.isError(document)) {
            throw Refusals.of(reply, ErrorBody.of(document), failure);
        }
        return document;
    }

    static JsonNode parse(byte[] json, Failure failure) {
        try {
            return Json.read(json);
        } catch (StreamConstraintsException beyondBounds) {
            throw new ClovaUnreadableException(
                    "the JSON nests deeper than %d levels or has a number of more than %d digits"
                            .formatted(Json.DEEPEST, Json.LONGEST_NUMBER),
                    failure,
                    null);
        } catch (JsonProcessingException malformed) {
            // Not as a cause: Jackson's message quotes the document, which may be the answer.
            throw new ClovaUnreadableException(
                    "the JSON breaks off or is malformed at line %d, column %d"
                            .formatted(
                                    malformed.getLocation().getLineNr(),
                                    malformed.getLocation().getColumnNr()),
                    failure,
                    null);
        }
    }

    private static ErrorBody errorBody(HttpReply reply) {
        boolean isStream = reply.header("content-type").isPresent() && isEventStream(reply.headers());
        String text = isStream ? firstData(reply.body()) : reply.text();
        try {
            return isStream || isJson(reply) ? ErrorBody.of(Json.read(text)) : ErrorBody.page(text);
        } catch (JsonProcessingException notJson) {
            return ErrorBody.page(text);
        }
    }

    /** Of a refusal that comes as an event, because a stream was asked for. */
    private static String firstData(byte[] stream) {
        StringBuilder data = new StringBuilder();
        SseDecoder decoder = new SseDecoder(
                event -> {
                    if (data.isEmpty()) {
                        data.append(event.text());
                    }
                },
                Math.max(1, stream.length));
        decoder.feed(ByteBuffer.wrap(stream));
        decoder.end();
        return data.toString();
    }

    /** A missing content type is read as what was asked for, here a stream. */
    static boolean isEventStream(Map<String, String> headers) {
        String type = headers.get("content-type");
        return type == null || mediaType(type).equals("text/event-stream");
    }

    private static String mediaType(String contentType) {
        int parameters = contentType.indexOf(';');
        String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
        return type.trim().toLowerCase(Locale.ROOT);
    }

    /** A missing content type is read as what was asked for. */
    private static boolean isJson(HttpReply reply) {
        return reply.header("content-type")
                .map(ReplyReader::mediaType)
                .map(type -> type.equals("application/json") || type.endsWith("+json"))
                .orElse(true);
    }
}
