package io.github.camelclova.chat;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operation other than chat gave.
 *
 * @param value vectors, a number, a text or a list, depending on the operation
 * @param usage tokens, as far as the service counts them
 * @param model absent where the service does not say who worked
 * @param citations ids of the documents that an answer rests on; empty for none
 * @param suggestedQueries what the service would ask next; empty for none
 */
public record OperationResult(
        Object value, Usage usage, @Nullable String model, List<String> citations, List<String> suggestedQueries) {

    public OperationResult {
        requireNonNull(value, "value");
        requireNonNull(usage, "usage");
        citations = List.copyOf(citations);
        suggestedQueries = List.copyOf(suggestedQueries);
    }

    public OperationResult(Object value, Usage usage) {
        this(value, usage, null, List.of(), List.of());
    }

    /** The lists of both, this one's first, and the tokens of both. For results that are lists. */
    public OperationResult and(OperationResult next) {
        List<Object> both = new ArrayList<>((List<?>) value);
        both.addAll((List<?>) next.value);
        return new OperationResult(both, usage.plus(next.usage), next.model, citations, suggestedQueries);
    }
}
