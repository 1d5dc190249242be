package io.github.camelclova.moderation;

import static java.util.Objects.requireNonNull;

import io.github.camelclova.chat.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges answers by a policy, and fails closed where the filter has not done all of its work.
 *
 * @param policy absent when no policy is on; the verdicts are then summed up and nothing is flagged
 * @param unjudged what is done when a category has no verdict to rely on
 * @param flagPartial whether an answer that the filter has read only in part is flagged
 */
public record Moderation(@Nullable AiFilterPolicy policy, Unjudged unjudged, boolean flagPartial) {

    /** The reason given when something was not judged. */
    public static final String UNJUDGED_REASON = "unjudged";

    /** The reason given when the filter has not read the whole answer. */
    public static final String PARTIAL_REASON = "partial";

    public enum Unjudged {
        FLAG,
        FAIL,
        PASS
    }

    public Moderation {
        requireNonNull(unjudged, "unjudged");
    }

    public boolean isOn() {
        return policy != null;
    }

    /**
     * Judges an answer.
     *
     * @param verdicts absent when the service sent no filter result
     */
    public Judgement judge(@Nullable List<Verdict> verdicts, String answer) {
        Safety safety = Safety.of(verdicts);
        Coverage coverage = Coverage.of(answer);
        if (policy == null) {
            return new Judgement(safety, List.of(), coverage, false);
        }
        boolean somethingUnjudged = Safety.leavesSomethingUnjudged(verdicts);
        List<String> reasons = new ArrayList<>(policy.broken(verdicts == null ? List.of() : verdicts, answer));
        if (somethingUnjudged && unjudged != Unjudged.PASS) {
            reasons.add(UNJUDGED_REASON);
        }
        if (coverage == Coverage.PARTIAL && flagPartial) {
            reasons.add(PARTIAL_REASON);
        }
        return new Judgement(safety, reasons, coverage, somethingUnjudged && unjudged == Unjudged.FAIL);
    }
}
