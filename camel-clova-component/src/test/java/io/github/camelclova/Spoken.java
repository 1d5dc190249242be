package io.github.camelclova;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** What a service says in one dialect, event by event. */
enum Spoken {
    CLOVA_V1("clova-v1", "HCX-003") {
        @Override
        String token(String text) {
            return event("token", "{\"message\":%s,\"index\":0,\"stopReason\":null}".formatted(message(text)));
        }

        @Override
        String closing(String whole) {
            return event("result", result(whole));
        }

        @Override
        String answer(String text) {
            return "{\"status\":{\"code\":\"20000\",\"message\":\"OK\"},\"result\":%s}".formatted(result(text));
        }

        private String result(String text) {
            return "{\"message\":%s,\"stopReason\":\"stop_before\",\"inputLength\":7,\"outputLength\":2}"
                    .formatted(message(text));
        }
    },

    CLOVA_V3("clova-v3", "HCX-005") {
        @Override
        String token(String text) {
            return event("token", "{\"message\":%s,\"finishReason\":null,\"usage\":null}".formatted(message(text)));
        }

        @Override
        String closing(String whole) {
            return event("result", result(whole));
        }

        @Override
        String answer(String text) {
            return "{\"status\":{\"code\":\"20000\",\"message\":\"OK\"},\"result\":%s}".formatted(result(text));
        }

        private String result(String text) {
            return "{\"message\":%s,\"finishReason\":\"stop\",\"usage\":{\"promptTokens\":7,\"completionTokens\":2}}"
                    .formatted(message(text));
        }
    },

    OPENAI("openai", "local-small") {
        @Override
        String token(String text) {
            return chunk("{\"content\":%s}".formatted(quoted(text)), "null");
        }

        @Override
        String closing(String whole) {
            return chunk("{}", "\"stop\"");
        }

        @Override
        String end() {
            return "data: [DONE]\n\n";
        }

        @Override
        String answer(String text) {
            return "{\"choices\":[{\"index\":0,\"message\":%s,\"finish_reason\":\"stop\"}]}".formatted(message(text));
        }

        @Override
        String refusal(String code, String words) {
            return "{\"error\":{\"message\":\"%s\",\"code\":\"%s\"}}".formatted(words, code);
        }

        @Override
        String error(String code, String words) {
            return data(refusal(code, words));
        }

        @Override
        String data(String json) {
            return "data: " + json + "\n\n";
        }

        private String chunk(String delta, String reason) {
            return data("{\"id\":\"c-1\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":%s}]}"
                    .formatted(delta, reason));
        }
    };

    private final String dialect;
    private final String model;

    Spoken(String dialect, String model) {
        this.dialect = dialect;
        this.model = model;
    }

    String dialect() {
        return dialect;
    }

    String model() {
        return model;
    }

    boolean isNative() {
        return this != OPENAI;
    }

    /** An event that brings a piece of the answer. */
    abstract String token(String text);

    /** The event without which an answer is not whole: the {@code result}, or the chunk with the finish reason. */
    abstract String closing(String whole);

    /** The end marker. */
    String end() {
        return event("signal", "{\"data\":\"[DONE]\"}");
    }

    /** A whole answer as one JSON document. */
    abstract String answer(String text);

    /** A refusal as one JSON document. */
    String refusal(String code, String words) {
        return "{\"status\":{\"code\":\"%s\",\"message\":\"%s\"}}".formatted(code, words);
    }

    /** A failure that the stream itself reports. */
    String error(String code, String words) {
        return event("error", refusal(code, words));
    }

    /** An event in the place of a token, with data of any kind. */
    String data(String json) {
        return event("token", json);
    }

    /** A stream with nothing wrong. */
    String stream(String... tokens) {
        return tokens(tokens) + closing(String.join("", tokens)) + end();
    }

    String tokens(String... tokens) {
        StringBuilder events = new StringBuilder();
        for (String token : tokens) {
            events.append(token(token));
        }
        return events.toString();
    }

    static int bytes(String text) {
        return text.getBytes(UTF_8).length;
    }

    private static String event(String name, String data) {
        return "id:1\nevent:" + name + "\ndata:" + data + "\n\n";
    }

    private static String message(String text) {
        return "{\"role\":\"assistant\",\"content\":%s}".formatted(quoted(text));
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }
}
