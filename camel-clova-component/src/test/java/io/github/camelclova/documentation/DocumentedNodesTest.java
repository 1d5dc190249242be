package io.github.camelclova.documentation;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.ClovaComponent;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.ThreadPoolProfileBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** The page about running on one node and on many. */
class DocumentedNodesTest extends DocumentedRoutes {

    private static final int SLOW_STEPS = 30;

    @Test
    void aWiderPoolRunsMoreSlowStepsAtOnce() throws Exception {
        CountDownLatch allAtOnce = new CountDownLatch(SLOW_STEPS);
        try (DefaultCamelContext wide = new DefaultCamelContext()) {
            widen(wide);
            wide.getComponent("clova", ClovaComponent.class)
                    .getConfiguration()
                    .setBaseUrl(service().baseUrl());
            wide.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:ask").to("clova:chat?model=HCX-005").process(exchange -> {
                        allAtOnce.countDown();
                        assertThat(allAtOnce.await(20, SECONDS)).isTrue();
                    });
                }
            });
            wide.start();
            for (int i = 0; i < SLOW_STEPS; i++) {
                wide.createProducerTemplate().asyncSendBody("direct:ask", "When?");
            }

            await().until(() -> allAtOnce.getCount() == 0);
        }
    }

    private static void widen(CamelContext context) {
        // tag::pool[]
        context.getExecutorServiceManager()
                .registerThreadPoolProfile(new ThreadPoolProfileBuilder("clova")
                        .poolSize(40)
                        .maxPoolSize(40)
                        .build());
        // end::pool[]
    }
}
