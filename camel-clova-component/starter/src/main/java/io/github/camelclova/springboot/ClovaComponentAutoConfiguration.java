package io.github.camelclova.springboot;

import io.github.camelclova.ClovaComponent;
import io.github.camelclova.ClovaConfiguration;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.ComponentConfigurationProperties;
import org.apache.camel.spring.boot.util.CamelPropertiesHelper;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesBinding;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/**
 * Gives the component {@code clova} what {@code camel.component.clova.*} says, before its first endpoint is made. What is not
 * said there is left as it is, and what no option has the name of is refused.
 *
 * <p>A second {@link ClovaComponent} under another name, such as one with another key, is left as its bean made it.
 */
@AutoConfiguration(after = CamelAutoConfiguration.class)
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
@EnableConfigurationProperties({ComponentConfigurationProperties.class, ClovaComponentConfiguration.class})
@ConditionalOnHierarchicalProperties({"camel.component", "camel.component.clova"})
public class ClovaComponentAutoConfiguration {

    private static final String NAME = "clova";
    private static final String WHOLE = "configuration";

    ClovaComponentAutoConfiguration(Environment environment) {
        UnknownProperties.refuse(environment);
    }

    @Bean
    @ConfigurationPropertiesBinding
    static ClovaComponentConverter clovaComponentConverter(BeanFactory beans) {
        return new ClovaComponentConverter(beans);
    }

    @Lazy
    @Bean
    ComponentCustomizer configureClovaComponent(
            CamelContext camel, ApplicationContext application, ClovaComponentConfiguration configuration) {
        return new ComponentCustomizer() {
            @Override
            public void configure(String name, Component component) {
                Map<String, Object> options = CamelPropertiesHelper.getNonNullProperties(camel, configuration);
                // First, or it would replace what single options have set.
                Object whole = options.remove(WHOLE);
                if (whole != null) {
                    ((ClovaComponent) component).setConfiguration((ClovaConfiguration) whole);
                }
                CamelPropertiesHelper.copyProperties(camel, options, component);
            }

            @Override
            public boolean isEnabled(String name, Component component) {
                return NAME.equals(name)
                        && component instanceof ClovaComponent
                        && HierarchicalPropertiesEvaluator.evaluate(
                                application, "camel.component.customizer", "camel.component.clova.customizer");
            }
        };
    }
}
