package io.github.camelclova;

import io.github.camelclova.chat.CompletionEvent;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.HeadersMapFactory;

/**
 * Writes the messages of one stream: each has the headers of the original exchange, but for those of this component, and
 * headers of its own.
 */
final class StreamMessages {

    private static final String OWN = "camelclova";

    private final HeadersMapFactory factory;
    private final Map<String, Object> headers;
    private int index;

    StreamMessages(Exchange original) {
        CamelContext context = original.getContext();
        factory = context.getCamelContextExtension().getHeadersMapFactory();
        headers = factory.newMap();
        original.getMessage().getHeaders().forEach((name, value) -> {
            if (!name.toLowerCase(Locale.ROOT).startsWith(OWN)) {
                headers.put(name, value);
            }
        });
        headers.put(ClovaConstants.STREAM_ID, context.getUuidGenerator().generateExchangeUuid());
    }

    void token(CompletionEvent.Token token, Message message) {
        Map<String, Object> own = factory.newMap(headers);
        own.put(ClovaConstants.EVENT_TYPE, "token");
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
