package io.github.camelclova.protocol;

import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.Completion;
import io.github.camelclova.transport.HttpReply;
import org.jspecify.annotations.Nullable;

/** Speaks one dialect. Text in, values out: it never sees a socket. */
interface Codec {

    static Codec of(Dialect dialect) {
        return dialect.isNative() ? new NativeCodec(dialect) : new OpenAiCodec();
    }

    /**
     * The body of a request, as UTF-8.
     *
     * @param streaming absent when one whole answer is asked for
     */
    byte[] encode(ChatRequest request, Service service, @Nullable StreamOptions streaming);

    /** Reads the events of one stream. */
    EventDecoder eventDecoder();

    /**
     * Reads a whole answer.
     *
     * @throws io.github.camelclova.chat.ClovaException if the reply is a refusal, whatever its HTTP status, or no answer at
     *     all
     */
    Completion decode(HttpReply reply, String requestId);
}
