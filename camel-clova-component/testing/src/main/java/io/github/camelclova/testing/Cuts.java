package io.github.camelclova.testing;

import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where a body is cut into pieces, and where it breaks off. Offsets count bytes of the body as it is sent. */
final class Cuts {

    static final Cuts NONE = new Cuts(new TreeSet<>(), Integer.MAX_VALUE, null);

    /** Small enough that a client that does not read is noticed before much of a body has left the heap. */
    private static final int LONGEST_PIECE = 16 * 1024;

    private final NavigableSet<Integer> offsets;
    private final int longestPiece;
    private final @Nullable Integer truncation;

    private Cuts(NavigableSet<Integer> offsets, int longestPiece, @Nullable Integer truncation) {
        this.offsets = offsets;
        this.longestPiece = Math.min(longestPiece, LONGEST_PIECE);
        this.truncation = truncation;
    }

    Cuts at(int... more) {
        List<Integer> added = Arrays.stream(more).boxed().toList();
        added.forEach(offset -> requireNotNegative(offset, "a cut"));
        NavigableSet<Integer> all = new TreeSet<>(offsets);
        all.addAll(added);
        return new Cuts(all, longestPiece, truncation);
    }

    Cuts everyByte() {
        return new Cuts(offsets, 1, truncation);
    }

    Cuts truncatedAt(int bytes) {
        return new Cuts(offsets, longestPiece, requireNotNegative(bytes, "a truncation"));
    }

    boolean truncates() {
        return truncation != null;
    }

    /** How many of a body's bytes are sent. */
    int sent(int length) {
        return truncation == null ? length : Math.min(truncation, length);
    }

    /** Where the piece that begins at the offset ends, in a body of which so many bytes are sent. */
    int pieceEnd(int from, int sent) {
        Integer cut = offsets.higher(from);
        int end = cut == null ? sent : Math.min(cut, sent);
        return Math.min(end, from + longestPiece);
    }

    private static int requireNotNegative(int offset, String name) {
        if (offset < 0) {
            throw new IllegalArgumentException(name + " is negative: " + offset);
        }
        return offset;
    }
}
