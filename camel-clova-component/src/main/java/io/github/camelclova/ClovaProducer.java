package io.github.camelclova;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;
import org.jspecify.annotations.Nullable;

/** Asks with an exchange and continues it with the answer. The caller's thread is free in between. */
final class ClovaProducer extends DefaultAsyncProducer {

    private @Nullable RunningOperation operation;

    ClovaProducer(ClovaEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        operation = RunningOperation.start((ClovaEndpoint) getEndpoint());
    }

    @Override
    protected void doStop() throws Exception {
        if (operation != null) {
            operation.close();
        }
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        RunningOperation running = operation;
        if (running == null) {
            exchange.setException(new IllegalStateException("The producer of " + getEndpoint() + " is not started"));
            callback.done(true);
            return true;
        }
        return running.process(exchange, callback);
    }
}
