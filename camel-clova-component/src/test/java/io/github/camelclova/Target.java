package io.github.camelclova;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.Reply;
import io.github.camelclova.testing.Transcript;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a route may ask: a model or a tuned task, in each dialect that has it. The stories of the contract hold for all. */
enum Target {
    V1_MODEL("clova-v1", "clova-v1", "model=HCX-003", "/v1/chat-completions/HCX-003"),
    V1_TASK("clova-v1", "clova-v1", "taskId=czf9fbky", "/v1/tasks/czf9fbky/chat-completions"),
    V2_TASK("clova-v2", "clova-v1", "taskId=czf9fbky", "/v2/tasks/czf9fbky/chat-completions"),
    V3_MODEL("clova-v3", "clova-v3", "model=HCX-005", "/v3/chat-completions/HCX-005"),
    V3_TASK("clova-v3", "clova-v3", "taskId=czf9fbky", "/v3/tasks/czf9fbky/chat-completions"),
    OPENAI("openai", "openai", "model=small-1", "/v1/chat/completions");

    static final String KEY = "nv-0123456789abcdef";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String dialect;
    private final String transcripts;
    private final String asked;
    private final String path;

    Target(String dialect, String transcripts, String asked, String path) {
        this.dialect = dialect;
        this.transcripts = transcripts;
        this.asked = asked;
        this.path = path;
    }

    String dialect() {
        return dialect;
    }

    /** The path that requests go to. */
    String path() {
        return path;
    }

    boolean isNative() {
        return this != OPENAI;
    }

    /** The endpoint at this service, with a key and without retries. */
    String at(ClovaStandIn service, String... options) {
        return bare(service, asked, options) + "&maxRetries=0";
    }

    /** The same, asking another model or task and with retries as they come. */
    String bare(ClovaStandIn service, String model, String... options) {
        String baseUrl = isNative() ? service.baseUrl() : service.openAiBaseUrl();
        String uri = "clova:chat?dialect=%s&baseUrl=%s&apiKey=%s&%s".formatted(dialect, baseUrl, KEY, model);
        return options.length == 0 ? uri : uri + "&" + String.join("&", options);
    }

    /** What an endpoint's URI needs to say to ask this service, with a key and without retries. */
    Map<String, Object> parameters(ClovaStandIn service) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("dialect", dialect);
        parameters.put("baseUrl", isNative() ? service.baseUrl() : service.openAiBaseUrl());
        parameters.put("apiKey", KEY);
        parameters.put(asked.substring(0, asked.indexOf('=')), asked.substring(asked.indexOf('=') + 1));
        parameters.put("maxRetries", 0);
        return parameters;
    }

    /** A body of this dialect that can be changed; every call gives a new one. */
    ObjectNode transcript(String name) {
        return (ObjectNode) read(Transcript.load("transcripts/%s/%s.json".formatted(transcripts, name))
                .text());
    }

    /** The good answer that most stories begin with. */
    ObjectNode hello() {
        return transcript("hello");
    }

    /** The member of an answer that has the message in it. */
    ObjectNode choice(ObjectNode answer) {
        return (ObjectNode) answer.at(isNative() ? "/result" : "/choices/0");
    }

    ObjectNode message(ObjectNode answer) {
        return (ObjectNode) choice(answer).path("message");
    }

    /** The member of an answer that has the token counts in it. */
    ObjectNode usage(ObjectNode answer) {
        return (ObjectNode)
                switch (transcripts) {
                    case "clova-v1" -> answer.path("result");
                    case "clova-v3" -> answer.at("/result/usage");
                    default -> answer.path("usage");
                };
    }

    String inputTokens() {
        return switch (transcripts) {
            case "clova-v1" -> "inputLength";
            case "clova-v3" -> "promptTokens";
            default -> "prompt_tokens";
        };
    }

    String outputTokens() {
        return switch (transcripts) {
            case "clova-v1" -> "outputLength";
            case "clova-v3" -> "completionTokens";
            default -> "completion_tokens";
        };
    }

    /** The member of an answer that has the seed in it. */
    ObjectNode seedHolder(ObjectNode answer) {
        return isNative() ? (ObjectNode) answer.path("result") : answer;
    }

    String stopReason() {
        return switch (transcripts) {
            case "clova-v1" -> "stopReason";
            case "clova-v3" -> "finishReason";
            default -> "finish_reason";
        };
    }

    /** How the service says no. */
    ObjectNode refusal(String code, String message) {
        ObjectNode refusal = transcript("refusal");
        ((ObjectNode) refusal.path(isNative() ? "status" : "error"))
                .put("code", code)
                .put("message", message);
        return refusal;
    }

    static Reply reply(JsonNode answer) {
        return Reply.json(answer.toString());
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
