package io.github.camelclova.chat;

import org.jspecify.annotations.Nullable;

/** Tokens as the service counted them. What it did not say is absent, and the total need not be the sum. */
public record Usage(
        @Nullable Integer input,
        @Nullable Integer output,
        @Nullable Integer total) {

    public static final Usage UNKNOWN = new Usage(null, null, null);
}
