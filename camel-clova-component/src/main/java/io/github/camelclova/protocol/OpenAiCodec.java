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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** OpenAI's chat completions, and the habits of services that are compatible with them more or less. */
final class OpenAiCodec implements Codec {

    @Override
    public byte[] encode(ChatRequest request, Service service, @Nullable StreamOptions streaming) {
        return new RequestBody(Dialect.OPENAI)
                .with("model", request.model())
                .messages(request.messages())
                .options(request)
                .streaming(streaming)
                .additional(service.additionalMembers())
                .bytes();
    }

    @Override
    public EventDecoder eventDecoder() {
        return new OpenAiEventDecoder();
    }

    @Override
    public Completion decode(HttpReply reply, String requestId) {
        JsonNode document = ReplyReader.read(reply, requestId);
        List<Choice> choices = new ArrayList<>();
        document.path("choices").forEach(choice -> choices.add(choice(choice, choices.size())));
        if (choices.isEmpty()) {
            throw new ClovaUnreadableException(
                    "the answer has no choices", Failure.of(requestId).withStatus(reply.status()), null);
        }
        if (!document.at("/choices/0/message").isObject()) {
            throw new ClovaUnreadableException(
                    "the first choice has no message", Failure.of(requestId).withStatus(reply.status()), null);
        }
        return new Completion(
                Member.text(document, "id"),
                Member.text(document, "model"),
                choices,
                usage(document.path("usage")),
                Member.wholeNumber(document, "seed"),
                null,
                citations(document.path("citations")));
    }

    private static Choice choice(JsonNode choice, int position) {
        JsonNode message = choice.path("message");
        String stopReason = Member.text(choice, "finish_reason");
        return new Choice(
                Objects.requireNonNullElse(Member.count(choice, "index"), position),
                Member.content(message, "content"),
                thinking(message),
                stopReason == null || stopReason.isBlank() ? null : StopReason.of(stopReason),
                ToolCalls.of(message.path("tool_calls")),
                choice.path("logprobs").isObject() ? Json.map(choice.path("logprobs")) : null);
    }

    /** CLOVA's endpoint says {@code thinking_content}, most others {@code reasoning_content} or {@code reasoning}. */
    static @Nullable String thinking(JsonNode message) {
        for (String name : new String[] {"thinking_content", "reasoning_content", "reasoning"}) {
            String text = Member.text(message, name);
            if (text != null) {
                return text;
            }
        }
        return null;
    }

    /** One search-backed service misspells {@code prompt_tokens}. */
    static Usage usage(JsonNode usage) {
        Integer output = Member.count(usage, "completion_tokens");
        Integer total = Member.count(usage, "total_tokens");
        Integer input = Member.count(usage, "prompt_tokens");
        if (input == null) {
            input = Member.count(usage, "promp_tokens");
        }
        if (input == null && output != null && total != null) {
            input = Math.max(0, total - output);
        }
        return new Usage(input, output, total);
    }

    static List<String> citations(JsonNode citations) {
        List<String> links = new ArrayList<>();
        citations.forEach(link -> {
            if (link.isTextual()) {
                links.add(link.textValue());
            }
        });
        return links;
    }
}
