package io.github.camelclova.chat;

import java.util.ArrayList;
import java.util.List;

/**
 * An answer came, and the AI filter policy of the endpoint does not let it pass. The body is still what it was
 * before. Not retryable.
 */
public final class ClovaAiFilterException extends ClovaException {

    private static final long serialVersionUID = 1L;

    private final String answer;
    private final String verdict;
    private final ArrayList<String> reasons;

    public ClovaAiFilterException(String answer, String verdict, List<String> reasons, Failure failure) {
        super(
                "the AI filter policy holds the answer back: verdict %s, reasons %s"
                        .formatted(verdict, reasons.stream().map(Excerpt::of).toList()),
                failure,
                null);
        this.answer = answer;
        this.verdict = verdict;
        this.reasons = new ArrayList<>(reasons);
    }

    /** The text that was held back. Never in the message. */
    public String getAnswer() {
        return answer;
    }

    /** {@code safe}, {@code suspect}, {@code unsafe} or {@code unjudged}, as in the header {@code CamelClovaAiFilterVerdict}. */
    public String getVerdict() {
        return verdict;
    }

    /** What broke the policy, as in the header {@code CamelClovaAiFilterReasons}. */
    public List<String> getReasons() {
        return List.copyOf(reasons);
    }
}
