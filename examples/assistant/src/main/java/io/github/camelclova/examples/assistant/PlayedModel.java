package io.github.camelclova.examples.assistant;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Plays a model that looks up orders for a stand-in, in the streams of CLOVA Studio v3 and of OpenAI: the order is the last one
 * that was named in the conversation, and who asks "when" wants to know the day.
 */
final class PlayedModel implements Function<ReceivedRequest, Reply> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ORDER = Pattern.compile("\\b[A-Z]-\\d+\\b");
    private static final Duration PAUSE = Duration.ofMillis(30);

    @Override
    public Reply apply(ReceivedRequest request) {
        JsonNode messages = request.json().path("messages");
        boolean isNative = request.path().contains("/chat-completions/");
        JsonNode last = messages.path(messages.size() - 1);
        String order = lastOrder(messages);
        if (last.path("role").asText().equals("tool")) {
            return says(isNative, answer(order, last.path("content").asText()));
        }
        boolean wantsDay =
                last.path("content").asText().toLowerCase(Locale.ROOT).contains("when");
        return order.isEmpty()
                ? says(isNative, "Which order do you mean?")
                : calls(isNative, wantsDay ? "deliveryDay" : "findOrder", order);
    }

    private static String lastOrder(JsonNode messages) {
        StringBuilder said = new StringBuilder();
        messages.forEach(message -> {
            if (message.path("role").asText().equals("user")) {
                said.append(message.path("content").asText()).append('\n');
            }
        });
        return ORDER.matcher(said).results().map(MatchResult::group).reduce("", (before, next) -> next);
    }

    private static String answer(String order, String found) {
        if (found.startsWith("there is no")) {
            return "I am sorry, %s: %s.".formatted(order, found);
        }
        return found.startsWith("in ")
                ? "Your order %s is %s.".formatted(order, found)
                : "It arrives on %s.".formatted(found);
    }

    private static Reply says(boolean isNative, String text) {
        List<String> events = new ArrayList<>();
        for (String word : text.split("(?<= )", -1)) {
            events.add(
                    isNative ? nativeToken(word) : chunk(JSON.createObjectNode().put("content", word), null));
        }
        ObjectNode message = JSON.createObjectNode().put("role", "assistant").put("content", text);
        events.add(isNative ? nativeResult(message, "stop") : chunk(JSON.createObjectNode(), "stop"));
        return stream(events);
    }

    private static Reply calls(boolean isNative, String function, String order) {
        ObjectNode arguments = JSON.createObjectNode().put("number", order);
        ObjectNode message = JSON.createObjectNode().put("role", "assistant").put("content", "");
        ObjectNode call =
                message.putArray(isNative ? "toolCalls" : "tool_calls").addObject();
        call.put("index", 0).put("id", "call_" + function).put("type", "function");
        ObjectNode named = call.putObject("function").put("name", function);
        if (isNative) {
            named.set("arguments", arguments);
            return stream(List.of(nativeResult(message, "tool_calls")));
        }
        named.put("arguments", arguments.toString());
        return stream(List.of(chunk(message, null), chunk(JSON.createObjectNode(), "tool_calls")));
    }

    private static String nativeToken(String text) {
        ObjectNode token = JSON.createObjectNode();
        token.putObject("message").put("role", "assistant").put("content", text);
        return "event:token\ndata:%s\n\n".formatted(token);
    }

    private static String nativeResult(ObjectNode message, String why) {
        ObjectNode result = JSON.createObjectNode().put("finishReason", why);
        result.set("message", message);
        return "event:result\ndata:%s\n\n".formatted(result);
    }

    private static String chunk(ObjectNode delta, @Nullable String why) {
        ObjectNode chunk = JSON.createObjectNode();
        chunk.putArray("choices")
                .addObject()
                .put("index", 0)
                .put("finish_reason", why)
                .set("delta", delta);
        return "data: %s\n\n".formatted(chunk);
    }

    private static Reply stream(List<String> events) {
        int[] ends = new int[events.size()];
        int length = 0;
        for (int i = 0; i < ends.length; i++) {
            length += events.get(i).getBytes(StandardCharsets.UTF_8).length;
            ends[i] = length;
        }
        return Reply.events(String.join("", events)).cutAt(ends).pause(PAUSE);
    }
}
