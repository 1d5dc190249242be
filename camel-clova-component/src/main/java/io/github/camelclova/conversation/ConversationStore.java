package io.github.camelclova.conversation;

import io.github.camelclova.chat.Conversation;

/**
 * Keeps conversations by their ids. Called on a thread of the component's pool, which it may hold while it reads or writes;
 * must be thread-safe. What it throws fails the exchange.
 */
public interface ConversationStore {

    /** The conversation as it was saved last; {@link Conversation#EMPTY} if there is none or it has expired. */
    Conversation load(String id);

    /**
     * Keeps a conversation, unless somebody else has saved this id since: its {@link Conversation#version() version} is that of
     * the one that was loaded, and the next load gives the version after it.
     *
     * @return false, with nothing changed, if the version kept now is another
     */
    boolean save(String id, Conversation conversation);
}
