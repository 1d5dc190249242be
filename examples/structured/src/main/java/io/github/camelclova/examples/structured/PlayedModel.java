package io.github.camelclova.examples.structured;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Plays a model that reads e-mails for a stand-in, in the dialects of CLOVA Studio v3 and of OpenAI: a line {@code 3 x desk lamp}
 * is an article that is wanted, and the last line is the customer.
 */
final class PlayedModel implements Function<ReceivedRequest, Reply> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern WANTED = Pattern.compile("^(\\d+) x (.+)$", Pattern.MULTILINE);

    @Override
    public Reply apply(ReceivedRequest request) {
        JsonNode asked = request.json();
        boolean isNative = request.path().contains("/chat-completions/");
        List<String> found = contents(asked, "tool");
        String words = contents(asked, "user").get(0);
        if (!asked.has("tools")) {
            return said(isNative, json(words));
        }
        return found.isEmpty() ? calls(isNative, words) : said(isNative, list(words, found));
    }

    private static List<String> contents(JsonNode asked, String role) {
        List<String> contents = new ArrayList<>();
        for (JsonNode message : asked.path("messages")) {
            if (message.path("role").asText().equals(role)) {
                contents.add(message.path("content").asText());
            }
        }
        return contents;
    }

    private static List<MatchResult> wanted(String text) {
        return WANTED.matcher(text).results().toList();
    }

    private static String lastLine(String text) {
        return text.strip().lines().reduce("", (before, line) -> line).strip();
    }

    private static String list(String mail, List<String> numbers) {
        Iterator<String> number = numbers.iterator();
        return wanted(mail).stream()
                .map(line -> "%s x %s\n".formatted(line.group(1), known(number.next(), line.group(2))))
                .collect(joining("", "", lastLine(mail)));
    }

    private static String known(String number, String words) {
        return number.equals("not found") ? words : number;
    }

    private static String json(String list) {
        ObjectNode order = JSON.createObjectNode().put("customer", lastLine(list));
        ArrayNode lines = order.putArray("lines");
        wanted(list)
                .forEach(line ->
                        lines.addObject().put("article", line.group(2)).put("pieces", Integer.parseInt(line.group(1))));
        return order.toString();
    }

    private static Reply said(boolean isNative, String text) {
        return reply(isNative, JSON.createObjectNode().put("role", "assistant").put("content", text), "stop");
    }

    private static Reply calls(boolean isNative, String mail) {
        ObjectNode message = JSON.createObjectNode().put("role", "assistant").put("content", "");
        ArrayNode calls = message.putArray(isNative ? "toolCalls" : "tool_calls");
        wanted(mail).forEach(line -> {
            ObjectNode arguments = JSON.createObjectNode().put("name", line.group(2));
            ObjectNode call =
                    calls.addObject().put("id", "call_" + calls.size()).put("type", "function");
            ObjectNode function = call.putObject("function").put("name", "find_article");
            if (isNative) {
                function.set("arguments", arguments);
            } else {
                function.put("arguments", arguments.toString());
            }
        });
        return reply(isNative, message, "tool_calls");
    }

    private static Reply reply(boolean isNative, ObjectNode message, String why) {
        ObjectNode answer = JSON.createObjectNode();
        if (isNative) {
            answer.putObject("status").put("code", "20000");
            answer.putObject("result").put("finishReason", why).set("message", message);
        } else {
            answer.putArray("choices").addObject().put("finish_reason", why).set("message", message);
        }
        return Reply.json(answer.toString());
    }
}
