package io.github.camelclova.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Answers the operations beside chat, from what is asked: equal texts have equal vectors of length 1, a summary is the first
 * sentence, a topic is a paragraph, and an answer from documents is the text of the first.
 */
final class OperationAnswers {

    private static final int DIMENSIONS = 1024;
    private static final String PARAGRAPH = "\\R\\s*\\R";
    private static final String SENTENCE = "(?<=[.!?。])\\s+";

    private OperationAnswers() {}

    /** Empty for a path that is no such operation. */
    static Optional<Reply> to(String path, byte[] body) {
        if (path.endsWith("/embeddings")) {
            return Optional.of(openAiVectors(read(body)));
        }
        String tool = path.replaceFirst(".*/api-tools/", "");
        return switch (tool.replaceFirst("/.*", "")) {
            case "embedding" -> Optional.of(vector(read(body)));
            case "chat-tokenize" -> Optional.of(counts(Prompt.read(body), path.contains("/v3/")));
            case "summarization" -> Optional.of(summary(read(body)));
            case "segmentation" -> Optional.of(topics(read(body)));
            case "reranker" -> Optional.of(citingAnswer(read(body)));
            default -> Optional.empty();
        };
    }

    private static Reply vector(JsonNode asked) {
        ObjectNode result = Json.object();
        addNumbers(result.putArray("embedding"), text(asked, "text"));
        return ok(result.put("inputTokens", tokens(text(asked, "text"))));
    }

    private static Reply openAiVectors(JsonNode asked) {
        List<String> texts = texts(asked, "input");
        ObjectNode answer = Json.object().put("object", "list");
        ArrayNode data = answer.putArray("data");
        for (String text : texts) {
            ObjectNode entry = Json.object().put("object", "embedding").put("index", data.size());
            addNumbers(entry.putArray("embedding"), text);
            data.add(entry);
        }
        answer.put("model", asked.path("model").asText(OpenAiDialect.MODEL));
        int tokens = texts.stream().mapToInt(OperationAnswers::tokens).sum();
        answer.putObject("usage").put("prompt_tokens", tokens).put("total_tokens", tokens);
        return Reply.json(Json.write(answer));
    }

    private static void addNumbers(ArrayNode array, String text) {
        SplittableRandom random = new SplittableRandom(text.hashCode());
        double[] numbers = random.doubles(DIMENSIONS, -1, 1).toArray();
        double length =
                Math.sqrt(Arrays.stream(numbers).map(number -> number * number).sum());
        for (double number : numbers) {
            array.add((float) (number / length));
        }
    }

    private static Reply counts(Prompt prompt, boolean inContent) {
        ObjectNode result = Json.object();
        ArrayNode messages = result.putArray("messages");
        prompt.forEachCounted((message, count) -> {
            ObjectNode entry =
                    messages.addObject().put("role", message.path("role").asText());
            if (inContent) {
                entry.putObject("content").put("type", "text").put("count", count);
            } else {
                entry.put("count", count);
            }
        });
        return ok(result);
    }

    private static Reply summary(JsonNode asked) {
        List<String> texts = texts(asked, "texts");
        int tokens = texts.stream().mapToInt(OperationAnswers::tokens).sum();
        return ok(Json.object().put("text", texts.get(0).split(SENTENCE, 2)[0]).put("inputTokens", tokens));
    }

    private static Reply topics(JsonNode asked) {
        String text = text(asked, "text");
        ObjectNode result = Json.object();
        ArrayNode topics = result.putArray("topicSeg");
        ArrayNode spans = result.putArray("span");
        int sentence = 0;
        for (String paragraph : text.strip().split(PARAGRAPH, -1)) {
            ArrayNode topic = topics.addArray();
            ArrayNode span = spans.addArray();
            for (String each : paragraph.split(SENTENCE, -1)) {
                topic.add(each);
                span.add(sentence++);
            }
        }
        return ok(result.put("inputTokens", tokens(text)));
    }

    private static Reply citingAnswer(JsonNode asked) {
        String query = text(asked, "query");
        JsonNode first = asked.path("documents").path(0);
        String id = text(first, "id");
        ObjectNode result = Json.object().put("result", "%s <doc%s>".formatted(text(first, "doc"), id));
        result.putArray("citedDocuments").add(first);
        result.putArray("suggestedQueries");
        int tokens = tokens(query) + tokens(asked.path("documents").toString());
        result.putObject("usage")
                .put("promptTokens", tokens)
                .put("completionTokens", tokens(text(first, "doc")))
                .put("totalTokens", tokens + tokens(text(first, "doc")));
        return ok(result);
    }

    private static Reply ok(ObjectNode result) {
        ObjectNode envelope = NativeErrors.envelope("20000", "OK");
        envelope.set("result", result);
        return Reply.json(Json.write(envelope));
    }

    private static JsonNode read(byte[] body) {
        try {
            return Json.read(body);
        } catch (IllegalArgumentException notJson) {
            throw refused("40000");
        }
    }

    private static String text(JsonNode asked, String member) {
        String text = asked.path(member).asText("");
        if (text.isBlank()) {
            throw refused("40004");
        }
        return text;
    }

    private static List<String> texts(JsonNode asked, String member) {
        if (asked.path(member).isTextual()) {
            return List.of(text(asked, member));
        }
        List<String> texts = new ArrayList<>();
        asked.path(member).forEach(text -> texts.add(text.asText()));
        if (texts.isEmpty() || texts.stream().anyMatch(String::isBlank)) {
            throw refused("40004");
        }
        return texts;
    }

    private static int tokens(String text) {
        return Tokens.of(text).size();
    }

    private static Refusal refused(String code) {
        return new Refusal(400, code, Codes.label(code));
    }
}
