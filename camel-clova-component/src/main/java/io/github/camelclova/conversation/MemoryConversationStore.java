package io.github.camelclova.conversation;

import io.github.camelclova.chat.Conversation;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Keeps conversations of this JVM in memory. The one that was used longest ago is forgotten when there are too many, and any
 * that was not used for a while.
 */
public final class MemoryConversationStore implements ConversationStore {

    private static final int CONVERSATIONS = 10_000;
    private static final Duration TIME_TO_LIVE = Duration.ofHours(1);

    private final int maxConversations;
    private final long timeToLive;
    private final LongSupplier nanoTime;
    private final Map<String, Kept> byUse = new LinkedHashMap<>(16, 0.75f, true);

    private record Kept(Conversation conversation, long usedAt) {}

    /** Keeps 10,000 conversations for an hour after their last use. */
    public MemoryConversationStore() {
        this(CONVERSATIONS, TIME_TO_LIVE);
    }

    /**
     * Keeps as many conversations as it is told.
     *
     * @param maxConversations at least 1
     * @param timeToLive after the last use; more than nothing
     */
    public MemoryConversationStore(int maxConversations, Duration timeToLive) {
        this(maxConversations, timeToLive, System::nanoTime);
    }

    MemoryConversationStore(int maxConversations, Duration timeToLive, LongSupplier nanoTime) {
        if (maxConversations < 1) {
            throw new IllegalArgumentException("maxConversations %d is less than 1".formatted(maxConversations));
        }
        if (timeToLive.isNegative() || timeToLive.isZero()) {
            throw new IllegalArgumentException("timeToLive %s is not more than nothing".formatted(timeToLive));
        }
        this.maxConversations = maxConversations;
        this.timeToLive = timeToLive.toNanos();
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized Conversation load(String id) {
        forgetExpired();
        Kept kept = byUse.get(id);
        return kept == null ? Conversation.EMPTY : keep(id, kept.conversation());
    }

    @Override
    public synchronized boolean save(String id, Conversation conversation) {
        forgetExpired();
        Kept kept = byUse.get(id);
        long version = kept == null ? 0 : kept.conversation().version();
        if (version != conversation.version()) {
            return false;
        }
        keep(id, new Conversation(version + 1, conversation.turns()));
        if (byUse.size() > maxConversations) {
            Iterator<String> longestUnused = byUse.keySet().iterator();
            longestUnused.next();
            longestUnused.remove();
        }
        return true;
    }

    private Conversation keep(String id, Conversation conversation) {
        byUse.put(id, new Kept(conversation, nanoTime.getAsLong()));
        return conversation;
    }

    private void forgetExpired() {
        long now = nanoTime.getAsLong();
        Iterator<Kept> longestUnused = byUse.values().iterator();
        while (longestUnused.hasNext() && now - longestUnused.next().usedAt() > timeToLive) {
            longestUnused.remove();
        }
    }
}
