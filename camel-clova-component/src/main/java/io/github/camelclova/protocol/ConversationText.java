package io.github.camelclova.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.Turn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Turns of a conversation as JSON text, for stores. The messages are in OpenAI's form, whatever dialect they are sent in. */
public final class ConversationText {

    private static final WireForm FORM = new WireForm(Dialect.OPENAI);

    private ConversationText() {}

    /** As {@link #read} reads it. */
    public static String write(List<Turn> turns) {
        ArrayNode list = Json.object().putArray("turns");
        turns.forEach(turn -> {
            ObjectNode entry = list.addObject();
            if (turn.tokens() != null) {
                entry.put("tokens", turn.tokens());
            }
            ArrayNode messages = entry.putArray("messages");
            turn.messages().forEach(message -> messages.add(FORM.message(message)));
        });
        return new String(Json.write(list), StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is something else; never quoting it
     */
    public static List<Turn> read(String text) {
        List<Turn> turns = new ArrayList<>();
        for (JsonNode entry : parsed(text)) {
            List<ChatMessage> messages = new ArrayList<>();
            entry.path("messages")
                    .forEach(message -> messages.add(MessageList.message(message, null, messages.size())));
            turns.add(new Turn(messages, Member.count(entry, "tokens")));
        }
        return turns;
    }

    private static JsonNode parsed(String text) {
        try {
            return Json.read(text);
        } catch (JsonProcessingException malformed) {
            // Not as a cause: Jackson's message quotes the text.
            throw new IllegalArgumentException("the kept conversation is malformed JSON");
        }
    }
}
