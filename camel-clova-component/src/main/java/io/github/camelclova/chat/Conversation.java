package io.github.camelclova.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What was said so far, without system messages.
 *
 * @param version how often it was saved; 0 for one that was not yet
 * @param turns the oldest first
 */
public record Conversation(long version, List<Turn> turns) {

    /** Nothing was said yet. */
    public static final Conversation EMPTY = new Conversation(0, List.of());

    public Conversation {
        turns = List.copyOf(turns);
    }

    /** The messages of all turns, the oldest first. */
    public List<ChatMessage> messages() {
        return turns.stream().flatMap(turn -> turn.messages().stream()).toList();
    }

    /** What sending it again costs; a turn that the service did not count costs nothing. */
    public int tokens() {
        return turns.stream().map(Turn::tokens).filter(Objects::nonNull).reduce(0, Usage::sum);
    }

    /** This one and what was said next. Results of tool calls stay with the calls. */
    public Conversation with(Turn next) {
        List<Turn> longer = new ArrayList<>(turns);
        boolean goesOn = next.goesOn() && !turns.isEmpty();
        longer.add(goesOn ? longer.remove(longer.size() - 1).and(next) : next);
        return new Conversation(version, longer);
    }

    /** Its youngest turns, as many of them as the limit allows. */
    public Conversation within(HistoryLimit limit) {
        Conversation kept = this;
        while (!kept.turns.isEmpty() && kept.exceeds(limit)) {
            kept = new Conversation(version, kept.turns.subList(1, kept.turns.size()));
        }
        return kept;
    }

    private boolean exceeds(HistoryLimit limit) {
        return messages().size() > limit.messages() || (limit.tokens() != null && tokens() > limit.tokens());
    }

    /** Says how much was said, never what. */
    @Override
    public String toString() {
        return "Conversation[version %d, %d turns]".formatted(version, turns.size());
    }
}
