package io.github.camelclova.chat;

/** How large the pieces are in which a stream is handed on. Put together they are the text, whatever the unit. */
public enum TokenUnit {
    /** As the service sends them. */
    TOKEN,
    /** Up to the white space behind a word. */
    WORD,
    /** Up to the white space behind a full stop, question or exclamation mark, or a line's end. */
    SENTENCE,
    /** Up to a line's end. */
    LINE
}
