package io.github.camelclova.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects the events of an answer. Each is written on its own. */
final class EventStream {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Integer> ends = new ArrayList<>();

    /** An event as CLOVA Studio writes it, without spaces after the colons. */
    EventStream event(String id, String name, JsonNode data) {
        return add("id:" + id + "\nevent:" + name + "\ndata:" + Json.write(data) + "\n\n");
    }

    /** An event as OpenAI-compatible services write it. */
    EventStream data(String data) {
        return add("data: " + data + "\n\n");
    }

    Reply reply(Duration pause) {
        return Reply.events(bytes.toByteArray())
                .cutAt(ends.stream().mapToInt(Integer::intValue).toArray())
                .pause(pause);
    }

    private EventStream add(String event) {
        bytes.writeBytes(event.getBytes(UTF_8));
        ends.add(bytes.size());
        return this;
    }
}
