package io.github.camelclova.chat;

import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Groups the pieces that a service sends into units. What it takes and what it hands out is the same text; half of a
 * surrogate pair waits for its other half.
 *
 * <p>Each character is looked at once, plus once for the word before a full stop. Not thread-safe.
 */
public final class TokenSplitter {

    private static final String STOPS = ".!?…";
    private static final String FULL_WIDTH_STOPS = "。！？";
    private static final String CLOSERS = "\"')]}»”’」』）】";

    /** A full stop behind one of these ends no sentence. */
    private static final Set<String> ABBREVIATIONS = Set.of(
            "mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "no", "vs", "cf", "fig", "vol", "dept", "approx", "inc",
            "ltd", "co", "e.g", "i.e", "a.m", "p.m", "u.s", "u.k", "ph.d");

    private final TokenUnit unit;
    private final StringBuilder waiting = new StringBuilder();
    private int from;
    private int seen;

    public TokenSplitter(TokenUnit unit) {
        this.unit = unit;
    }

    /** Takes a piece and hands out the units that it completes, in order. */
    public void accept(String piece, Consumer<String> units) {
        if (unit == TokenUnit.TOKEN) {
            token(piece, units);
            return;
        }
        waiting.append(piece);
        while (seen < waiting.length()) {
            seen++;
            if (endsUnit()) {
                units.accept(waiting.substring(from, seen));
                from = seen;
            }
        }
        forget(from);
    }

    /** Hands out what is left; the text is over. */
    public void flush(Consumer<String> units) {
        if (!waiting.isEmpty()) {
            units.accept(waiting.toString());
            forget(waiting.length());
        }
    }

    private void token(String piece, Consumer<String> units) {
        if (waiting.isEmpty() && !endsInHalfAPair(piece)) {
            if (!piece.isEmpty()) {
                units.accept(piece);
            }
            return;
        }
        waiting.append(piece);
        int whole = waiting.length() - (endsInHalfAPair(waiting) ? 1 : 0);
        if (whole > 0) {
            units.accept(waiting.substring(0, whole));
            forget(whole);
        }
    }

    private static boolean endsInHalfAPair(CharSequence text) {
        return !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
    }

    private void forget(int length) {
        waiting.delete(0, length);
        seen = Math.max(0, seen - length);
        from = 0;
    }

    /** Whether the unit is over with the character before {@code seen}. */
    private boolean endsUnit() {
        char last = waiting.charAt(seen - 1);
        return switch (unit) {
            case TOKEN -> true;
            case WORD -> Character.isWhitespace(last) && hasInk(seen - 1);
            case LINE -> last == '\n';
            case SENTENCE -> endsSentence(last);
        };
    }

    private boolean hasInk(int end) {
        return end > from && !Character.isWhitespace(waiting.charAt(end - 1));
    }

    private boolean endsSentence(char last) {
        if (FULL_WIDTH_STOPS.indexOf(last) >= 0) {
            return true;
        }
        if (!Character.isWhitespace(last)) {
            return false;
        }
        if (last == '\n') {
            return true;
        }
        int end = seen - 1;
        while (end > from && CLOSERS.indexOf(waiting.charAt(end - 1)) >= 0) {
            end--;
        }
        return end > from && STOPS.indexOf(waiting.charAt(end - 1)) >= 0 && !isAbbreviation(end);
    }

    /** Only a single full stop can belong to a word: an abbreviation, an initial, the number of a list's entry. */
    private boolean isAbbreviation(int end) {
        if (waiting.charAt(end - 1) != '.' || (end > from + 1 && STOPS.indexOf(waiting.charAt(end - 2)) >= 0)) {
            return false;
        }
        int start = end - 1;
        while (start > from && !Character.isWhitespace(waiting.charAt(start - 1))) {
            start--;
        }
        int letters = start;
        while (letters < end - 1 && !Character.isLetterOrDigit(waiting.charAt(letters))) {
            letters++;
        }
        String word = waiting.substring(letters, end - 1).toLowerCase(Locale.ROOT);
        boolean isInitial = word.length() == 1 && word.charAt(0) >= 'a' && word.charAt(0) <= 'z';
        boolean isListNumber = !word.isEmpty() && word.chars().allMatch(Character::isDigit) && isBlank(start);
        return isInitial || isListNumber || ABBREVIATIONS.contains(word);
    }

    private boolean isBlank(int end) {
        for (int at = from; at < end; at++) {
            if (!Character.isWhitespace(waiting.charAt(at))) {
                return false;
            }
        }
        return true;
    }
}
