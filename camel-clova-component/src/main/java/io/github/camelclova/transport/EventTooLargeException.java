package io.github.camelclova.transport;

import java.io.Serial;

/** A stream sent an event that is larger than it may be. The caller knows the option that says so. */
public final class EventTooLargeException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    private final String eventName;
    private final long size;
    private final int limit;

    EventTooLargeException(String eventName, long size, int limit) {
        // Without the name: it comes from the service and may be of any length.
        super("an event of at least %d bytes came where %d are allowed".formatted(size, limit));
        this.eventName = eventName;
        this.size = size;
        this.limit = limit;
    }

    /** The name by which the limit was chosen; {@code message} as long as the event had given none. */
    public String eventName() {
        return eventName;
    }

    /** Bytes of the event that had come when it was refused: more than the limit, and no more than the last read brought. */
    public long size() {
        return size;
    }

    /** In bytes. */
    public int limit() {
        return limit;
    }
}
