package io.github.camelclova.examples.moderatedchat;

import io.github.camelclova.testing.LiveReply;

/** Lines that CLOVA Studio sends while it answers. */
final class Service {

    private Service() {}

    static String token(String text) {
        return "event: token\ndata: {\"message\":{\"role\":\"assistant\",\"content\":%s},\"finishReason\":null}\n\n"
                .formatted(Json.of(text));
    }

    /** The closing event; 0 is the filter's worst score, 2 its best. */
    static String result(String text, int insult) {
        return """
                event: result
                data: {"message":{"role":"assistant","content":%s},"finishReason":"stop",\
                "usage":{"promptTokens":14,"completionTokens":3,"totalTokens":17},"aiFilter":[\
                {"groupName":"curse","name":"insult","score":"%d","result":"OK"},\
                {"groupName":"curse","name":"discrimination","score":"2","result":"OK"},\
                {"groupName":"unsafeContents","name":"sexualHarassment","score":"2","result":"OK"}]}

                event: signal
                data: {"data":"[DONE]"}

                """.formatted(Json.of(text), insult);
    }

    static void finish(LiveReply answer, String text, int insult) {
        answer.send(result(text, insult));
        answer.finish();
    }
}
