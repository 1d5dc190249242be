package io.github.camelclova.examples.kafkapipeline;

import io.github.camelclova.chat.ClovaException;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Makes the next try wait as long as the service asked for, where that is no more than a minute: a thread that waits longer does
 * not poll, and Kafka would give its partitions to another.
 */
public final class WaitAsAsked implements Processor {

    static final Duration LONGEST = Duration.ofMinutes(1);

    @Override
    public void process(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        if (failure instanceof ClovaException refused && refused.getRetryAfter() != null) {
            Duration asked = refused.getRetryAfter();
            Duration wait = asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
            exchange.getIn().setHeader(Exchange.REDELIVERY_DELAY, wait.toMillis());
        }
    }
}
