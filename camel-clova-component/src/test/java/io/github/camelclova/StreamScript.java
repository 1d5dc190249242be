package io.github.camelclova;

import static io.github.camelclova.Target.read;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.testing.Reply;
import java.util.List;

/** A stream of a CLOVA dialect, event by event. */
final class StreamScript {

    private final StringBuilder events = new StringBuilder();

    /** Tokens, the result that repeats them, and the end marker. */
    static StreamScript whole(Target target, List<String> tokens, String aiFilter) {
        StreamScript script = new StreamScript();
        tokens.forEach(script::token);
        return script.result(target, String.join("", tokens), aiFilter).signal();
    }

    /** A filter result that has nothing against an answer but for this score of {@code insult}. */
    static String insult(int score) {
        return """
                [{"groupName":"curse","name":"insult","score":"%d","result":"OK"},\
                {"groupName":"curse","name":"discrimination","score":"2","result":"OK"},\
                {"groupName":"unsafeContents","name":"sexualHarassment","score":"2","result":"OK"}]""".formatted(score);
    }

    StreamScript token(String text) {
        return event("token", message("content", text));
    }

    StreamScript thinking(String text) {
        return event("token", message("thinkingContent", text));
    }

    /** @param aiFilter JSON; "-" for a result without one */
    StreamScript result(Target target, String text, String aiFilter) {
        return event("result", choice(target, text, aiFilter));
    }

    /** A whole answer as a stream or a document has it. */
    static ObjectNode choice(Target target, String text, String aiFilter) {
        ObjectNode answer = target.hello();
        target.message(answer).put("content", text);
        ObjectNode choice = target.choice(answer);
        if (!aiFilter.equals("-")) {
            choice.set("aiFilter", read(aiFilter));
        }
        return choice;
    }

    StreamScript error(String code) {
        return event("error", read("{\"status\":{\"code\":\"%s\",\"message\":\"no\"}}".formatted(code)));
    }

    StreamScript signal() {
        return event("signal", read("{\"data\":\"[DONE]\"}"));
    }

    private StreamScript event(String name, JsonNode data) {
        events.append("event:%s\ndata:%s\n\n".formatted(name, data));
        return this;
    }

    private static JsonNode message(String member, String text) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        data.putObject("message").put("role", "assistant").put(member, text);
        return data;
    }

    String text() {
        return events.toString();
    }

    Reply reply() {
        return Reply.events(text());
    }
}
