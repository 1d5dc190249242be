package io.github.camelclova.protocol;

import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.Completion;
import io.github.camelclova.transport.HttpReply;

/** Speaks one dialect. Text in, values out: it never sees a socket. */
interface Codec {

    static Codec of(Dialect dialect) {
        return dialect.isNative() ? new NativeCodec(dialect) : new OpenAiCodec();
    }

    /** The body of a request, as UTF-8. */
    byte[] encode(ChatRequest request, Service service);

    /**
     * Reads a whole answer.
     *
     * @throws io.github.camelclova.chat.ClovaException if the reply is a refusal, whatever its HTTP status, or no answer at
     *     all
     */
    Completion decode(HttpReply reply, String requestId);
}
