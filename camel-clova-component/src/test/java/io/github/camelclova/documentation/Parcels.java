package io.github.camelclova.documentation;

import io.github.camelclova.ClovaConstants;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Body;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

// tag::second-round[]
public final class Parcels {

    /** The question, the answer with its calls, and a result for each. */
    public List<ChatMessage> secondRound(
            @ExchangeProperty("question") String question,
            @Body String said,
            @Header(ClovaConstants.TOOL_CALLS) List<ToolCall> calls) {
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(ChatMessage.user(question));
        messages.add(ChatMessage.assistant(said, calls));
        calls.forEach(call -> messages.add(ChatMessage.tool(call.id(), result(call))));
        return messages;
    }

    private static String result(ToolCall call) {
        return switch (call.name()) {
            case "find_parcel" -> "KR-5512".equals(call.arguments().get("number")) ? "Daejeon" : "no such parcel";
            default -> "no such function";
        };
    }
}
// end::second-round[]
