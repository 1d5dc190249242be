package io.github.camelclova.protocol;

import io.github.camelclova.transport.SseEvent;

/** Reads the events of one stream in its dialect. Has state and is used by one thread at a time. */
interface EventDecoder {

    /** An event of the stream, as the parts it brings. Events that bring none are ignored. */
    void decode(SseEvent event, StreamAssembly assembly);
}
