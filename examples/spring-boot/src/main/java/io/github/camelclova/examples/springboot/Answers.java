package io.github.camelclova.examples.springboot;

import org.apache.camel.ProducerTemplate;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * A question comes in, its answer goes out as server-sent events. A body in JSON is what no page of another site can send
 * here without being asked for its origin.
 */
@RestController
class Answers {

    private static final int LONGEST_QUESTION = 2_000;

    private final ProducerTemplate camel;
    private final Listeners listeners;

    record Question(String question) {}

    Answers(ProducerTemplate camel, Listeners listeners) {
        this.camel = camel;
        this.listeners = listeners;
    }

    @PostMapping(path = "/support/answers", consumes = MediaType.APPLICATION_JSON_VALUE)
    SseEmitter support(@RequestBody Question question) {
        return ask("direct:support", question.question());
    }

    @PostMapping(path = "/sales/answers", consumes = MediaType.APPLICATION_JSON_VALUE)
    SseEmitter sales(@RequestBody Question question) {
        return ask("direct:sales", question.question());
    }

    /** Returns at once: no thread of the web server waits for the answer. */
    private SseEmitter ask(String route, String question) {
        if (question == null || question.isBlank() || question.length() > LONGEST_QUESTION) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "question: 1 to %d characters".formatted(LONGEST_QUESTION));
        }
        Listener listener = listeners.open();
        camel.asyncSend(route, exchange -> {
                    exchange.getMessage().setBody(question);
                    exchange.getMessage().setHeader(Listener.HEADER, listener);
                })
                // A stream closes itself; what failed before there was one does not.
                .whenComplete((exchange, failure) -> listener.fail());
        return listener.events();
    }
}
