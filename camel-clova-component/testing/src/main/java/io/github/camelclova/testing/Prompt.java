package io.github.camelclova.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A request that asks for a completion, in any dialect. Read leniently: only what no service could answer is refused. */
final class Prompt {

    private static final List<String> CAPS =
            List.of("maxTokens", "maxCompletionTokens", "max_tokens", "max_completion_tokens");

    private final JsonNode asked;
    private final List<JsonNode> messages;

    private Prompt(JsonNode asked, List<JsonNode> messages) {
        this.asked = asked;
        this.messages = messages;
    }

    static Prompt read(byte[] body) {
        JsonNode asked = json(body);
        JsonNode messages = asked.path("messages");
        if (!messages.isArray() || messages.isEmpty()) {
            throw badRequest();
        }
        messages.forEach(message -> {
            if (!message.path("role").isTextual()) {
                throw badRequest();
            }
        });
        Prompt prompt = new Prompt(asked, elements(messages).toList());
        if (prompt.userMessages().anyMatch(Prompt::saysNothing)) {
            throw new Refusal(400, "40004", Codes.label("40004"));
        }
        return prompt;
    }

    /** The request itself, for what only one dialect knows. */
    JsonNode asked() {
        return asked;
    }

    /** The last user message; empty when there is none. */
    String lastUserText() {
        return userTexts().reduce("", (earlier, later) -> later);
    }

    Markers markers() {
        return Markers.in(userTexts().collect(Collectors.joining("\n")));
    }

    /** Equal for requests that say the same. */
    String key() {
        return messages.stream()
                .map(message -> message.path("role").asText() + ":" + text(message))
                .collect(Collectors.joining("\n"));
    }

    int tokens() {
        return messages.stream().mapToInt(Prompt::tokens).sum();
    }

    /** Takes each message and the number of its tokens, in order. */
    void forEachCounted(ObjIntConsumer<JsonNode> taker) {
        messages.forEach(message -> taker.accept(message, tokens(message)));
    }

    private static int tokens(JsonNode message) {
        return Tokens.of(text(message)).size() + 1;
    }

    /** How many tokens the answer may have at most. */
    OptionalInt cap() {
        return CAPS.stream()
                .filter(asked::hasNonNull)
                .mapToInt(name -> positive(name, 1))
                .findFirst();
    }

    /** A number from 1 on; the usual one when the request has none. */
    int positive(String name, int usual) {
        JsonNode value = asked.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return usual;
        }
        if (!value.canConvertToInt() || value.intValue() < 1) {
            throw new Refusal(400, "40001", Codes.label("40001") + ": " + name);
        }
        return value.intValue();
    }

    private Stream<String> userTexts() {
        return userMessages().map(Prompt::text);
    }

    private Stream<JsonNode> userMessages() {
        return messages.stream().filter(message -> message.path("role").asText().equals("user"));
    }

    /** A picture without a text says something. */
    private static boolean saysNothing(JsonNode message) {
        return text(message).isBlank() && !message.path("content").isArray();
    }

    /** The text of a message, of which pictures are no part. */
    private static String text(JsonNode message) {
        JsonNode content = message.path("content");
        return content.isArray()
                ? elements(content).map(part -> part.path("text").asText()).collect(Collectors.joining("\n"))
                : content.asText("");
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static JsonNode json(byte[] body) {
        try {
            return Json.read(body);
        } catch (IllegalArgumentException e) {
            throw badRequest();
        }
    }

    private static Refusal badRequest() {
        return new Refusal(400, "40000", Codes.label("40000"));
    }
}
