package io.github.camelclova.examples.springboot;

import io.github.camelclova.ClovaComponent;
import io.github.camelclova.ClovaConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.scheduling.annotation.EnableScheduling;

/** A web service that hands answers on while they are being written. */
@SpringBootApplication
@EnableScheduling
public class Application {

    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    public static void main(String[] args) {
        application().run(args);
    }

    static SpringApplication application() {
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(new StandInUnlessTold());
        return application;
    }

    @EventListener
    void tellHowToAsk(ApplicationReadyEvent ready) {
        String port = ready.getApplicationContext().getEnvironment().getProperty("local.server.port");
        LOG.info(
                "Ready. Ask: curl -N -H 'Content-Type: application/json' -d '{\"question\":\"Is it far?\"}'"
                        + " http://127.0.0.1:{}/support/answers",
                port);
    }

    // tag::second-key[]
    /** A second component, {@code sales:chat}: the sales department pays for its questions with a key of its own. */
    @Bean
    ClovaComponent sales(ClovaConfiguration salesConfiguration) {
        ClovaComponent sales = new ClovaComponent();
        sales.setConfiguration(salesConfiguration);
        return sales;
    }

    /** What {@code sales.*} says, such as {@code sales.api-key}. */
    @Bean
    @ConfigurationProperties("sales")
    ClovaConfiguration salesConfiguration(Environment environment) {
        ClovaConfiguration sales = new ClovaConfiguration();
        // Where to ask is said once for both.
        sales.setBaseUrl(environment.getProperty("camel.component.clova.base-url"));
        sales.setDialect(environment.getProperty("camel.component.clova.dialect", sales.getDialect()));
        return sales;
    }
    // end::second-key[]
}
