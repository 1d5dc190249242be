package io.github.camelclova.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** The standard's algorithm word by word, on the whole text at once: slow, plain, and made without a look at the decoder. */
final class ReferenceDecoder {

    private final List<Received> events = new ArrayList<>();
    private final StringBuilder dataBuffer = new StringBuilder();
    private String eventTypeBuffer = "";
    private String lastEventIdBuffer = "";

    private ReferenceDecoder() {}

    static List<Received> decode(byte[] body) {
        String text = new String(body, UTF_8);
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        String[] lines = text.split("\r\n|\r|\n", -1);
        ReferenceDecoder reference = new ReferenceDecoder();
        for (int i = 0; i < lines.length - 1; i++) {
            if (lines[i].isEmpty()) {
                reference.dispatch(true);
            } else {
                reference.process(lines[i]);
            }
        }
        // What stands after the last line end is a line cut short. Here the standard would drop the block.
        reference.process(lines[lines.length - 1]);
        reference.dispatch(false);
        return reference.events;
    }

    private void process(String line) {
        int colon = line.indexOf(':');
        if (colon == 0) {
            return;
        }
        String field = colon < 0 ? line : line.substring(0, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1);
        if (value.startsWith(" ")) {
            value = value.substring(1);
        }
        if (field.equals("event")) {
            eventTypeBuffer = value;
        } else if (field.equals("data")) {
            dataBuffer.append(value).append('\n');
        } else if (field.equals("id") && value.indexOf('\0') < 0) {
            lastEventIdBuffer = value;
        }
    }

    private void dispatch(boolean closed) {
        if (dataBuffer.length() > 0) {
            dataBuffer.setLength(dataBuffer.length() - 1);
            String type = eventTypeBuffer.isEmpty() ? "message" : eventTypeBuffer;
            events.add(new Received(type, lastEventIdBuffer, dataBuffer.toString(), closed));
        }
        dataBuffer.setLength(0);
        eventTypeBuffer = "";
    }
}
