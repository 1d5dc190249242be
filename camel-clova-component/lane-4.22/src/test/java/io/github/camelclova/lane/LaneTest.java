package io.github.camelclova.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclova.ClovaComponent;
import io.github.camelclova.ClovaConstants;
import io.github.camelclova.springboot.ClovaSanitizingAutoConfiguration;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.ReceivedRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** What routes rest on most, in each way to run Camel. The component's own tests say the rest. */
class LaneTest {

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private final List<String> told = new CopyOnWriteArrayList<>();

    @Test
    void isTheLaneOfCamel422AndSpringBoot41() {
        assertThat(SpringBootVersion.getVersion()).startsWith("4.1.");
        assertThat(CamelContext.class.getPackage().getImplementationVersion()).startsWith("4.22.");
    }

    /** The component refers to it in the classes of the endpoint DSL only, which nobody loads here. */
    @Test
    void isTheLaneWithoutTheEndpointDsl() {
        assertThatThrownBy(() -> Class.forName("org.apache.camel.builder.endpoint.AbstractEndpointBuilder"))
                .isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void keepsKeysFromActuator() {
        try (var application = new AnnotationConfigApplicationContext(ClovaSanitizingAutoConfiguration.class)) {
            SanitizableData shown = new SanitizableData(null, "camel.component.clova.api-key", "not-a-key");

            assertThat(application
                            .getBean(SanitizingFunction.class)
                            .apply(shown)
                            .getValue())
                    .isEqualTo(SanitizableData.SANITIZED_VALUE);
        }
    }

    @Test
    void refusesAPropertyThatNoOptionHas() {
        assertThatThrownBy(() -> Host.SPRING_BOOT.start(Map.of("modell", "HCX-005"), routes()))
                .hasRootCauseMessage("The component clova has no option of this name: camel.component.clova.modell");
    }

    @ParameterizedTest
    @EnumSource
    void answersPushesAndPulls(Host host) throws Exception {
        Map<String, String> options = Map.of(
                "base-url", SERVICE.get().baseUrl(),
                "model", "HCX-005",
                "api-key", "not-a-key",
                "max-tokens", "12",
                "request-timeout", "5s",
                "ai-filter-policy", "moderate");

        try (Host.Running camel = host.start(options, routes());
                ProducerTemplate template = camel.context().createProducerTemplate()) {
            Exchange answer = ask(template, "direct:ask");
            Exchange pushed = ask(template, "direct:push");
            Exchange pulled = ask(template, "direct:pull");

            String text = answer.getMessage().getBody(String.class);
            assertThat(text).isNotBlank();
            assertThat(answer.getMessage().getHeader(ClovaConstants.AI_FILTER_FLAGGED))
                    .isEqualTo(false);
            assertThat(pushed.getMessage().getBody()).isEqualTo(text);
            assertThat(pulled.getException()).isNull();
            assertThat(told).containsSubsequence("push result " + text, "pull result " + text);
            assertThat(joined("push token ")).isEqualTo(text);
            assertThat(joined("pull token ")).isEqualTo(text);
            assertThat(camel.context()
                            .getComponent("clova", ClovaComponent.class)
                            .getConfiguration()
                            .getRequestTimeout())
                    .isEqualTo(5_000);
        }

        List<ReceivedRequest> requests = SERVICE.get().requests();
        assertThat(requests).hasSize(3).allSatisfy(request -> {
            assertThat(request.header("Authorization")).contains("Bearer not-a-key");
            assertThat(request.json().path("maxTokens").asInt()).isEqualTo(12);
        });
    }

    private RouteBuilder routes() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ask").to("clova:chat");
                from("direct:push").to("clova:chat?streamTo=direct:tokens");
                from("direct:tokens").process(token -> tell("push", token));
                from("direct:pull")
                        .to("clova:chat?streaming=true")
                        .split(body())
                        .streaming()
                        .stopOnException()
                        .process(token -> tell("pull", token));
            }
        };
    }

    private void tell(String how, Exchange token) {
        told.add("%s %s %s"
                .formatted(
                        how,
                        token.getMessage().getHeader(ClovaConstants.EVENT_TYPE),
                        token.getMessage().getBody(String.class)));
    }

    private String joined(String prefix) {
        return String.join(
                "",
                told.stream()
                        .filter(line -> line.startsWith(prefix))
                        .map(line -> line.substring(prefix.length()))
                        .toList());
    }

    private static Exchange ask(ProducerTemplate template, String route) {
        Exchange answer =
                template.request(route, exchange -> exchange.getMessage().setBody("Is it in stock?"));
        assertThat(answer.getException()).isNull();
        return answer;
    }
}
