package io.github.camelclova.moderation;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a policy makes of an answer.
 *
 * @param reasons the categories that broke the policy, and {@code unjudged} or {@code partial} where those did
 * @param fails true when the call must fail, whatever is done about other flagged answers
 */
public record Judgement(Safety safety, List<String> reasons, Coverage coverage, boolean fails) {

    public Judgement {
        requireNonNull(safety, "safety");
        requireNonNull(coverage, "coverage");
        reasons = List.copyOf(reasons);
    }

    public boolean flagged() {
        return !reasons.isEmpty();
    }
}
