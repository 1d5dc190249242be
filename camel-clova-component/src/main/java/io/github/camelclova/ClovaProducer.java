package io.github.camelclova;

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
        Chat running = chat;
        if (running == null) {
            exchange.setException(new IllegalStateException("The producer of " + getEndpoint() + " is not started"));
            callback.done(true);
            return true;
        }
        return running.process(exchange, callback);
    }
}
