package io.github.camelclova.documentation;

import io.github.camelclova.ClovaConstants;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

// tag::second-round[]
public final class Parcels {

    /** The question, the answer with its calls, and a result for each. */
    public List<ChatMessage> secondRound(Exchange exchange) {
        Message answer = exchange.getMessage();
        List<?> header = answer.getHeader(ClovaConstants.TOOL_CALLS, List.class);
        List<ToolCall> calls = header.stream().map(ToolCall.class::cast).toList();
        List<ChatMessage> messages = new ArrayList<>();
        messages.add(ChatMessage.user(exchange.getProperty("question", String.class)));
        messages.add(ChatMessage.assistant(answer.getBody(String.class), calls));
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
