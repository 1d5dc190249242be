package io.github.camelclova;

import io.github.camelclova.chat.Answer;
import io.github.camelclova.protocol.ChatClient;
import io.github.camelclova.transport.Deadline;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The operation {@code chat} of a started endpoint: asks with an exchange and writes the answer into it. */
final class Chat implements AutoCloseable {

    private final ChatSettings settings;
    private final Requests requests;
    private final Replies replies;
    private final ChatClient client;

    private Chat(ChatSettings settings, Engine engine) {
        this.settings = settings;
        this.requests = new Requests(settings);
        this.replies = new Replies(settings);
        this.client = new ChatClient(
                settings.service(),
                engine.transport(settings.connections()),
                settings.limits(),
                settings.retry(),
                engine.dispatcher(),
                engine.clock());
    }

    /**
     * Checks the endpoint's options.
     *
     * @throws IllegalArgumentException naming the option that is wrong
     */
    static Chat start(ClovaEndpoint endpoint) {
        return new Chat(EndpointOptions.check(endpoint), endpoint.component().engine());
    }

    /**
     * Ends on a thread of the component's pool, never on an I/O thread.
     *
     * @throws IllegalArgumentException naming the header or the body that is wrong
     */
    CompletableFuture<Answer> ask(Exchange exchange) {
        return client.complete(requests.from(exchange), Deadline.in(settings.requestTimeout()));
    }

    /** Either the answer or the failure is on the exchange afterwards, and with a failure its message is as it was. */
    void goOn(Exchange exchange, @Nullable Answer answer, @Nullable Throwable failure) {
        if (answer == null) {
            exchange.setException(failure);
            return;
        }
        try {
            replies.write(answer, exchange.getMessage());
        } catch (RuntimeException heldBack) {
            exchange.setException(heldBack);
        }
    }

    /** Gives up what is still on its way. */
    @Override
    public void close() {
        client.close();
    }
}
