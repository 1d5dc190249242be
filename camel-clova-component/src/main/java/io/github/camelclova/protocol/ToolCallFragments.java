package io.github.camelclova.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.chat.ToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts streamed tool calls together. OpenAI's fragments carry the call's index; CLOVA's first fragment of a call carries
 * its id and name, and those that follow nothing but {@code partialJson}.
 */
final class ToolCallFragments {

    private static final class Call {
        private String id = "";
        private String name = "";
        private final StringBuilder json = new StringBuilder();
    }

    private final List<Call> calls = new ArrayList<>();
    private final Map<Integer, Call> byIndex = new HashMap<>();

    /** Takes the array of fragments that one event brought. */
    void add(JsonNode fragments) {
        fragments.forEach(this::fragment);
    }

    private void fragment(JsonNode fragment) {
        String id = Member.text(fragment, "id");
        Call call = find(Member.count(fragment, "index"), id);
        JsonNode function = fragment.path("function");
        String name = Member.text(function, "name");
        call.id = id == null || id.isEmpty() ? call.id : id;
        call.name = name == null ? call.name : name;
        for (String member : new String[] {"partialJson", "arguments"}) {
            JsonNode piece = function.path(member);
            call.json.append(piece.isTextual() ? piece.textValue() : piece.isObject() ? piece.toString() : "");
        }
    }

    private Call find(@Nullable Integer index, @Nullable String id) {
        Call last = calls.isEmpty() ? null : calls.get(calls.size() - 1);
        if (index != null) {
            Call known = byIndex.get(index);
            return known == null ? begin(index) : known;
        }
        if (last == null || (id != null && !id.isEmpty() && !id.equals(last.id))) {
            return begin(calls.size());
        }
        return last;
    }

    private Call begin(int index) {
        Call call = new Call();
        calls.add(call);
        byIndex.putIfAbsent(index, call);
        return call;
    }

    List<ToolCall> finished() {
        return calls.stream()
                .map(call -> ToolCalls.finished(call.id, call.name, call.json.toString()))
                .toList();
    }
}
