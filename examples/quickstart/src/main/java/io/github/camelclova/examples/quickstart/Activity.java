package io.github.camelclova.examples.quickstart;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailureHandledEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Knows since when nothing has happened, and how many exchanges failed. */
final class Activity extends EventNotifierSupport {

    private final AtomicInteger failures = new AtomicInteger();
    private volatile long lastEvent;

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof ExchangeEvent;
    }

    @Override
    public void notify(CamelEvent event) {
        lastEvent = System.nanoTime();
        // The route handles its failures itself, so they are no ExchangeFailedEvent.
        if (event instanceof ExchangeFailureHandledEvent || event instanceof ExchangeFailedEvent) {
            failures.incrementAndGet();
        }
    }

    /** Whether no exchange has been on its way for so long. Counts from the first time that somebody asks. */
    boolean quietFor(CamelContext context, Duration time) {
        if (lastEvent == 0 || context.getInflightRepository().size() > 0) {
            lastEvent = System.nanoTime();
        }
        return System.nanoTime() - lastEvent >= time.toNanos();
    }

    int failures() {
        return failures.get();
    }
}
