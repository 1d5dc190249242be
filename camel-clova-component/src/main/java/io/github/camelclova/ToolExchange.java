package io.github.camelclova;

import io.github.camelclova.chat.ToolCall;
import io.github.camelclova.protocol.JsonText;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultExchange;

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
            result.complete(text(exchange));
        } catch (RuntimeException | Error unfit) {
            result.completeExceptionally(unfit);
        }
    }

    /** Text as it is and what can be read as text; data as JSON. */
    private static String text(Exchange exchange) {
        String text = TextBody.asText(exchange);
        return text == null
                ? JsonText.of(
                        exchange.getMessage().getBody(), exchange.getContext().getRegistry()::findSingleByType)
                : text;
    }
}
