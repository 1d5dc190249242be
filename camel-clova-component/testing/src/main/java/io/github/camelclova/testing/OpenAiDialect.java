package io.github.camelclova.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** OpenAI-compatible services. */
final class OpenAiDialect implements Dialect {

    static final String MODEL = "stand-in";

    private static final double LOGPROB = -0.125;

    @Override
    public boolean wantsStream(ReceivedRequest request, Prompt prompt) {
        return prompt.asked().path("stream").asBoolean();
    }

    @Override
    public boolean thinks(Prompt prompt) {
        return false;
    }

    @Override
    public Reply completion(Answer answer) {
        ObjectNode completion = envelope(answer, "chat.completion");
        ArrayNode choices = completion.putArray("choices");
        choices(answer).forEach(index -> {
            ObjectNode choice = choices.addObject().put("index", index);
            choice.putObject("message").put("role", "assistant").put("content", answer.text());
            addLogprobs(answer, choice, answer.tokens());
            choice.put("finish_reason", finishReason(answer));
        });
        completion.set("usage", usage(answer));
        return Reply.json(Json.write(completion));
    }

    @Override
    public Reply stream(Answer answer, Duration pause) {
        EventStream events = new EventStream();
        choices(answer).forEach(index -> addChoice(answer, index, events));
        if (includesUsage(answer)) {
            ObjectNode last = envelope(answer, "chat.completion.chunk");
            last.putArray("choices");
            last.set("usage", usage(answer));
            events.data(Json.write(last));
        }
        return events.data("[DONE]").reply(pause);
    }

    @Override
    public Reply refusal(Refusal refusal) {
        return Reply.json(refusal.status(), Json.write(error(refusal)));
    }

    @Override
    public Reply refusalInStream(Refusal refusal) {
        return new EventStream().data(Json.write(error(refusal))).reply(Duration.ZERO);
    }

    static Reply models() {
        ObjectNode models = Json.object().put("object", "list");
        models.putArray("data")
                .addObject()
                .put("id", MODEL)
                .put("object", "model")
                .put("created", 0)
                .put("owned_by", "camel-clova");
        return Reply.json(Json.write(models));
    }

    private static void addChoice(Answer answer, int index, EventStream events) {
        for (int i = 0; i < answer.tokens().size(); i++) {
            String token = answer.tokens().get(i);
            boolean first = i == 0;
            events.data(chunk(answer, index, choice -> {
                ObjectNode delta = choice.putObject("delta");
                if (first) {
                    delta.put("role", "assistant");
                }
                delta.put("content", token);
                addLogprobs(answer, choice, List.of(token));
                choice.putNull("finish_reason");
            }));
        }
        events.data(chunk(answer, index, choice -> {
            choice.putObject("delta");
            choice.put("finish_reason", finishReason(answer));
        }));
    }

    private static String chunk(Answer answer, int index, Consumer<ObjectNode> rest) {
        ObjectNode chunk = envelope(answer, "chat.completion.chunk");
        rest.accept(chunk.putArray("choices").addObject().put("index", index));
        if (includesUsage(answer)) {
            chunk.putNull("usage");
        }
        return Json.write(chunk);
    }

    private static ObjectNode envelope(Answer answer, String object) {
        return Json.object()
                .put("id", "chatcmpl-" + answer.id(0))
                .put("object", object)
                .put("created", answer.at().getEpochSecond())
                .put("model", answer.prompt().asked().path("model").asText(MODEL));
    }

    private static IntStream choices(Answer answer) {
        return IntStream.range(0, answer.prompt().positive("n", 1));
    }

    private static void addLogprobs(Answer answer, ObjectNode choice, List<String> tokens) {
        if (!answer.prompt().asked().path("logprobs").asBoolean()) {
            return;
        }
        ArrayNode content = choice.putObject("logprobs").putArray("content");
        tokens.forEach(token ->
                content.addObject().put("token", token).put("logprob", LOGPROB).putArray("top_logprobs"));
    }

    private static ObjectNode usage(Answer answer) {
        int completion = answer.completionTokens() * answer.prompt().positive("n", 1);
        return Json.object()
                .put("prompt_tokens", answer.promptTokens())
                .put("completion_tokens", completion)
                .put("total_tokens", answer.promptTokens() + completion);
    }

    private static boolean includesUsage(Answer answer) {
        return answer.prompt()
                .asked()
                .path("stream_options")
                .path("include_usage")
                .asBoolean();
    }

    private static String finishReason(Answer answer) {
        Markers markers = answer.prompt().markers();
        if (Markers.CATEGORIES.stream().map(markers::score).anyMatch("0"::equals)) {
            return "content_filter";
        }
        return answer.cut() ? "length" : "stop";
    }

    private static ObjectNode error(Refusal refusal) {
        ObjectNode envelope = Json.object();
        envelope.putObject("error")
                .put("message", refusal.label())
                .putNull("type")
                .putNull("param")
                .put("code", refusal.code());
        return envelope;
    }
}
