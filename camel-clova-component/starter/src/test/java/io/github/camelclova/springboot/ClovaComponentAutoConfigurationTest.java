package io.github.camelclova.springboot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclova.ClovaComponent;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.ReceivedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.autoconfigure.context.properties.ConfigurationPropertiesReportEndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.env.EnvironmentEndpointAutoConfiguration;
import org.springframework.boot.actuate.context.properties.ConfigurationPropertiesReportEndpoint;
import org.springframework.boot.actuate.env.EnvironmentEndpoint;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.SystemEnvironmentPropertySource;

class ClovaComponentAutoConfigurationTest {

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private static final String KEY = "nv-not-a-real-key";

    @TempDir
    private Path folder;

    @Configuration(proxyBeanMethods = false)
    static class Partner {

        @Bean
        ClovaComponent partner() {
            ClovaComponent partner = new ClovaComponent();
            partner.getConfiguration().setApiKey("the-partners-key");
            partner.getConfiguration().setModel("HCX-007");
            partner.getConfiguration().setBaseUrl(SERVICE.get().baseUrl());
            return partner;
        }
    }

    @Test
    void readsAnOptionHoweverItsNameIsWritten() {
        for (String name : new String[] {"max-tokens", "maxTokens", "max_tokens", "MAX-TOKENS"}) {
            application()
                    .withPropertyValues("camel.component.clova.%s=12".formatted(name))
                    .run(context -> assertThat(component(context.getBean(CamelContext.class))
                                    .getConfiguration()
                                    .getMaxTokens())
                            .as(name)
                            .isEqualTo(12));
        }
    }

    @Test
    void readsATimeAsSpringBootWritesIt() {
        for (String time : new String[] {"90s", "PT1M30S", "90000"}) {
            application()
                    .withPropertyValues("camel.component.clova.request-timeout=" + time)
                    .run(context -> assertThat(component(context.getBean(CamelContext.class))
                                    .getConfiguration()
                                    .getRequestTimeout())
                            .as(time)
                            .isEqualTo(90_000));
        }
    }

    @Test
    void sendsAHeaderUnderTheNameThatItsPropertyHas() {
        application()
                .withPropertyValues("camel.component.clova.additional-header.X-Gateway=abc")
                .run(context -> assertThat(ask(context.getBean(CamelContext.class), "clova:chat")
                                .headers())
                        .anyMatch(header -> header.getKey().equals("X-Gateway")
                                && header.getValue().equals("abc")));
    }

    @Test
    void readsAKeyFromTheEnvironment() {
        application()
                .withInitializer(context -> context.getEnvironment()
                        .getPropertySources()
                        .addFirst(new SystemEnvironmentPropertySource(
                                "systemEnvironment", Map.of("CAMEL_COMPONENT_CLOVA_API_KEY", KEY))))
                .run(context -> assertThat(keyOf(ask(context.getBean(CamelContext.class), "clova:chat")))
                        .contains(KEY));
    }

    @Test
    void readsAKeyFromTheFileOfASecret() throws IOException {
        Files.writeString(folder.resolve("camel.component.clova.api-key"), KEY + "\n");

        application()
                .withPropertyValues("spring.config.import=configtree:%s/".formatted(folder))
                .withInitializer(new ConfigDataApplicationContextInitializer())
                .run(context -> assertThat(keyOf(ask(context.getBean(CamelContext.class), "clova:chat")))
                        .contains(KEY));
    }

    @Test
    void keepsTheKeysOfTwoComponentsApart() {
        application()
                .withUserConfiguration(Partner.class)
                .withPropertyValues("camel.component.clova.api-key=" + KEY)
                .run(context -> {
                    CamelContext camel = context.getBean(CamelContext.class);

                    ReceivedRequest ours = ask(camel, "clova:chat");
                    ReceivedRequest partners = ask(camel, "partner:chat");

                    assertThat(keyOf(ours)).contains(KEY);
                    assertThat(ours.path()).endsWith("/HCX-005");
                    assertThat(keyOf(partners)).contains("the-partners-key");
                    assertThat(partners.path()).endsWith("/HCX-007");
                });
    }

    @Test
    void leavesTheComponentAloneWhereItIsSwitchedOff() {
        for (String off : new String[] {"camel.component.clova.enabled", "camel.component.clova.customizer.enabled"}) {
            application().withPropertyValues(off + "=false").run(context -> assertThat(
                            component(context.getBean(CamelContext.class))
                                    .getConfiguration()
                                    .getModel())
                    .as(off)
                    .isNull());
        }
    }

    @Test
    void refusesAnOptionThatThereIsNotAndDoesNotTellItsValue() {
        application()
                .withPropertyValues("camel.component.clova.ai-filter-polcy=" + KEY)
                .run(context -> {
                    assertThat(context).hasFailed();
                    assertThat(context.getStartupFailure())
                            .rootCause()
                            .hasMessage("The component clova has no option of this name: "
                                    + "camel.component.clova.ai-filter-polcy");
                    assertThat(context.getStartupFailure().toString()).doesNotContain(KEY);
                });
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void tellsInAFewWordsWhyItDoesNotStart(CapturedOutput output) {
        SpringApplicationBuilder application = new SpringApplicationBuilder(
                        CamelAutoConfiguration.class, ClovaComponentAutoConfiguration.class)
                .web(WebApplicationType.NONE)
                .properties("camel.component.clova.ai-filter-polcy=" + KEY);

        assertThatThrownBy(application::run).hasRootCauseInstanceOf(UnknownPropertyException.class);

        assertThat(output).contains("Correct the name, or remove the property.").doesNotContain(KEY, "\tat ");
    }

    @Test
    void refusesATextWhereABeanIsWanted() {
        application()
                .withPropertyValues("camel.component.clova.ssl-context-parameters=tls")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("takes the name of a bean, as #bean:name"));
    }

    @Test
    void noPageOfActuatorShowsASecret() {
        application()
                .withConfiguration(AutoConfigurations.of(
                        EnvironmentEndpointAutoConfiguration.class,
                        ConfigurationPropertiesReportEndpointAutoConfiguration.class))
                .withPropertyValues(
                        "management.endpoints.web.exposure.include=*",
                        "management.endpoints.jmx.exposure.include=*",
                        "management.endpoint.env.show-values=always",
                        "management.endpoint.configprops.show-values=always",
                        "camel.component.clova.apiKey=" + KEY,
                        "camel.component.clova.configuration.apigw-key=" + KEY,
                        "CAMEL_COMPONENT_CLOVA_CONFIGURATION_API_KEY=" + KEY,
                        "CLOVASTUDIO_API_KEY=" + KEY,
                        "camel.component.clova.additional-header.X-Gateway=" + KEY)
                .run(context -> {
                    String properties = context
                            .getBean(ConfigurationPropertiesReportEndpoint.class)
                            .configurationProperties()
                            .getContexts()
                            .values()
                            .stream()
                            .flatMap(each -> each.getBeans().values().stream())
                            .map(bean -> bean.getProperties() + " " + bean.getInputs())
                            .toList()
                            .toString();
                    String environment =
                            context.getBean(EnvironmentEndpoint.class).environment(null).getPropertySources().stream()
                                    .flatMap(source -> source.getProperties().entrySet().stream())
                                    .map(entry -> entry.getKey() + "="
                                            + entry.getValue().getValue())
                                    .toList()
                                    .toString();

                    assertThat(properties).contains("HCX-005").doesNotContain(KEY);
                    assertThat(environment)
                            .contains("HCX-005", "apiKey=******", "X-Gateway=******")
                            .doesNotContain(KEY);
                });
    }

    private static ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        CamelAutoConfiguration.class,
                        ClovaComponentAutoConfiguration.class,
                        ClovaSanitizingAutoConfiguration.class))
                .withPropertyValues(
                        "camel.component.clova.base-url=" + SERVICE.get().baseUrl(),
                        "camel.component.clova.model=HCX-005");
    }

    private static ClovaComponent component(CamelContext camel) {
        return camel.getComponent("clova", ClovaComponent.class);
    }

    private static ReceivedRequest ask(CamelContext camel, String uri) {
        ClovaStandIn service = SERVICE.get();
        int before = service.requests().size();
        try (FluentProducerTemplate template = camel.createFluentProducerTemplate()) {
            template.to(uri).withBody("hello").request();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(service.requests()).hasSize(before + 1);
        return service.requests().get(before);
    }

    private static String keyOf(ReceivedRequest request) {
        return request.header("Authorization").orElse("none");
    }
}
