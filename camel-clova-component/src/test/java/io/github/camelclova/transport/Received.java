package io.github.camelclova.transport;

/** What one event said, kept beyond the call. */
record Received(String name, String lastEventId, String text, boolean closed) {

    static Received of(SseEvent event) {
        return new Received(event.name(), event.lastEventId(), event.text(), event.closed());
    }
}
