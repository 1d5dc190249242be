package io.github.camelclova;

import io.github.camelclova.chat.ToolCall;
import io.github.camelclova.protocol.ToolResult;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.TypeConverter;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;

/** One call of a tool as an exchange of its own: the arguments in, the result as text out. */
final class ToolExchange {

    private ToolExchange() {}

    /**
     * Runs the route on this thread, as far as that is not asynchronous.
     *
     * @param headers of the exchange that asked; the model adds none to them
     * @return ends with the result, or fails with what the route failed with; on whatever thread the route ends on
     */
    static CompletableFuture<String> run(
            ToolConsumer tool, ToolCall call, Map<String, Object> headers, String correlationId) {
        CompletableFuture<String> result = new CompletableFuture<>();
        try {
            Exchange exchange = DefaultExchange.newFromEndpoint(tool.getEndpoint(), ExchangePattern.InOut);
            exchange.setProperty(ExchangePropertyKey.CORRELATION_ID, correlationId);
            Message message = exchange.getMessage();
            message.setHeaders(exchange.getContext()
                    .getCamelContextExtension()
                    .getHeadersMapFactory()
                    .newMap(headers));
            message.setHeader(ClovaConstants.TOOL_NAME, tool.name());
            message.setBody(tool.definition().arguments(call));
            tool.getAsyncProcessor().process(exchange, doneSync -> end(exchange, result));
        } catch (RuntimeException | Error thrown) {
            result.completeExceptionally(thrown);
        }
        return result;
    }

    private static void end(Exchange exchange, CompletableFuture<String> result) {
        Exception failure = exchange.getException();
        if (failure != null) {
            result.completeExceptionally(failure);
            return;
        }
        try {
            result.complete(text(exchange, exchange.getMessage().getBody()));
        } catch (RuntimeException unfit) {
            result.completeExceptionally(unfit);
        }
    }

    /** Text as it is and what can be read as text; data as JSON. */
    private static String text(Exchange exchange, @Nullable Object body) {
        CamelContext context = exchange.getContext();
        if (body instanceof CharSequence text) {
            return text.toString();
        }
        if (body != null && !isData(body)) {
            // Only one that knows the type: Camel's last resort is toString.
            TypeConverter converter = context.getTypeConverterRegistry().lookup(String.class, body.getClass());
            String text = converter == null ? null : converter.convertTo(String.class, exchange, body);
            if (text != null) {
                return text;
            }
        }
        return ToolResult.json(body, context.getRegistry()::findSingleByType);
    }

    private static boolean isData(Object body) {
        return body instanceof Map<?, ?>
                || body instanceof Collection<?>
                || body instanceof Object[]
                || body instanceof Number
                || body instanceof Boolean
                || body instanceof Record;
    }
}
