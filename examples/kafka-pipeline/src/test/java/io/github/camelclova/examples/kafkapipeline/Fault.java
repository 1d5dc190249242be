package io.github.camelclova.examples.kafkapipeline;

import io.github.camelclova.testing.Ending;
import io.github.camelclova.testing.Reply;

/** A way in which a call fails that would have succeeded a moment later. */
enum Fault {
    TOO_MANY {
        @Override
        Reply instead(String answer) {
            return Reply.json(429, error("42901"));
        }
    },
    INTERNAL {
        @Override
        Reply instead(String answer) {
            return Reply.json(500, error("50000"));
        }
    },
    UNAVAILABLE {
        @Override
        Reply instead(String answer) {
            return Reply.text(503, "text/plain", "busy");
        }
    },
    RESET {
        @Override
        Reply instead(String answer) {
            return Reply.nothing().ending(Ending.RESET);
        }
    },
    CLOSED_EARLY {
        @Override
        Reply instead(String answer) {
            return Reply.json(answer).truncatedAt(answer.length() / 2).ending(Ending.CLOSE);
        }
    },
    HALF_OF_THE_JSON {
        @Override
        Reply instead(String answer) {
            return Reply.json(answer.substring(0, answer.length() / 2));
        }
    },
    ERROR_WITH_200 {
        @Override
        Reply instead(String answer) {
            return Reply.json(error("50000"));
        }
    };

    abstract Reply instead(String answer);

    static String error(String code) {
        return """
                {"status":{"code":"%s","message":"no"}}""".formatted(code);
    }
}
