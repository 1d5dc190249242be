package io.github.camelclova;

import io.github.camelclova.chat.Answer;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/** Asks with an exchange and continues it with the answer. The caller's thread is free in between. */
final class ClovaProducer extends DefaultAsyncProducer {

    private @Nullable Chat chat;

    ClovaProducer(ClovaEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        chat = Chat.start((ClovaEndpoint) getEndpoint());
    }

    @Override
    protected void doStop() throws Exception {
        if (chat != null) {
            chat.close();
        }
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<Answer> answer;
        Chat running = chat;
        try {
            if (running == null) {
                throw new IllegalStateException("The producer of %s is not started".formatted(getEndpoint()));
            }
            answer = running.ask(exchange);
        } catch (RuntimeException refused) {
            exchange.setException(refused);
            callback.done(true);
            return true;
        }
        answer.whenComplete((answered, failure) -> {
            running.goOn(exchange, answered, failure);
            callback.done(false);
        });
        return false;
    }
}
