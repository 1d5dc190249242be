package io.github.camelclova.streaming;

import io.github.camelclova.testing.ClovaStandIn;

/** A service of each dialect: where it is, and how it says the parts of an answer. Texts need no escapes. */
enum Speaker {
    CLOVA_V1("clova-v1", "HCX-003"),
    CLOVA_V3("clova-v3", "HCX-005"),
    OPENAI("openai", "local-small");

    /** Counts that all dialects give with the texts of this class. */
    static final int INPUT_TOKENS = 12;

    static final int OUTPUT_TOKENS = 3;

    private final String dialect;
    private final String model;

    Speaker(String dialect, String model) {
        this.dialect = dialect;
        this.model = model;
    }

    /** The endpoint that asks this service, with more options as they stand in a URI. */
    String endpoint(ClovaStandIn service, String... options) {
        String baseUrl = this == OPENAI ? service.openAiBaseUrl() : service.baseUrl();
        String more = options.length == 0 ? "" : "&" + String.join("&", options);
        return "clova:chat?dialect=%s&model=%s&baseUrl=%s%s".formatted(dialect, model, baseUrl, more);
    }

    String token(String text) {
        return switch (this) {
            case CLOVA_V1 -> event("token", """
                        {"message":{"role":"assistant","content":"%s"},"index":0,"inputLength":12,"outputLength":1,"stopReason":null}""".formatted(text));
            case CLOVA_V3 -> event("token", """
                        {"message":{"role":"assistant","content":"%s"},"finishReason":null,"seed":7,"usage":null}""".formatted(text));
            case OPENAI -> chunk("{\"content\":\"%s\"}".formatted(text), "null");
        };
    }

    /** CLOVA's v1 has none and says an empty token. */
    String thinking(String text) {
        return switch (this) {
            case CLOVA_V1 -> token("");
            case CLOVA_V3 -> event("token", "{\"message\":{\"thinkingContent\":\"%s\"}}".formatted(text));
            case OPENAI -> chunk("{\"reasoning_content\":\"%s\"}".formatted(text), "null");
        };
    }

    /** The event that says how an answer ended and what it cost. */
    String result(String wholeText) {
        return this == OPENAI
                ? chunk("{}", "\"stop\"")
                        + "data: {\"id\":\"c-1\",\"model\":\"local-small\",\"choices\":[],\"usage\":%s}\n\n"
                                .formatted(openAiUsage())
                : event("result", nativeResult(wholeText));
    }

    /** The end marker. */
    String end() {
        return this == OPENAI ? "data: [DONE]\n\n" : event("signal", "{\"data\":\"[DONE]\"}");
    }

    /** A whole stream. */
    String stream(String... tokens) {
        StringBuilder stream = new StringBuilder();
        for (String token : tokens) {
            stream.append(token(token));
        }
        return stream + result(String.join("", tokens)) + end();
    }

    /** A failure as an event. */
    String error(String code) {
        return this == OPENAI ? "data: " + refusal(code) + "\n\n" : event("error", refusal(code));
    }

    /** A failure as a document. */
    String refusal(String code) {
        return (this == OPENAI
                        ? "{\"error\":{\"code\":\"%s\",\"message\":\"no\"}}"
                        : "{\"status\":{\"code\":\"%s\",\"message\":\"no\"}}")
                .formatted(code);
    }

    /** The same answer as {@link #stream}, as a document. */
    String answer(String text) {
        return this == OPENAI
                ? """
                {"id":"c-1","model":"local-small","choices":[{"index":0,"message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],"usage":%s}""".formatted(text, openAiUsage())
                : "{\"status\":{\"code\":\"20000\"},\"result\":%s}".formatted(nativeResult(text));
    }

    private String nativeResult(String text) {
        String filter = """
                "aiFilter":[{"groupName":"curse","name":"insult","score":"2","result":"OK"},{"groupName":"curse","name":"discrimination","score":"1","result":"OK"},{"groupName":"unsafeContents","name":"sexualHarassment","score":"2","result":"OK"}]""";
        return (this == CLOVA_V1 ? """
                        {"message":{"role":"assistant","content":"%s"},"inputLength":12,"outputLength":3,"stopReason":"stop_before","seed":7,%s}""" : """
                        {"message":{"role":"assistant","content":"%s"},"finishReason":"stop","seed":7,"usage":{"promptTokens":12,"completionTokens":3,"totalTokens":15},%s}""").formatted(text, filter);
    }

    private static String openAiUsage() {
        return "{\"prompt_tokens\":12,\"completion_tokens\":3,\"total_tokens\":15}";
    }

    private static String chunk(String delta, String finishReason) {
        return """
                data: {"id":"c-1","object":"chat.completion.chunk","model":"local-small","choices":[{"index":0,"delta":%s,"finish_reason":%s}]}

                """.formatted(delta, finishReason);
    }

    private static String event(String name, String data) {
        return "event:%s\ndata:%s\n\n".formatted(name, data);
    }
}
