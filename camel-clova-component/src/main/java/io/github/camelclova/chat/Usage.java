package io.github.camelclova.chat;

import org.jspecify.annotations.Nullable;

/** Tokens as the service counted them. What it did not say is absent, and the total need not be the sum. */
public record Usage(
        @Nullable Integer input,
        @Nullable Integer output,
        @Nullable Integer total) {

    public static final Usage UNKNOWN = new Usage(null, null, null);

    /** Everything that was used: the total, or what its two parts come to; absent if one of these is. */
    public @Nullable Integer all() {
        return total != null || input == null || output == null ? total : sum(input, output);
    }

    /** Both together; what one of them does not say is what the other says. */
    public Usage plus(Usage other) {
        return new Usage(sum(input, other.input), sum(output, other.output), sum(total, other.total));
    }

    /** What is left of this without another that is part of it. */
    public Usage minus(Usage part) {
        return new Usage(difference(input, part.input), difference(output, part.output), difference(total, part.total));
    }

    private static @Nullable Integer difference(@Nullable Integer whole, @Nullable Integer part) {
        return whole == null || part == null ? whole : Integer.valueOf(Math.max(0, whole - part));
    }

    /** Of two counts, either of which may be absent; the largest number there is if it is too large for one. */
    public static @Nullable Integer sum(@Nullable Integer one, @Nullable Integer other) {
        return one == null
                ? other
                : other == null ? one : Integer.valueOf((int) Math.min(Integer.MAX_VALUE, (long) one + other));
    }
}
