package io.github.camelclova.examples.springboot;

import io.github.camelclova.testing.ClovaStandIn;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.core.env.MapPropertySource;

/** Lets the example run without a key: starts a stand-in service when there is neither a key nor an address to ask. */
final class StandInUnlessTold implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Logger LOG = LoggerFactory.getLogger(StandInUnlessTold.class);
    private static final String ADDRESS = "camel.component.clova.base-url";

    /** Slow enough to watch. */
    private static final Duration TOKEN_DELAY = Duration.ofMillis(80);

    @Override
    public void initialize(ConfigurableApplicationContext application) {
        boolean told = Stream.of(ADDRESS, "camel.component.clova.api-key", "CLOVASTUDIO_API_KEY")
                .anyMatch(application.getEnvironment()::containsProperty);
        if (told) {
            return;
        }
        LOG.info("No key and no address: starting the built-in stand-in, which is no model.");
        ClovaStandIn standIn = ClovaStandIn.builder().tokenDelay(TOKEN_DELAY).start();
        application
                .getEnvironment()
                .getPropertySources()
                .addLast(new MapPropertySource("stand-in", Map.of(ADDRESS, standIn.baseUrl())));
        application.addApplicationListener((ContextClosedEvent closed) -> standIn.close());
    }
}
