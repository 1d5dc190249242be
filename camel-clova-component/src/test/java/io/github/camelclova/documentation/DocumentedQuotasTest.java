package io.github.camelclova.documentation;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.ClovaQuota;
import io.github.camelclova.testing.Reply;
import java.util.Properties;
import org.apache.camel.StatefulService;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.throttling.ThrottlingExceptionHalfOpenHandler;
import org.junit.jupiter.api.Test;

@InEveryDsl
class DocumentedQuotasTest extends DocumentedRoutes {

    @Test
    void whatWouldWaitTooLongGoesElsewhere() throws Exception {
        load("quotas");
        template.asyncSendBody("direct:ask", "one");
        service().awaitRequest(0, ofSeconds(10));
        for (int i = 0; i < 8; i++) {
            template.asyncSendBody("direct:ask", "another");
        }

        await().atMost(ofSeconds(20))
                .untilAsserted(() -> assertThat(exchangesAt("ask-later")).isNotEmpty());
        assertThat(exchangesAt("answers")).hasSizeBetween(1, 4);
    }

    @Test
    void aConsumerRestsUntilThereIsQuotaAgain() throws Exception {
        Properties records = new Properties();
        records.setProperty("records", "seda:records");
        context.getPropertiesComponent().setInitialProperties(records);
        load("quota-pauses");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:other").to("clova:chat?model=HCX-005");
            }
        });
        service().replays(Reply.nothing());
        template.asyncSendBody("direct:other", "holds the only place");
        service().awaitRequest(0, ofSeconds(10));
        ClovaQuota quota = new ClovaQuota(context, "clova:chat?model=HCX-005");
        quota.setWithin(500);
        assertThat(quota.isAvailable()).isFalse();

        template.sendBody("seda:records", "comes too early");

        await().until(() -> isSuspended());
        template.sendBody("seda:records", "waits");
        assertThat(exchangesAt("answers")).isEmpty();

        service().reset();

        await().atMost(ofSeconds(20))
                .untilAsserted(() -> assertThat(exchangesAt("answers")).hasSize(1));
        await().until(() -> !isSuspended());
        assertThat(quota.isAvailable()).isTrue();
    }

    @Test
    void itFitsWhereCamelAsksWhetherToGoOn() {
        ClovaQuota quota = new ClovaQuota(context, "clova:chat?model=HCX-005");
        org.apache.camel.Predicate predicate = quota;
        java.util.function.Predicate<Object> check = quota;
        ThrottlingExceptionHalfOpenHandler handler = quota;

        assertThat(predicate.matches(null)).isTrue();
        assertThat(check.test(null)).isTrue();
        assertThat(handler.isReadyToBeClosed()).isTrue();
        assertThat(quota.getExpectedWait()).isZero();
    }

    @Test
    void itSaysWhatItCannotLookAt() {
        ClovaQuota ofNothing = new ClovaQuota();
        ofNothing.setCamelContext(context);
        ClovaQuota ofAnother = new ClovaQuota(context, "direct:ask");
        ClovaQuota ofNoModel = new ClovaQuota(context, "clova:chat?dialect=clova-v3&allowedHeaderOverrides=model");

        assertThatThrownBy(ofNothing::isAvailable).hasMessageContaining("needs the URI");
        assertThatThrownBy(ofAnother::isAvailable).hasMessageContaining("URI of a clova:chat endpoint");
        assertThatThrownBy(ofNoModel::isAvailable).hasMessageContaining("names its model");
    }

    private boolean isSuspended() {
        return context.getRoutes().stream()
                .filter(route -> route.getConsumer() instanceof DefaultConsumer
                        && route.getEndpoint().getEndpointUri().startsWith("seda"))
                .allMatch(route -> ((StatefulService) route.getConsumer()).isSuspended());
    }
}
