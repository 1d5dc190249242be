package io.github.camelclova.examples.kafkapipeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever fails, a record is done or given back before Kafka takes its partition away. */
class TimeBudgetTest {

    private final String routes = routes();

    @Test
    void allTriesOfARecordFitBetweenTwoPolls() {
        long tries = 1 + number("maximumRedeliveries: \"(\\d+)\"\n +redeliveryDelay: \"500\"");
        Duration call = Duration.ofSeconds(number("requestTimeout: (\\d+)s"));
        Duration write = Duration.ofMillis(number("maxBlockMs: (\\d+)") + number("deliveryTimeoutMs: (\\d+)"));
        Duration pause = Duration.ofMillis(number("maximumRedeliveryDelay: \"(\\d+)\""));

        Duration asking = call.multipliedBy(tries).plus(WaitAsAsked.LONGEST.multipliedBy(tries - 1));
        Duration writing = write.multipliedBy(tries).plus(pause.multipliedBy(tries - 1));

        assertThat(asking.plus(writing)).isLessThan(betweenTwoPolls());
    }

    @Test
    void soDoThoseOfARecordThatWaitsForARightKey() {
        long tries = 1 + number("maximumRedeliveries: \"(\\d+)\"\n +redeliveryDelay: \"\\{\\{pipeline.keyDelay");
        Duration pause = Duration.ofMillis(number("pipeline.keyDelay:(\\d+)"));
        Duration call = Duration.ofSeconds(number("requestTimeout: (\\d+)s"));

        assertThat(call.multipliedBy(tries).plus(pause.multipliedBy(tries - 1))).isLessThan(betweenTwoPolls());
    }

    private Duration betweenTwoPolls() {
        return Duration.ofMillis(number("pipeline.maxPollInterval:(\\d+)"));
    }

    private long number(String pattern) {
        Matcher found = Pattern.compile(pattern).matcher(routes);
        assertThat(found.find()).as(pattern).isTrue();
        return Long.parseLong(found.group(1));
    }

    private static String routes() {
        try (InputStream in = TimeBudgetTest.class.getResourceAsStream("/camel/pipeline.camel.yaml")) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
