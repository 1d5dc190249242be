package io.github.camelclova;

import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.NoSuchEndpointException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.spi.UnitOfWorkFactory;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.UnitOfWorkHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.URISupport;

/** The endpoint of {@code streamTo}: takes the exchanges of streams, each with a unit of work of its own. */
final class TokenTarget implements AutoCloseable {

    private final CamelContext context;
    private final Endpoint from;
    private final AsyncProducer producer;
    private final UnitOfWorkFactory unitsOfWork;

    private TokenTarget(Endpoint from, AsyncProducer producer) {
        this.context = from.getCamelContext();
        this.from = from;
        this.producer = producer;
        this.unitsOfWork = PluginHelper.getUnitOfWorkFactory(context);
    }

    /**
     * Resolves the endpoint and starts a producer to it.
     *
     * @throws IllegalArgumentException if there is no such endpoint
     */
    static TokenTarget start(ClovaEndpoint from, String uri) throws Exception {
        AsyncProducer producer = endpoint(from.getCamelContext(), uri).createAsyncProducer();
        ServiceHelper.startService(producer);
        return new TokenTarget(from, producer);
    }

    private static Endpoint endpoint(CamelContext context, String uri) {
        try {
            return context.getEndpoint(uri);
        } catch (NoSuchEndpointException | ResolveEndpointFailedException unknown) {
            throw new IllegalArgumentException(
                    "Option streamTo: there is no endpoint " + URISupport.sanitizeUri(uri), unknown);
        }
    }

    Exchange newExchange(Exchange original) {
        Exchange exchange = DefaultExchange.newFromEndpoint(from, ExchangePattern.InOnly);
        exchange.setProperty(ExchangePropertyKey.CORRELATION_ID, original.getExchangeId());
        return exchange;
    }

    /** True when the exchange is done with; false when {@code later} will be run once it is. */
    boolean send(Exchange exchange, Runnable later) {
        UnitOfWork unit = unitsOfWork.createUnitOfWork(exchange);
        exchange.getExchangeExtension().setUnitOfWork(unit);
        // A route says "asynchronous" even when it was done before it returned: whoever comes second here goes on.
        AtomicBoolean oneIsThere = new AtomicBoolean();
        try {
            boolean doneSynchronously = producer.process(exchange, doneSync -> {
                UnitOfWorkHelper.doneUow(unit, exchange);
                if (!doneSync && oneIsThere.getAndSet(true)) {
                    later.run();
                }
            });
            return doneSynchronously || oneIsThere.getAndSet(true);
        } catch (Exception | Error thrown) {
            exchange.setException(thrown);
            UnitOfWorkHelper.doneUow(unit, exchange);
            return true;
        }
    }

    @Override
    public void close() {
        ServiceHelper.stopAndShutdownService(producer);
    }
}
