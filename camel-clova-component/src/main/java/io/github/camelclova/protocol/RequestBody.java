package io.github.camelclova.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.GenerationOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes the members of a request, each under the dialect's own name. */
final class RequestBody {

    private final ObjectNode root = Json.object();
    private final Dialect dialect;
    private final WireForm form;

    RequestBody(Dialect dialect) {
        this.dialect = dialect;
        this.form = new WireForm(dialect);
    }

    RequestBody with(String name, @Nullable String value) {
        if (value != null) {
            root.put(name, value);
        }
        return this;
    }

    RequestBody with(String name, @Nullable Boolean value) {
        if (value != null) {
            root.put(name, value);
        }
        return this;
    }

    RequestBody messages(List<ChatMessage> messages) {
        ArrayNode array = root.putArray("messages");
        messages.forEach(message -> array.add(form.message(message)));
        return this;
    }

    RequestBody options(ChatRequest request) {
        return options(request, EnumSet.allOf(GenerationOption.class));
    }

    /** Those of a request's options that are among these. */
    RequestBody options(ChatRequest request, Set<GenerationOption> which) {
        Spellings spellings = Spellings.of(dialect);
        request.options().values().forEach((option, value) -> {
            if (which.contains(option)) {
                put(option, value, spellings, request.model());
            }
        });
        return this;
    }

    /** OpenAI's switch for a stream, and for the chunk with the tokens' count at its end. */
    RequestBody streaming(@Nullable StreamOptions streaming) {
        if (streaming != null) {
            root.put("stream", true);
            if (streaming.askForUsage()) {
                root.putObject("stream_options").put("include_usage", true);
            }
        }
        return this;
    }

    private void put(GenerationOption option, Object value, Spellings spellings, @Nullable String model) {
        // Options were checked against the same table before.
        String member =
                Objects.requireNonNull(spellings.spelling(option, model)).member();
        int dot = member.indexOf('.');
        if (dot < 0) {
            root.set(member, form.option(option, value));
        } else {
            root.withObjectProperty(member.substring(0, dot)).set(member.substring(dot + 1), Json.node(value));
        }
    }

    RequestBody additional(Map<String, Object> members) {
        add(members, root);
        return this;
    }

    /** Text that is JSON by itself ({@code true}, {@code 5}, {@code {"a":1}}) is sent as that, other text as text. */
    static void add(Map<String, Object> members, ObjectNode body) {
        members.forEach(
                (name, value) -> body.set(name, value instanceof String text ? lenient(text) : Json.node(value)));
    }

    private static JsonNode lenient(String text) {
        try {
            JsonNode read = Json.read(text);
            return read.isMissingNode() ? Json.node(text) : read;
        } catch (JsonProcessingException plainText) {
            return Json.node(text);
        }
    }

    byte[] bytes() {
        return Json.write(root);
    }
}
