package io.github.camelclova.protocol;

import io.github.camelclova.chat.Usage;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hears what becomes of the calls of a {@link ChatClient}, on any thread, I/O threads among them: it must neither block nor
 * throw, and runs no route code.
 */
public interface CallListener {

    /**
     * A call begins; its retries belong to it.
     *
     * @param model as asked for; absent where a task answers or the operation has no choice
     * @param streamed whether the answer comes token by token; its end is then told by {@link Call#closed}
     */
    Call begins(@Nullable String model, boolean streamed);

    /** One call. Of what came of it, an answer or a failure, the first that is told counts. */
    interface Call {

        /**
         * A try may be made, or will not be made because it has waited for too long.
         *
         * @param time for which it had to wait for its turn; zero if it had not to
         */
        void waited(Duration time);

        /** The request will be sent once more. */
        void retries();

        /** The first piece of a streamed answer is handed on. */
        void firstToken();

        /**
         * A good answer is here.
         *
         * @param model that answered; absent where the service does not say
         * @param rateLimit as in {@link io.github.camelclova.chat.Answer}
         */
        void answered(Usage usage, @Nullable String model, Map<String, String> rateLimit);

        /** There will be no answer. */
        void failed(Throwable why);

        /** A stream is over: everything was taken, or it was given up. */
        void closed();
    }
}
