package io.github.camelclova.examples.kafkapipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.ClovaRateLimitException;
import io.github.camelclova.chat.Failure;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitAsAskedTest {

    @ParameterizedTest
    @CsvSource({"1, 1000", "59, 59000", "60, 60000", "3600, 60000"})
    void theNextTryWaitsAsLongAsTheServiceAskedForButForNoMoreThanAMinute(int seconds, long expectedMillis)
            throws Exception {
        Exchange failed = failedWith(Failure.of("questions-0-7").withRetryAfter(Duration.ofSeconds(seconds)));

        assertThat(failed.getIn().getHeader(Exchange.REDELIVERY_DELAY)).isEqualTo(expectedMillis);
    }

    @Test
    void whereTheServiceSaidNothingTheRouteDecides() throws Exception {
        Exchange failed = failedWith(Failure.of("questions-0-7"));

        assertThat(failed.getIn().getHeaders()).isEmpty();
    }

    private static Exchange failedWith(Failure failure) throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            Exchange exchange = new DefaultExchange(context);
            exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new ClovaRateLimitException("too many", failure));
            new WaitAsAsked().process(exchange);
            return exchange;
        }
    }
}
