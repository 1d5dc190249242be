package io.github.camelclova.chat;

/**
 * A short piece of somebody else's text, fit for an exception message: at most 200 code points, control characters
 * and quotes of the line escaped, so that it can neither flood nor forge a log.
 */
public final class Excerpt {

    private static final int LONGEST = 200;

    private Excerpt() {}

    public static String of(String text) {
        StringBuilder excerpt = new StringBuilder();
        int codePoints = 0;
        for (int at = 0; at < text.length(); codePoints++) {
            if (codePoints == LONGEST) {
                return excerpt.append("...").toString();
            }
            int codePoint = text.codePointAt(at);
            if (isUnprintable(codePoint)) {
                excerpt.append(String.format("\\u%04x", codePoint));
            } else {
                excerpt.appendCodePoint(codePoint);
            }
            at += Character.charCount(codePoint);
        }
        return excerpt.toString();
    }

    private static boolean isUnprintable(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || type == Character.SURROGATE;
    }
}
