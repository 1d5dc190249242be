package io.github.camelclova.testing;

/** What becomes of a connection once the last byte of a reply is written. */
public enum Ending {

    /**
     * The reply is well framed and the connection waits for the next request. A truncated body is framed as if it had
     * been meant so: with its own length, or with a last chunk.
     */
    KEEP_ALIVE,

    /** The connection is closed in an orderly way (FIN). A truncated body stays unfinished. */
    CLOSE,

    /** The connection is reset (RST). The last chunk is never written. */
    RESET,

    /**
     * The service says that it will send no more (FIN), but goes on reading: the connection stays until the client closes
     * it. A truncated body stays unfinished.
     */
    HALF_CLOSE,

    /** Nothing more is sent, not even the last chunk, and the connection stays open until the client closes it. */
    STALL;

    boolean finishesFraming(boolean truncated) {
        return switch (this) {
            case KEEP_ALIVE -> true;
            case CLOSE, HALF_CLOSE -> !truncated;
            case RESET, STALL -> false;
        };
    }
}
