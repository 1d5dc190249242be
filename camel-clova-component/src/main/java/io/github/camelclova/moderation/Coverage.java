package io.github.camelclova.moderation;

import java.util.Locale;

/** How much of an answer the AI filter has read. */
public enum Coverage {
    FULL,
    PARTIAL;

    /** The filter analyses at most this many characters, here taken as code points. (CLOVA Studio, Chat Completions.) */
    static final int FILTER_READS = 500;

    public static Coverage of(String answer) {
        return answer.codePointCount(0, answer.length()) > FILTER_READS ? PARTIAL : FULL;
    }

    /** As routes see it: lower case. */
    public String headerValue() {
        return name().toLowerCase(Locale.ROOT);
    }
}
