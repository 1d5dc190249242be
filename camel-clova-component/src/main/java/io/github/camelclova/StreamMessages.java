package io.github.camelclova;

import io.github.camelclova.chat.CompletionEvent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.HeadersMapFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes the messages of one stream: each has the headers of the original exchange, but for those of this component, and
 * headers of its own.
 */
final class StreamMessages {

    private static final String OWN = "camelclova";

    private final HeadersMapFactory factory;
    private final Map<String, Object> headers;
    private int index;
    private int calls;

    /**
     * @param requestId absent when no request could be made of the exchange
     */
    StreamMessages(Exchange original, @Nullable String requestId) {
        CamelContext context = original.getContext();
        factory = context.getCamelContextExtension().getHeadersMapFactory();
        headers = foreignHeaders(original);
        // As most messages are; the others say what they are instead.
        headers.put(ClovaConstants.EVENT_TYPE, "token");
        headers.put(ClovaConstants.STREAM_ID, context.getUuidGenerator().generateExchangeUuid());
        if (requestId != null) {
            headers.put(ClovaConstants.REQUEST_ID, requestId);
        }
    }

    /** The messages to come say that so many calls were made; none is said while there was none. */
    void calls(int attempts) {
        if (attempts != calls) {
            calls = attempts;
            headers.put(ClovaConstants.ATTEMPTS, attempts);
        }
    }

    /** A copy of the headers that do not belong to this component. */
    static Map<String, Object> foreignHeaders(Exchange original) {
        Map<String, Object> headers = original.getContext()
                .getCamelContextExtension()
                .getHeadersMapFactory()
                .newMap();
        original.getMessage().getHeaders().forEach((name, value) -> {
            if (!name.toLowerCase(Locale.ROOT).startsWith(OWN)) {
                headers.put(name, value);
            }
        });
        return headers;
    }

    void token(CompletionEvent.Token token, Message message) {
        Map<String, Object> own = factory.newMap(headers);
        own.put(ClovaConstants.TOKEN_INDEX, index++);
        message.setHeaders(own);
        message.setBody(token.text());
    }

    void thinking(CompletionEvent.Thinking thinking, Message message) {
        Map<String, Object> own = factory.newMap(headers);
        own.put(ClovaConstants.EVENT_TYPE, "thinking");
        message.setHeaders(own);
        message.setBody(thinking.text());
    }

    /** The name of the tool is the model's word, so it is a body and no more. */
    void tool(CompletionEvent.Tool tool, Message message) {
        Map<String, Object> own = factory.newMap(headers);
        own.put(ClovaConstants.EVENT_TYPE, "tool");
        own.put(ClovaConstants.TOOL_CALLS, List.of(tool.call()));
        message.setHeaders(own);
        message.setBody(tool.call().name());
    }

    /** Headers of the closing message; whoever calls sets the body. */
    void closing(String eventType, Message message) {
        Map<String, Object> own = factory.newMap(headers);
        own.put(ClovaConstants.EVENT_TYPE, eventType);
        own.put(ClovaConstants.STREAM_COMPLETE, true);
        message.setHeaders(own);
    }

    /** Whether a route has set {@code CamelClovaCancel} on it, as a Boolean or as text. */
    static boolean isCancel(Message message) {
        Object cancel = message.getHeader(ClovaConstants.CANCEL);
        return cancel != null && Boolean.parseBoolean(cancel.toString().trim());
    }
}
