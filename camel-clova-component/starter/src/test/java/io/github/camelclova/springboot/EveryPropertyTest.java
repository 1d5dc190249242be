package io.github.camelclova.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.ClovaComponent;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.tooling.model.ComponentModel.ComponentOptionModel;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** One application that sets every option of the component, and each to something that it would not be by itself. */
@TestInstance(Lifecycle.PER_CLASS)
class EveryPropertyTest {

    @EnableAutoConfiguration
    static class Application {}

    /**
     * @param text what stands in the property, or in the member {@code .some-key} of it
     * @param arrives what the component then has
     */
    private record Setting(String text, Object arrives) {}

    private final Map<String, Setting> settings = new HashMap<>();
    private final Map<String, Object> beans = new HashMap<>();
    private ConfigurableApplicationContext application;
    private ClovaComponent component;

    static List<ComponentOptionModel> options() {
        return Options.all();
    }

    @BeforeAll
    void startWithAllOfThem() {
        Map<String, Object> properties = new HashMap<>();
        for (ComponentOptionModel option : options()) {
            Setting setting = setting(option);
            settings.put(option.getName(), setting);
            String member = option.getJavaType().startsWith("java.util.Map") ? ".some-key" : "";
            properties.put(Options.property(option) + member, setting.text());
        }
        application = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties(properties)
                .initializers((GenericApplicationContext context) ->
                        beans.forEach((name, bean) -> context.getBeanFactory().registerSingleton(name, bean)))
                .run();
        component = application.getBean(CamelContext.class).getComponent("clova", ClovaComponent.class);
    }

    @AfterAll
    void stop() {
        application.close();
    }

    @ParameterizedTest
    @MethodSource("options")
    void reachesTheComponent(ComponentOptionModel option) {
        Object arrived = valueIn(component, option);

        assertThat(arrived).isEqualTo(settings.get(option.getName()).arrives());
        assertThat(arrived).as("is not there anyway").isNotEqualTo(valueIn(new ClovaComponent(), option));
    }

    @ParameterizedTest
    @MethodSource("options")
    void isNotTouchedWhenItIsNotSet(ComponentOptionModel option) {
        assertThat(new ClovaComponentConfiguration())
                .extracting(option.getName())
                .as("a value here would beat what the component decides by itself")
                .isNull();
    }

    private Object valueIn(ClovaComponent from, ComponentOptionModel option) {
        from.setCamelContext(application.getBean(CamelContext.class));
        from.init();
        return ((PropertyConfigurerGetter) from.getComponentPropertyConfigurer())
                .getOptionValue(from, option.getName(), true);
    }

    private Setting setting(ComponentOptionModel option) {
        if (option.getEnums() != null) {
            String other = option.getEnums().stream()
                    .filter(value -> !value.equals(option.getDefaultValue()))
                    .findFirst()
                    .orElseThrow();
            return new Setting(other, option.getJavaType().equals("Boolean") ? Boolean.valueOf(other) : other);
        }
        return switch (option.getType()) {
            case "boolean" -> {
                boolean other = !Objects.equals(option.getDefaultValue(), true);
                yield new Setting(Boolean.toString(other), other);
            }
            case "integer" -> new Setting("7", option.getJavaType().endsWith("ong") ? (Object) 7L : (Object) 7);
            case "number" -> new Setting("0.25", 0.25);
            case "duration" -> new Setting("7s", 7_000L);
            case "string" -> new Setting("a text of " + option.getName(), "a text of " + option.getName());
            case "object" -> object(option);
            default -> throw new AssertionError("nobody has thought of the type " + option.getType());
        };
    }

    private Setting object(ComponentOptionModel option) {
        if (option.getJavaType().startsWith("java.util.Map")) {
            return new Setting("a value", Map.of("some-key", "a value"));
        }
        Object bean = instance(option.getJavaType());
        beans.put("bean-for-" + option.getName(), bean);
        return new Setting("#bean:bean-for-" + option.getName(), bean);
    }

    private static Object instance(String type) {
        try {
            Class<?> wanted = Class.forName(type);
            return wanted.isInterface()
                    ? Proxy.newProxyInstance(
                            wanted.getClassLoader(), new Class<?>[] {wanted}, EveryPropertyTest::nothing)
                    : wanted.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no instance of " + type, e);
        }
    }

    private static Object nothing(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> null;
        };
    }
}
