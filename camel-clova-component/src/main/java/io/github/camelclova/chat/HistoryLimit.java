package io.github.camelclova.chat;

import org.jspecify.annotations.Nullable;

/**
 * How much of a conversation is kept and sent again.
 *
 * @param messages at least 1
 * @param tokens as the service counted them; absent for no limit
 */
public record HistoryLimit(int messages, @Nullable Integer tokens) {}
