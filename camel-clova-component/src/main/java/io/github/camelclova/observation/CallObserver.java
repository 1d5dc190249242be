package io.github.camelclova.observation;

import io.github.camelclova.chat.ClovaException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes note of what happens to the calls of one endpoint, on any thread, I/O threads among them: it must not block. */
public interface CallObserver {

    default void streamOpened() {}

    default void streamClosed() {}

    default void retried() {}

    /** A try had to wait for its turn, for so long. */
    default void waited(Duration time) {}

    /**
     * The first piece of a streamed answer is handed on.
     *
     * @param wait since the begin of the call
     */
    default void firstToken(Duration wait) {}

    default void ended(EndedCall call) {}

    /**
     * An answer was judged.
     *
     * @param verdict absent where no filter was asked for and none came
     * @param reasons what the answer was flagged for; empty if it was not
     */
    default void judged(@Nullable String verdict, List<String> reasons) {}

    /** There was an answer, and the exchange fails nevertheless. */
    default void rejected(ClovaException why) {}
}
