package io.github.camelclova.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/** What the versions of CLOVA Studio's own dialect have in common: the envelope, the names of the events, the AI filter. */
abstract class NativeDialect implements Dialect {

    @Override
    public boolean wantsStream(ReceivedRequest request, Prompt prompt) {
        return request.header("Accept").filter("text/event-stream"::equals).isPresent();
    }

    @Override
    public Reply completion(Answer answer) {
        ObjectNode envelope = NativeErrors.envelope("20000", "OK");
        envelope.set("result", filtered(answer, result(answer)));
        return Reply.json(Json.write(envelope));
    }

    @Override
    public Reply stream(Answer answer, Duration pause) {
        EventStream events = new EventStream();
        int number = 0;
        for (ObjectNode token : tokens(answer)) {
            events.event(answer.id(number++), "token", token);
        }
        events.event(answer.id(number++), "result", filtered(answer, result(answer)));
        events.event(answer.id(number), "signal", Json.object().put("data", "[DONE]"));
        return events.reply(pause);
    }

    @Override
    public Reply refusal(Refusal refusal) {
        return NativeErrors.reply(refusal);
    }

    @Override
    public Reply refusalInStream(Refusal refusal) {
        return new EventStream()
                .event(
                        "00000000-0000-0000-0000-000000000000",
                        "error",
                        NativeErrors.envelope(refusal.code(), refusal.label()))
                .reply(Duration.ZERO);
    }

    abstract Iterable<ObjectNode> tokens(Answer answer);

    abstract ObjectNode result(Answer answer);

    static ObjectNode withMessage(String content) {
        ObjectNode node = Json.object();
        node.putObject("message").put("role", "assistant").put("content", content);
        return node;
    }

    private static ObjectNode filtered(Answer answer, ObjectNode result) {
        Markers markers = answer.prompt().markers();
        if (!answer.prompt().asked().path("includeAiFilters").asBoolean() || markers.hidesFilter()) {
            return result;
        }
        ArrayNode filter = result.putArray("aiFilter");
        if (!markers.emptiesFilter()) {
            Markers.CATEGORIES.forEach(category -> filter.addObject()
                    .put("groupName", category.equals("sexualHarassment") ? "unsafeContents" : "curse")
                    .put("name", category)
                    .put("score", markers.score(category))
                    .put("result", markers.score(category).equals("-1") ? "ERROR" : "OK"));
        }
        return result;
    }
}
