package io.github.camelclova.transport;

/** Takes the events of one stream, in their order and on the thread that feeds the decoder. */
@FunctionalInterface
public interface SseSink {

    /**
     * Takes one event, which is on loan: its data is gone when this method returns. What is thrown here passes through the
     * decoder, which is of no further use then.
     */
    void event(SseEvent event);
}
