package io.github.camelclova;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FilterFunctionsTest {

    private final CamelContext context = new DefaultCamelContext();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void aRouteMayUseThemBeforeAnyRouteAsks() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:tokens")
                        .choice()
                        .when(simple("${clova-flagged('insult')}"))
                        .setBody(constant("flagged"))
                        .otherwise()
                        .setBody(constant("fine"));
            }
        });
        context.start();

        assertThat(answerTo(true)).isEqualTo("flagged");
        assertThat(answerTo(false)).isEqualTo("fine");
        assertThat(context.hasComponent("clova")).isNull();
    }

    private String answerTo(boolean flagged) {
        Map<String, Object> headers = Map.of(
                ClovaConstants.AI_FILTER_FLAGGED,
                flagged,
                ClovaConstants.AI_FILTER_REASONS,
                flagged ? List.of("insult") : List.of());
        return context.createProducerTemplate().requestBodyAndHeaders("direct:tokens", "안녕", headers, String.class);
    }
}
