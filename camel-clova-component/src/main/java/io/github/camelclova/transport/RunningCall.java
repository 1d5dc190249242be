package io.github.camelclova.transport;

import io.github.camelclova.chat.ClovaException;

/** A call on its way. All methods may be called from any thread, more than once, and after its end. */
public interface RunningCall {

    /** Gives the call up: the connection is closed at once, and the receiver's {@code failed} is told why. */
    void cancel(ClovaException why);

    /**
     * Lets the service send this many bytes more. What is not granted stays in the service's hands, and the idle clock
     * stands still while it may send nothing.
     */
    void grant(int bytes);
}
