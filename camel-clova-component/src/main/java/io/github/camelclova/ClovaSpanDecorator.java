package io.github.camelclova;

import io.github.camelclova.observation.CallLabels;
import java.net.URI;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.TagConstants;
import org.apache.camel.telemetry.decorators.AbstractSpanDecorator;
import org.jspecify.annotations.Nullable;

/**
 * Gives Camel's span of a {@code clova} step the attributes of OpenTelemetry's semantic conventions for generative AI. All
 * are text, because Camel's spans have no other. Loaded only where camel-telemetry is, by its service loader.
 */
public final class ClovaSpanDecorator extends AbstractSpanDecorator {

    @Override
    public String getComponent() {
        return "clova";
    }

    @Override
    public String getComponentClassName() {
        return ClovaComponent.class.getName();
    }

    /** Such as {@code chat HCX-005}. */
    @Override
    public String getOperationName(Exchange exchange, Endpoint endpoint) {
        CallLabels labels = labels(endpoint);
        if (labels == null) {
            return super.getOperationName(exchange, endpoint);
        }
        return labels.model() == null ? labels.operation() : labels.operation() + " " + labels.model();
    }

    @Override
    public void beforeTracingEvent(Span span, Exchange exchange, Endpoint endpoint) {
        super.beforeTracingEvent(span, exchange, endpoint);
        CallLabels labels = labels(endpoint);
        if (labels == null) {
            return;
        }
        span.setTag("gen_ai.operation.name", labels.operation());
        span.setTag("gen_ai.provider.name", labels.provider());
        set(span, "gen_ai.request.model", labels.model());
        span.setTag("camel.clova.dialect", labels.dialect());
        // Camel puts the whole URL there; the conventions want the host.
        span.setTag(TagConstants.SERVER_ADDRESS, labels.serverAddress());
        URI url = ((ClovaEndpoint) endpoint).serviceUrl();
        set(span, "server.port", url == null || url.getPort() < 0 ? null : url.getPort());
    }

    private static @Nullable CallLabels labels(Endpoint endpoint) {
        return endpoint instanceof ClovaEndpoint clova ? clova.labels() : null;
    }

    @Override
    public void afterTracingEvent(Span span, Exchange exchange) {
        super.afterTracingEvent(span, exchange);
        Exception failure = exchange.getException();
        if (failure != null) {
            span.setTag("error.type", failure.getClass().getSimpleName());
            return;
        }
        Message answer = exchange.getMessage();
        copy(answer, ClovaConstants.RESPONSE_ID, span, "gen_ai.response.id");
        copy(answer, ClovaConstants.RESPONSE_MODEL, span, "gen_ai.response.model");
        copy(answer, ClovaConstants.STOP_REASON, span, "gen_ai.response.finish_reasons");
        copy(answer, ClovaConstants.INPUT_TOKENS, span, "gen_ai.usage.input_tokens");
        copy(answer, ClovaConstants.OUTPUT_TOKENS, span, "gen_ai.usage.output_tokens");
        copy(answer, ClovaConstants.REQUEST_ID, span, "camel.clova.request.id");
        copy(answer, ClovaConstants.ATTEMPTS, span, "camel.clova.attempts");
        copy(answer, ClovaConstants.AI_FILTER_VERDICT, span, "camel.clova.verdict");
        copy(answer, ClovaConstants.AI_FILTER_FLAGGED, span, "camel.clova.flagged");
    }

    private static void copy(Message answer, String header, Span span, String attribute) {
        set(span, attribute, answer.getHeader(header));
    }

    private static void set(Span span, String attribute, @Nullable Object value) {
        if (value != null) {
            span.setTag(attribute, value.toString());
        }
    }
}
