package io.github.camelclova.chat;

/**
 * An answer came, and it does not have the structure that {@code jsonSchema} or {@code outputClass} asks for. Not
 * retryable.
 */
public final class ClovaSchemaException extends ClovaException {

    private static final long serialVersionUID = 1L;

    private final String text;

    public ClovaSchemaException(String problem, String text, Failure failure) {
        super("the answer does not fit: " + Excerpt.of(problem), failure, null);
        this.text = text;
    }

    /** The answer as it came. Never in the message. */
    public String getText() {
        return text;
    }
}
