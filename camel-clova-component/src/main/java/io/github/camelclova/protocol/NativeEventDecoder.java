package io.github.camelclova.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.protocol.TokenReader.Holder;
import io.github.camelclova.transport.SseEvent;

/**
 * CLOVA Studio's events: {@code token} brings a piece, {@code result} the whole answer once more with all that is known of
 * it, {@code error} a failure, {@code signal} the end marker. Others are ignored. (CLOVA Studio, Chat Completions, response
 * stream.)
 */
final class NativeEventDecoder implements EventDecoder {

    private final TokenReader reader = new TokenReader();

    @Override
    public void decode(SseEvent event, StreamAssembly assembly) {
        switch (event.name()) {
            case "token" -> token(event, assembly);
            case "result" -> EventDocument.of(event, assembly).ifPresent(document -> result(document, assembly));
            case "error" ->
                EventDocument.of(event, assembly).ifPresent(document -> assembly.fail(ErrorBody.of(document)));
            case "signal" ->
                EventDocument.of(event, assembly)
                        .filter(document -> EventDocument.END_MARKER.equals(Member.text(document, "data")))
                        .ifPresent(document -> assembly.end());
            default -> {
                if (EventDocument.isEndMarker(event)) {
                    assembly.end();
                }
            }
        }
    }

    private void token(SseEvent event, StreamAssembly assembly) {
        String text = event.closed() ? reader.plainText(event, Holder.MESSAGE) : null;
        if (text != null) {
            assembly.token(text);
        } else if (EventDocument.isEndMarker(event)) {
            assembly.end();
        } else {
            EventDocument.of(event, assembly).ifPresent(document -> part(document, assembly));
        }
    }

    private static void part(JsonNode document, StreamAssembly assembly) {
        if (ErrorBody.isError(document)) {
            assembly.fail(ErrorBody.of(document));
        }
        JsonNode message = document.path("message");
        assembly.thinking(Member.content(message, "thinkingContent"));
        assembly.token(Member.content(message, "content"));
        assembly.toolCalls(message.path("toolCalls"));
        assembly.stopReason(NativeCodec.stopReason(document));
        assembly.seed(Member.wholeNumber(document, "seed"));
        // In v1 a token counts itself; the totals come with the result.
        if (document.path("usage").isObject()) {
            assembly.usage(NativeCodec.usage(document));
        }
    }

    private static void result(JsonNode document, StreamAssembly assembly) {
        if (ErrorBody.isError(document)) {
            assembly.fail(ErrorBody.of(document));
        }
        if (!document.path("message").isObject()) {
            throw assembly.unreadable("the result event has no message");
        }
        assembly.result(NativeCodec.completion(document));
    }
}
