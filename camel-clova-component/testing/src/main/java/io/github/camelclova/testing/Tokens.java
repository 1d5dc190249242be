package io.github.camelclova.testing;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;

/** Cuts a text into the pieces that a stream sends: words with the space behind them, Korean ones by two syllables. */
final class Tokens {

    private static final int SYLLABLES = 2;

    private Tokens() {}

    /** Joined again they are the text. */
    static List<String> of(String text) {
        List<String> tokens = new ArrayList<>();
        StringBuilder token = new StringBuilder();
        int syllables = 0;
        boolean spaceSeen = false;
        for (int codePoint : text.codePoints().toArray()) {
            boolean space = Character.isWhitespace(codePoint);
            boolean wordBegins = spaceSeen && !space;
            boolean wordGoesOn = syllables == SYLLABLES && isHangul(codePoint);
            if (!token.isEmpty() && (wordBegins || wordGoesOn)) {
                tokens.add(token.toString());
                token.setLength(0);
                syllables = 0;
            }
            token.appendCodePoint(codePoint);
            syllables += isHangul(codePoint) ? 1 : 0;
            spaceSeen = space;
        }
        if (!token.isEmpty()) {
            tokens.add(token.toString());
        }
        return tokens;
    }

    static boolean isKorean(String text) {
        return text.codePoints().anyMatch(Tokens::isHangul);
    }

    private static boolean isHangul(int codePoint) {
        return UnicodeScript.of(codePoint) == UnicodeScript.HANGUL;
    }
}
