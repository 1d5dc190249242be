package io.github.camelclova.chat;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the service.
 *
 * @param requestId names the call in the service's logs, in ours and in exceptions
 * @param model absent where a task says which model answers
 * @param includeAiFilters absent leaves the choice to the service
 */
public record ChatRequest(
        String requestId,
        @Nullable String model,
        List<ChatMessage> messages,
        GenerationOptions options,
        @Nullable Boolean includeAiFilters) {

    public ChatRequest {
        requireNonNull(requestId, "requestId");
        requireNonNull(options, "options");
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("a request needs at least one message");
        }
    }

    /** The same request with other messages. */
    public ChatRequest with(List<ChatMessage> others) {
        return new ChatRequest(requestId, model, others, options, includeAiFilters);
    }

    /** The same request, one answer and one question later. */
    public ChatRequest andThen(String answer, String question) {
        return andThen(List.of(ChatMessage.assistant(answer), ChatMessage.user(question)));
    }

    /** The same request, some messages later. */
    public ChatRequest andThen(List<ChatMessage> said) {
        List<ChatMessage> longer = new ArrayList<>(messages);
        longer.addAll(said);
        return with(longer);
    }

    public ChatRequest with(GenerationOptions others) {
        return new ChatRequest(requestId, model, messages, others, includeAiFilters);
    }
}
