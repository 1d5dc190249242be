package io.github.camelclova;

import io.github.camelclova.testing.Reply;

/** What a service of the dialect clova-v3 says in the tests of transport. */
final class Answers {

    static final String TEXT = "안녕하세요";

    static final String JSON = """
            {"status":{"code":"20000","message":"OK"},"result":{"message":{"role":"assistant","content":"안녕하세요"},\
            "finishReason":"stop","usage":{"promptTokens":1,"completionTokens":2,"totalTokens":3}}}""";

    private Answers() {}

    static Reply good() {
        return Reply.json(JSON);
    }

    static Reply envelope(int httpStatus, String code) {
        return Reply.json(
                httpStatus, "{\"status\":{\"code\":\"%s\",\"message\":\"no\"},\"result\":null}".formatted(code));
    }
}
