package io.github.camelclova.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CLOVA Studio v1, and v2 for tuned tasks. */
final class ClovaV1Dialect extends NativeDialect {

    @Override
    public boolean thinks(Prompt prompt) {
        return false;
    }

    /** The last one says why the answer ended, and nothing else. */
    @Override
    List<ObjectNode> tokens(Answer answer) {
        List<ObjectNode> tokens = new ArrayList<>();
        answer.tokens().forEach(text -> tokens.add(token(answer, text, null)));
        tokens.add(token(answer, "", stopReason(answer)));
        return tokens;
    }

    @Override
    ObjectNode result(Answer answer) {
        return withMessage(answer.text())
                .put("inputLength", answer.promptTokens())
                .put("outputLength", answer.completionTokens())
                .put("stopReason", stopReason(answer))
                .put("seed", answer.seed());
    }

    private static ObjectNode token(Answer answer, String text, @Nullable String stopReason) {
        return withMessage(text)
                .put("index", 0)
                .put("inputLength", answer.promptTokens())
                .put("outputLength", 1)
                .put("stopReason", stopReason);
    }

    private static String stopReason(Answer answer) {
        return answer.cut() ? "length" : "stop_before";
    }
}
