package io.github.camelclova.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.chat.OperationResult;
import io.github.camelclova.chat.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads the answers of the operations beside chat; an {@link IllegalArgumentException} says what an answer lacks. */
final class OperationReader {

    private OperationReader() {}

    static OperationResult vector(JsonNode document) {
        JsonNode result = document.path("result");
        return new OperationResult(List.of(numbers(result.path("embedding"))), inputTokens(result));
    }

    /** The order is that of {@code index}; a service may answer in any. */
    static OperationResult openAiVectors(JsonNode document, int texts) {
        return new OperationResult(
                inOrder(document.path("data"), texts),
                OpenAiCodec.usage(document.path("usage")),
                Member.text(document, "model"),
                List.of(),
                List.of());
    }

    private static List<List<Float>> inOrder(JsonNode data, int texts) {
        SortedMap<Integer, List<Float>> vectors = new TreeMap<>();
        int position = 0;
        for (JsonNode entry : data) {
            Integer index = Member.count(entry, "index");
            vectors.put(index == null ? position : index, numbers(entry.path("embedding")));
            position++;
        }
        boolean oneForEach = position == texts && vectors.size() == texts && vectors.lastKey() == texts - 1;
        if (!oneForEach) {
            throw new IllegalArgumentException(
                    "the answer has %d vectors for %d texts, or gives them wrong places".formatted(position, texts));
        }
        return List.copyOf(vectors.values());
    }

    private static List<Float> numbers(JsonNode array) {
        List<Float> numbers = new ArrayList<>(array.size());
        array.forEach(number -> {
            if (!number.isNumber()) {
                throw new IllegalArgumentException("the answer has a vector with something else than numbers");
            }
            numbers.add(number.floatValue());
        });
        if (numbers.isEmpty()) {
            throw new IllegalArgumentException("the answer has no vector");
        }
        return List.copyOf(numbers);
    }

    /** Counts stand beside each message (v1) or each part of its content (v3), and beside tools. */
    static OperationResult count(JsonNode document) {
        JsonNode result = document.path("result");
        Integer count = countIn(result);
        if (count == null) {
            throw new IllegalArgumentException("the answer has no count");
        }
        return new OperationResult(count, new Usage(count, null, null));
    }

    /** The sum of the uppermost counts; absent if there is none. */
    private static @Nullable Integer countIn(JsonNode node) {
        Integer own = Member.count(node, "count");
        if (own != null) {
            return own;
        }
        Integer sum = null;
        for (JsonNode child : node) {
            sum = Usage.sum(sum, countIn(child));
        }
        return sum;
    }

    static OperationResult summary(JsonNode document) {
        JsonNode result = document.path("result");
        return new OperationResult(text(result, "text"), inputTokens(result));
    }

    static OperationResult segments(JsonNode document) {
        JsonNode result = document.path("result");
        List<List<String>> topics = new ArrayList<>();
        result.path("topicSeg").forEach(topic -> topics.add(texts(topic)));
        if (topics.isEmpty()) {
            throw new IllegalArgumentException("the answer has no topicSeg");
        }
        return new OperationResult(List.copyOf(topics), inputTokens(result));
    }

    static OperationResult citingAnswer(JsonNode document) {
        JsonNode result = document.path("result");
        List<String> cited = new ArrayList<>();
        result.path("citedDocuments").forEach(entry -> {
            String id = entry.isTextual() ? entry.textValue() : Member.text(entry, "id");
            if (id != null) {
                cited.add(id);
            }
        });
        return new OperationResult(
                text(result, "result"), NativeCodec.usage(result), null, cited, texts(result.path("suggestedQueries")));
    }

    static OperationResult models(JsonNode document) {
        if (!document.path("data").isArray()) {
            throw new IllegalArgumentException("the answer has no data");
        }
        List<String> ids = new ArrayList<>();
        document.path("data").forEach(model -> {
            String id = Member.text(model, "id");
            if (id != null) {
                ids.add(id);
            }
        });
        return new OperationResult(List.copyOf(ids), Usage.UNKNOWN);
    }

    private static Usage inputTokens(JsonNode result) {
        return new Usage(Member.count(result, "inputTokens"), null, null);
    }

    private static String text(JsonNode result, String member) {
        JsonNode text = result.path(member);
        if (!text.isTextual()) {
            throw new IllegalArgumentException("the answer has no result." + member);
        }
        return text.textValue();
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return List.copyOf(texts);
    }
}
