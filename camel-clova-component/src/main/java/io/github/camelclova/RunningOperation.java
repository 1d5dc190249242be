package io.github.camelclova;

import io.github.camelclova.protocol.Operation;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;

/** The operation of a started endpoint. */
interface RunningOperation extends AutoCloseable {

    /**
     * Checks the endpoint's options.
     *
     * @throws IllegalArgumentException naming the option that is wrong
     */
    static RunningOperation start(ClovaEndpoint endpoint) throws Exception {
        Operation operation = OperationOptions.operation(endpoint.getOperation());
        return operation == Operation.CHAT ? Chat.start(endpoint) : PlainOperation.start(endpoint, operation);
    }

    /** As {@link org.apache.camel.AsyncProcessor#process}: either the answer or a failure is on the exchange in the end. */
    boolean process(Exchange exchange, AsyncCallback callback);

    /** Gives up what is still on its way, and what is asked later. */
    @Override
    void close();
}
