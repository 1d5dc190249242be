package io.github.camelclova.moderation;

import io.github.camelclova.chat.Verdict;
import java.util.List;

/**
 * Decides which categories of an answer break a policy. A bean of this type, named by the option {@code aiFilterPolicy},
 * takes the place of the built-in levels and thresholds; what is done about an answer without a full verdict stays with
 * the options {@code aiFilterUnjudged} and {@code aiFilterPartial}.
 *
 * <p>Called by many threads at once, never by an I/O thread. An exception fails the exchange: an answer that could not be
 * judged is not let through.
 */
@FunctionalInterface
public interface AiFilterPolicy {

    /**
     * The reasons to flag the answer, usually names of categories; empty if there is none.
     *
     * @param verdicts one for each entry of the filter, empty if there were none; a category may be listed twice
     * @param answer the whole text
     */
    List<String> broken(List<Verdict> verdicts, String answer);
}
