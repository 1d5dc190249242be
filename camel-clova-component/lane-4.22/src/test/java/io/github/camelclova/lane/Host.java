package io.github.camelclova.lane;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.support.PropertyBindingSupport;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** A way to run Camel, each of which gives the component its options by a way of its own. */
enum Host {
    PLAIN {
        @Override
        Running start(Map<String, String> options, RoutesBuilder routes) throws Exception {
            DefaultCamelContext context = new DefaultCamelContext();
            var component = context.getComponent("clova");
            PropertyConfigurer configurer = component.getComponentPropertyConfigurer();
            options.forEach((option, value) -> PropertyBindingSupport.build()
                    .withConfigurer(configurer)
                    .withMandatory(true)
                    .bind(context, component, option, value));
            context.addRoutes(routes);
            context.start();
            return new Running(context, context::stop);
        }
    },

    MAIN {
        @Override
        Running start(Map<String, String> options, RoutesBuilder routes) throws Exception {
            Main main = new Main();
            options.forEach((option, value) -> main.addInitialProperty("camel.component.clova." + option, value));
            main.configure().addRoutesBuilder(routes);
            main.start();
            return new Running(main.getCamelContext(), main::stop);
        }
    },

    SPRING_BOOT {
        @Override
        Running start(Map<String, String> options, RoutesBuilder routes) {
            SpringApplicationBuilder builder = new SpringApplicationBuilder(Application.class)
                    .web(WebApplicationType.NONE)
                    .bannerMode(Banner.Mode.OFF)
                    .initializers(context -> context.getBeanFactory().registerSingleton("routes", routes));
            options.forEach((option, value) -> builder.properties("camel.component.clova." + option + "=" + value));
            ConfigurableApplicationContext application = builder.run();
            return new Running(application.getBean(CamelContext.class), application::close);
        }
    };

    @EnableAutoConfiguration
    static class Application {}

    /** Camel with its routes started. */
    record Running(CamelContext context, Runnable end) implements AutoCloseable {

        @Override
        public void close() {
            end.run();
        }
    }

    abstract Running start(Map<String, String> options, RoutesBuilder routes) throws Exception;
}
