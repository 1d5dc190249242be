package io.github.camelclova;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.camelclova.testing.Reply;
import java.util.Arrays;
import java.util.stream.IntStream;

/** What a service says that has its tools called, as a document or as a stream. Each reply counts 10, 5 and 15 tokens. */
enum ToolTalk {
    CLOVA_V3(Target.V3_MODEL, Spoken.CLOVA_V3) {
        @Override
        String document(String text, String calls, String reason) {
            return "{\"status\":{\"code\":\"20000\"},\"result\":" + result(text, calls, reason) + "}";
        }

        @Override
        String stream(String[] tokens, String calls, String reason) {
            return spoken.tokens(tokens)
                    + event("token", "{\"message\":{\"content\":\"\",\"toolCalls\":[" + calls + "]}}")
                    + event("result", result(String.join("", tokens), calls, reason))
                    + event("signal", "{\"data\":\"[DONE]\"}");
        }

        private String result(String text, String calls, String reason) {
            return """
                    {"message":{"role":"assistant","content":%s,"toolCalls":[%s]},"finishReason":"%s",\
                    "usage":{"promptTokens":10,"completionTokens":5,"totalTokens":15}}""".formatted(quoted(text), calls, reason);
        }
    },

    OPENAI(Target.OPENAI, Spoken.OPENAI) {
        @Override
        String document(String text, String calls, String reason) {
            return """
                    {"choices":[{"index":0,"message":{"role":"assistant","content":%s,"tool_calls":[%s]},\
                    "finish_reason":"%s"}],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}""".formatted(quoted(text), calls, reason);
        }

        @Override
        String stream(String[] tokens, String calls, String reason) {
            return spoken.tokens(tokens)
                    + spoken.data("{\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[%s]}}]}".formatted(calls))
                    + spoken.data(
                            "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"%s\"}]}".formatted(reason))
                    + spoken.data(
                            "{\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}}")
                    + spoken.end();
        }
    };

    /** How the endpoint hands the answer on. */
    enum Mode {
        WHOLE(""),
        PUSHED("streamTo=direct:heard"),
        PULLED("streaming=true");

        final String option;

        Mode(String option) {
            this.option = option;
        }
    }

    /** @param arguments as the model writes them, which need not be JSON */
    record Call(String id, String name, String arguments) {

        private String json(int index) {
            return "{\"index\":%d,\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":%s,\"arguments\":%s}}"
                    .formatted(index, id, quoted(name), quoted(arguments));
        }
    }

    final Target target;
    final Spoken spoken;

    ToolTalk(Target target, Spoken spoken) {
        this.target = target;
        this.spoken = spoken;
    }

    abstract String document(String text, String calls, String reason);

    abstract String stream(String[] tokens, String calls, String reason);

    /** The model wants tools called. */
    Reply calls(Mode mode, Call... calls) {
        return reply(mode, "tool_calls", new String[0], calls);
    }

    /** It answers. */
    Reply says(Mode mode, String... tokens) {
        return reply(mode, "stop", tokens);
    }

    Reply reply(Mode mode, String reason, String[] tokens, Call... calls) {
        String json = IntStream.range(0, calls.length)
                .mapToObj(index -> calls[index].json(index))
                .collect(joining(","));
        return mode == Mode.WHOLE
                ? Reply.json(document(String.join("", Arrays.asList(tokens)), json, reason))
                : Reply.events(stream(tokens, json, reason));
    }

    private static String event(String name, String data) {
        return "id:1\nevent:" + name + "\ndata:" + data + "\n\n";
    }

    private static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }
}
