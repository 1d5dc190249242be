package io.github.camelclova.chat;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A whole answer and how it ended.
 *
 * @param id the service's name for the answer, where it gives one
 * @param model the model that answered, where the service says so
 * @param choices at least one, in the service's order
 * @param seed the seed in use, up to 4294967295
 * @param aiFilter absent when the service sent no filter result
 * @param citations links, in the service's order
 */
public record Completion(
        @Nullable String id,
        @Nullable String model,
        List<Choice> choices,
        Usage usage,
        @Nullable Long seed,
        @Nullable List<Verdict> aiFilter,
        List<String> citations) {

    public Completion {
        requireNonNull(usage, "usage");
        choices = List.copyOf(choices);
        citations = List.copyOf(citations);
        aiFilter = aiFilter == null ? null : List.copyOf(aiFilter);
        if (choices.isEmpty()) {
            throw new IllegalArgumentException("a completion has at least one choice");
        }
    }

    Completion with(Usage counted) {
        return new Completion(id, model, choices, counted, seed, aiFilter, citations);
    }

    /** The first choice, whose text becomes the body. */
    public Choice first() {
        return choices.get(0);
    }

    public String text() {
        return first().text();
    }

    /** Says how long the answer is, never what it says. */
    @Override
    public String toString() {
        return "Completion[id=%s, model=%s, %d choices, %d characters]"
                .formatted(id, model, choices.size(), text().length());
    }
}
