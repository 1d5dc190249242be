package io.github.camelclova.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.chat.StopReason;
import io.github.camelclova.protocol.TokenReader.Holder;
import io.github.camelclova.transport.SseEvent;
import java.util.Objects;

/**
 * OpenAI's chunks, without event names. Search-backed services repeat the text so far in {@code message} and the citations
 * and a cumulative usage on every chunk: only {@code delta} counts, and the last of the others. Choices other than the
 * first are ignored.
 */
final class OpenAiEventDecoder implements EventDecoder {

    private final TokenReader reader = new TokenReader();
    private boolean begun;

    @Override
    public void decode(SseEvent event, StreamAssembly assembly) {
        boolean isError = event.name().equals("error");
        if (!isError && !event.name().equals("message")) {
            return;
        }
        // The first chunk is read whole, for the id and the model.
        String text = begun && event.closed() && !isError ? reader.plainText(event, Holder.DELTA) : null;
        if (text != null) {
            assembly.token(text);
        } else if (EventDocument.isEndMarker(event)) {
            assembly.end();
        } else {
            EventDocument.of(event, assembly).ifPresent(document -> chunk(document, isError, assembly));
        }
    }

    private void chunk(JsonNode document, boolean isError, StreamAssembly assembly) {
        if (isError || ErrorBody.isError(document)) {
            assembly.fail(ErrorBody.of(document));
        }
        begun = true;
        assembly.identity(Member.text(document, "id"), Member.text(document, "model"));
        assembly.seed(Member.wholeNumber(document, "seed"));
        if (document.path("usage").isObject()) {
            assembly.usage(OpenAiCodec.usage(document.path("usage")));
        }
        assembly.citations(OpenAiCodec.citations(document.path("citations")));
        int position = 0;
        for (JsonNode choice : document.path("choices")) {
            if (Objects.requireNonNullElse(Member.count(choice, "index"), position) == 0) {
                firstChoice(choice, assembly);
            }
            position++;
        }
    }

    private static void firstChoice(JsonNode choice, StreamAssembly assembly) {
        JsonNode delta = choice.path("delta");
        String thinking = OpenAiCodec.thinking(delta);
        if (thinking != null) {
            assembly.thinking(thinking);
        }
        assembly.token(Member.content(delta, "content"));
        assembly.toolCalls(delta.path("tool_calls"));
        String reason = Member.text(choice, "finish_reason");
        // Some services send an empty reason with every chunk: the answer goes on.
        if (reason != null && !reason.isBlank()) {
            assembly.stopReason(StopReason.of(reason));
            assembly.complete();
        }
    }
}
