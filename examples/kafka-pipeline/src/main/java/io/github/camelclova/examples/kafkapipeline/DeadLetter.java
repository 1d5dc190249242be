package io.github.camelclova.examples.kafkapipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelclova.chat.ClovaException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Writes on a record why nobody could answer it, and what to quote to the service's support. */
public final class DeadLetter implements Processor {

    @Override
    public void process(Exchange exchange) {
        Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        Message record = exchange.getMessage();
        record.setHeader("clova-request-id", record.getHeader("CamelClovaRequestId", String.class));
        record.setHeader("clova-failure", failure.getClass().getSimpleName());
        // As bytes: Camel writes texts in the charset of the platform, and a service may speak Korean.
        record.setHeader("clova-reason", String.valueOf(failure.getMessage()).getBytes(UTF_8));
        if (failure instanceof ClovaException refused) {
            record.setHeader("clova-status", String.valueOf(refused.getStatusCode()));
            record.setHeader("clova-code", refused.getCode());
        }
    }
}
