package io.github.camelclova.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** CLOVA Studio v3. Thinking text is sent only where the request asks for it by a {@code thinking.effort} other than none. */
final class ClovaV3Dialect extends NativeDialect {

    @Override
    public boolean thinks(Prompt prompt) {
        JsonNode effort = prompt.asked().path("thinking").path("effort");
        return effort.isTextual() && !effort.asText().equals("none");
    }

    @Override
    List<ObjectNode> tokens(Answer answer) {
        List<ObjectNode> tokens = new ArrayList<>();
        answer.thinking().forEach(text -> tokens.add(unfinished(answer, thinking(text))));
        answer.tokens().forEach(text -> tokens.add(unfinished(answer, withMessage(text))));
        return tokens;
    }

    @Override
    ObjectNode result(Answer answer) {
        ObjectNode result = withMessage(answer.text());
        if (!answer.thinking().isEmpty()) {
            result.withObject("message").put("thinkingContent", answer.thinkingText());
        }
        result.put("finishReason", answer.cut() ? "length" : "stop");
        result.put("created", answer.at().getEpochSecond()).put("seed", answer.seed());
        ObjectNode usage = result.putObject("usage")
                .put("promptTokens", answer.promptTokens())
                .put("completionTokens", answer.completionTokens())
                .put("totalTokens", answer.promptTokens() + answer.completionTokens());
        if (!answer.thinking().isEmpty()) {
            usage.putObject("completionTokensDetails")
                    .put("thinkingTokens", answer.thinking().size());
        }
        return result;
    }

    private static ObjectNode unfinished(Answer answer, ObjectNode token) {
        return token.putNull("finishReason")
                .put("created", answer.at().getEpochSecond())
                .put("seed", answer.seed())
                .putNull("usage");
    }

    private static ObjectNode thinking(String text) {
        ObjectNode node = Json.object();
        node.putObject("message").put("role", "assistant").put("thinkingContent", text);
        return node;
    }
}
