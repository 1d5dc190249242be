package io.github.camelclova.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.Choice;
import io.github.camelclova.chat.ClovaUnreadableException;
import io.github.camelclova.chat.Completion;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.chat.StopReason;
import io.github.camelclova.chat.Usage;
import io.github.camelclova.transport.HttpReply;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * CLOVA Studio's own dialects: a {@code status} and {@code result} envelope. The versions differ in the names of options,
 * in {@code stopReason} and {@code finishReason}, and in how they count tokens; answers of both are read by one reader.
 */
final class NativeCodec implements Codec {

    private final Dialect dialect;

    NativeCodec(Dialect dialect) {
        this.dialect = dialect;
    }

    /** A stream is asked for by the header {@code Accept} alone. */
    @Override
    public byte[] encode(ChatRequest request, Service service, @Nullable StreamOptions streaming) {
        return new RequestBody(dialect)
                .messages(request.messages())
                .options(request)
                .with("includeAiFilters", request.includeAiFilters())
                .additional(service.additionalMembers())
                .bytes();
    }

    @Override
    public EventDecoder eventDecoder() {
        return new NativeEventDecoder();
    }

    @Override
    public Completion decode(HttpReply reply, String requestId) {
        JsonNode document = ReplyReader.read(reply, requestId);
        Failure failure = Failure.of(requestId).withStatus(reply.status());
        if (Member.text(document.path("status"), "code") == null) {
            throw new ClovaUnreadableException("the answer has no status.code", failure, null);
        }
        JsonNode result = document.path("result");
        if (!result.path("message").isObject()) {
            throw new ClovaUnreadableException("the answer has no result.message", failure, null);
        }
        return completion(result);
    }

    static Completion completion(JsonNode result) {
        JsonNode message = result.path("message");
        Choice choice = new Choice(
                0,
                Member.content(message, "content"),
                Member.text(message, "thinkingContent"),
                stopReason(result),
                ToolCalls.of(message.path("toolCalls")),
                null);
        return new Completion(
                Member.text(result, "id"),
                Member.text(result, "model"),
                List.of(choice),
                usage(result),
                Member.wholeNumber(result, "seed"),
                AiFilterEntries.of(result.path("aiFilter")),
                List.of());
    }

    static @Nullable StopReason stopReason(JsonNode result) {
        String raw = Objects.requireNonNullElse(Member.text(result, "finishReason"), "");
        String either = raw.isEmpty() ? Member.text(result, "stopReason") : raw;
        return either == null || either.isBlank() ? null : StopReason.of(either);
    }

    /** v1 counts beside the message and gives no total. */
    static Usage usage(JsonNode result) {
        JsonNode usage = result.path("usage");
        if (usage.isObject()) {
            return new Usage(
                    Member.count(usage, "promptTokens"),
                    Member.count(usage, "completionTokens"),
                    Member.count(usage, "totalTokens"));
        }
        Usage parts = new Usage(Member.count(result, "inputLength"), Member.count(result, "outputLength"), null);
        return new Usage(parts.input(), parts.output(), parts.all());
    }
}
