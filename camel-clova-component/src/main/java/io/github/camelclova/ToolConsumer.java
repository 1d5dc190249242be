package io.github.camelclova;

import io.github.camelclova.protocol.ToolDefinition;
import org.apache.camel.Processor;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.Suspendable;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;

/** Makes its route a tool, as long as it is started and not suspended. */
final class ToolConsumer extends DefaultConsumer implements ShutdownAware, Suspendable {

    private final ToolDefinition definition;

    ToolConsumer(ClovaEndpoint endpoint, Processor processor, ToolDefinition definition) {
        super(endpoint, processor);
        this.definition = definition;
    }

    String name() {
        return definition.name();
    }

    ToolDefinition definition() {
        return definition;
    }

    private ToolRoutes routes() {
        return ToolRoutes.of(getEndpoint().getCamelContext());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        routes().add(this);
    }

    @Override
    protected void doStop() throws Exception {
        routes().remove(this);
        super.doStop();
    }

    @Override
    protected void doSuspend() {
        routes().remove(this);
    }

    @Override
    protected void doResume() {
        routes().add(this);
    }

    /** A conversation that is on its way when the context stops may need the tool to come to its end. */
    @Override
    public boolean deferShutdown(ShutdownRunningTask task) {
        return true;
    }

    @Override
    public int getPendingExchangesSize() {
        return 0;
    }

    @Override
    public void prepareShutdown(boolean suspendOnly, boolean forced) {
        // Nothing waits here: what a tool works on is with its route.
    }
}
