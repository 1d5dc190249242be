package io.github.camelclova;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaQuotaException;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.Ending;
import io.github.camelclova.testing.Reply;
import io.github.camelclova.testing.Transcript;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What can be seen of the component from outside: meters, JMX, the console, health, and where its services are. */
class ObservationTest {

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private static final String DURATION = "gen_ai.client.operation.duration";

    private ClovaStandIn service;

    @BeforeEach
    void start() {
        service = SERVICE.get();
    }

    private static Reply stream() {
        return Reply.events(Transcript.load("transcripts/clova-v3/hello-in-three-tokens.sse"));
    }

    private static Reply helloOf(String model) {
        return Reply.json(Target.OPENAI.hello().put("model", model).toString());
    }

    private String openAi(String... options) {
        return "clova:chat?dialect=openai&model=small-1&maxRetries=0&baseUrl=%s%s"
                .formatted(service.openAiBaseUrl(), options.length == 0 ? "" : "&" + String.join("&", options));
    }

    // ---- meters

    @Test
    void modelsThatHeadersNameAreNotToldApart() throws Exception {
        try (ObservedRoutes routes = new ObservedRoutes(Map.of("ask", openAi("allowedHeaderOverrides=model")))) {
            for (int i = 0; i < 100; i++) {
                service.replays(helloOf("small-1"));
                routes.ask("ask", "hello", Map.of(ClovaConstants.MODEL, "model-" + i));
            }

            assertThat(routes.tagValues(DURATION, "gen_ai.request.model")).containsExactly("other");
            assertThat(routes.total(DURATION)).isEqualTo(100);
        }
    }

    @Test
    void modelsThatTheServiceNamesAreToldApartUpToALimit() throws Exception {
        try (ObservedRoutes routes = new ObservedRoutes(Map.of("ask", openAi()))) {
            for (int i = 0; i < 60; i++) {
                service.replays(helloOf("small-" + i));
                routes.ask("ask");
            }
            service.replays(helloOf("x".repeat(101)));
            routes.ask("ask");

            assertThat(routes.tagValues(DURATION, "gen_ai.response.model"))
                    .hasSize(51)
                    .contains("small-0", "small-49", "other");
            assertThat(routes.total(DURATION, "gen_ai.response.model", "other")).isEqualTo(11);
        }
    }

    @Test
    void onlyRequestsThatHadToWaitForTheirTurnAreTimed() throws Exception {
        service.replaysAlways(Answers.good());
        String uri = ObservedRoutes.uri(service, "requestsPerMinute=1", "quotaTimeout=50");
        try (ObservedRoutes routes = new ObservedRoutes(Map.of("ask", uri))) {
            routes.ask("ask");
            assertThat(routes.meters.find("camel.clova.quota.wait").timer()).isNull();

            assertThat(routes.ask("ask").getException()).isInstanceOf(ClovaQuotaException.class);

            Timer waits = routes.meters
                    .get("camel.clova.quota.wait")
                    .tags("gen_ai.request.model", "HCX-005", "gen_ai.operation.name", "chat")
                    .timer();
            assertThat(waits.count()).isEqualTo(1);
            assertThat(waits.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(50);
        }
    }

    @Test
    void theConsoleKnowsHowManyWaitForTheirTurn() throws Exception {
        service.replays(Reply.nothing());
        Map<String, String> uris = Map.of(
                "ask", ObservedRoutes.uri(service, "maxConcurrentRequests=1"),
                "count", ObservedRoutes.uri(service).replace("clova:chat", "clova:count-tokens"));
        try (ObservedRoutes routes = new ObservedRoutes(uris)) {
            AsyncProducer producer = routes.context.getEndpoint(uris.get("ask")).createAsyncProducer();
            producer.start();
            for (int i = 0; i < 3; i++) {
                Exchange exchange = producer.getEndpoint().createExchange();
                exchange.getMessage().setBody("hello");
                producer.process(exchange, sync -> {});
            }

            assertThat(routes.consoleText()).containsOnlyOnce("Waiting for a quota of this key and model: 2");
            assertThat((List<?>) routes.consoleJson().get("endpoints"))
                    .extracting(endpoint -> ((JsonObject) endpoint).get("waitingCalls"))
                    .containsExactlyInAnyOrder(2, null);
            producer.stop();
        }
    }

    @Test
    void aStreamIsOpenUntilItsRouteHasTakenIt() throws Exception {
        service.replaysAlways(stream());
        try (ObservedRoutes routes =
                new ObservedRoutes(Map.of("ask", ObservedRoutes.uri(service, "streamTo=direct:slow")))) {
            CompletableFuture<Void> gate = new CompletableFuture<>();
            routes.context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:slow").process(exchange -> gate.join());
                }
            });
            CompletableFuture<Exchange> answer = CompletableFuture.supplyAsync(() -> routes.ask("ask"));

            await().until(() -> routes.total("camel.clova.streams.open") == 1);
            assertThat(routes.consoleJson()).containsEntry("openStreams", 1L);
            gate.complete(null);
            answer.join();

            routes.awaitNoOpenStream();
            assertThat(routes.consoleJson()).containsEntry("openStreams", 0L).containsEntry("calls", 1L);
        }
    }

    @Test
    void aCancelledStreamIsNoFailureOfTheService() throws Exception {
        service.replays(stream().truncatedAt(300).ending(Ending.STALL));
        try (ObservedRoutes routes =
                new ObservedRoutes(Map.of("ask", ObservedRoutes.uri(service, "streamTo=direct:tokens")))) {
            CompletableFuture<Exchange> answer = CompletableFuture.supplyAsync(() -> routes.ask("ask"));
            await().until(() -> !routes.tokens.isEmpty());
            routes.context.getComponent("clova", ClovaComponent.class).stop();

            assertThat(answer.join().getException()).isInstanceOf(ClovaCancelledException.class);
            assertThat(routes.total(DURATION, "outcome", "cancelled")).isEqualTo(1);
            routes.awaitNoOpenStream();
        }
    }

    @Test
    void countedTokensAreNotUsedTokens() throws Exception {
        service.replays(
                Reply.json(
                        "{\"status\":{\"code\":\"20000\"},\"result\":{\"messages\":[{\"role\":\"user\",\"content\":\"a\",\"count\":7}]}}"));
        String uri = "clova:count-tokens?model=HCX-003&apiKey=k&priceInputPer1k=2&baseUrl=" + service.baseUrl();
        try (ObservedRoutes routes = new ObservedRoutes(Map.of("ask", uri))) {
            Exchange counted = routes.ask("ask");

            assertThat(counted.getMessage().getHeader(ClovaConstants.ESTIMATED_COST))
                    .hasToString("0.014");
            assertThat(routes.total(DURATION, "gen_ai.operation.name", "count-tokens"))
                    .isEqualTo(1);
            assertThat(routes.meters.find("gen_ai.client.token.usage").meters()).isEmpty();
        }
    }

    @Test
    void theRegistryOfCamelsNameComesBeforeACompositeAndThatBeforeOthers() throws Exception {
        SimpleMeterRegistry named = new SimpleMeterRegistry();
        CompositeMeterRegistry composite = new CompositeMeterRegistry();
        SimpleMeterRegistry part = new SimpleMeterRegistry();
        composite.add(part);
        service.replaysAlways(Answers.good());

        askOnce(Map.of("part", part, "composite", composite, "metricsRegistry", named));
        assertThat(named.find(DURATION).timer().count()).isEqualTo(1);
        assertThat(part.getMeters()).isEmpty();

        askOnce(Map.of("part", part, "composite", composite));
        assertThat(part.find(DURATION).timer().count()).isEqualTo(1);

        SimpleMeterRegistry other = new SimpleMeterRegistry();
        askOnce(Map.of("named", named, "other", other));
        assertThat(named.find(DURATION).timer().count()).isEqualTo(1);
        assertThat(other.getMeters()).isEmpty();
    }

    private void askOnce(Map<String, Object> beans) throws Exception {
        CamelContext context = new DefaultCamelContext();
        try {
            context.disableJMX();
            beans.forEach(context.getRegistry()::bind);
            ObservedRoutes.start(context, Map.of("ask", ObservedRoutes.uri(service)), new ArrayList<>());
            assertThat(context.createProducerTemplate().requestBody("direct:ask", "hello", String.class))
                    .isEqualTo(Answers.TEXT);
        } finally {
            context.stop();
        }
    }

    // ---- JMX

    @Test
    void componentAndEndpointCountForJmx() throws Exception {
        service.replaysAlways(Answers.good());
        try (AskRoute route = AskRoute.managed(context -> {}, service.baseUrl())) {
            route.answer();
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            String context = "org.apache.camel:context=" + route.context.getManagementName();

            for (String bean : List.of(",type=components,name=\"clova\"", ",type=endpoints,name=\"clova:*\"")) {
                ObjectName name = server.queryNames(new ObjectName(context + bean), null).stream()
                        .findFirst()
                        .orElseThrow();
                assertThat(server.getAttribute(name, "Calls")).isEqualTo(1L);
                assertThat(server.getAttribute(name, "FailedCalls")).isEqualTo(0L);
                assertThat(server.getAttribute(name, "InputTokens")).isEqualTo(1L);
                assertThat(server.getAttribute(name, "OutputTokens")).isEqualTo(2L);
                assertThat(server.getAttribute(name, "OpenStreams")).isEqualTo(0L);
            }
        }
    }

    // ---- secrets

    @Test
    void neitherKeyNorPromptNorAnswerIsShown() throws Exception {
        service.replays(Answers.good(), Answers.envelope(401, "40100"), Answers.envelope(400, "bad\\ncode"));
        String uri = ObservedRoutes.uri(service, "additionalHeader.X-Token=sEcReT");
        try (ObservedRoutes routes = new ObservedRoutes(Map.of("ask", uri))) {
            for (int i = 0; i < 3; i++) {
                routes.ask("ask", "pRoMpT", Map.of());
            }

            String shown =
                    routes.dump() + routes.consoleText() + routes.consoleJson().toJson() + health(routes);
            assertThat(shown)
                    .contains("40100", "bad\\u000acode")
                    .doesNotContain(Target.KEY, "sEcReT", "pRoMpT", Answers.TEXT);
        }
    }

    // ---- health

    @Test
    void aWrongKeyMakesTheEndpointUnreadyUntilACallShowsThatItWorks() throws Exception {
        try (ObservedRoutes routes = new ObservedRoutes(Map.of("ask", ObservedRoutes.uri(service)))) {
            assertThat(health(routes).getState()).isEqualTo(HealthCheck.State.UP);

            service.replaysAlways(Answers.envelope(401, "40100"));
            routes.ask("ask");
            routes.ask("ask");
            assertThat(health(routes).getState()).isEqualTo(HealthCheck.State.UP);
            routes.ask("ask");

            HealthCheck.Result down = health(routes);
            assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(down.getMessage())
                    .contains("3 calls in a row failed, the last with ClovaAuthenticationException");
            assertThat(down.getDetails())
                    .containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 401)
                    .containsEntry("error.type", "ClovaAuthenticationException");
            assertThat(service.requests()).as("a check asks nobody").hasSize(3);

            service.reset();
            service.replays(Answers.envelope(400, "40000"));
            routes.ask("ask");
            assertThat(health(routes).getState()).isEqualTo(HealthCheck.State.UP);
        }
    }

    private static HealthCheck.Result health(ObservedRoutes routes) {
        WritableHealthCheckRepository checks = HealthCheckHelper.getHealthCheckRepository(
                routes.context, "producers", WritableHealthCheckRepository.class);
        checks.setEnabled(true);
        List<HealthCheck> all = checks.stream().toList();
        assertThat(all).singleElement().satisfies(check -> {
            assertThat(check.getId()).isEqualTo("producer:clova-chat-HCX-005-localhost");
            assertThat(check.isReadiness()).isTrue();
            assertThat(check.isLiveness()).isFalse();
        });
        return all.get(0).call();
    }

    @Test
    void theCheckGoesWithItsEndpoint() throws Exception {
        ObservedRoutes routes = new ObservedRoutes(Map.of("ask", ObservedRoutes.uri(service)));
        WritableHealthCheckRepository checks = HealthCheckHelper.getHealthCheckRepository(
                routes.context, "producers", WritableHealthCheckRepository.class);
        checks.setEnabled(true);

        routes.context.getEndpoints().forEach(endpoint -> endpoint.stop());

        assertThat(checks.stream()).isEmpty();
        routes.close();
    }

    // ---- cost

    @Test
    void aStreamHasItsCostOnItsResult() throws Exception {
        service.replays(stream());
        String uri = ObservedRoutes.uri(service, "streamTo=direct:tokens", "priceInputPer1k=1", "priceOutputPer1k=10");
        try (ObservedRoutes routes = new ObservedRoutes(Map.of("ask", uri))) {
            Exchange answer = routes.ask("ask");

            assertThat(answer.getMessage().getHeader(ClovaConstants.ESTIMATED_COST))
                    .isEqualTo(0.044);
        }
    }

    @Test
    void theComponentsPricesAreThoseOfAModelToChatWith() throws Exception {
        Reply vector =
                Reply.json("{\"status\":{\"code\":\"20000\"},\"result\":{\"embedding\":[0.5],\"inputTokens\":500}}");
        service.replays(vector, vector, Answers.good());
        String embeddings = "clova:embeddings?apiKey=k&baseUrl=" + service.baseUrl();
        try (ObservedRoutes routes = new ObservedRoutes(Map.of())) {
            ClovaConfiguration defaults =
                    routes.context.getComponent("clova", ClovaComponent.class).getConfiguration();
            defaults.setPriceInputPer1k(2.0);
            ObservedRoutes.add(
                    routes.context,
                    Map.of(
                            "free",
                            embeddings,
                            "priced",
                            embeddings + "&priceInputPer1k=3",
                            "chat",
                            ObservedRoutes.uri(service)));

            assertThat(cost(routes.ask("free"))).isNull();
            assertThat(cost(routes.ask("priced"))).isEqualTo(1.5);
            assertThat(cost(routes.ask("chat"))).isEqualTo(0.002);
        }
    }

    private static Object cost(Exchange answer) {
        return answer.getMessage().getHeader(ClovaConstants.ESTIMATED_COST);
    }

    // ---- where the services are

    @Test
    void anEndpointTellsWhereItsServiceIs() throws Exception {
        try (ObservedRoutes routes = new ObservedRoutes(Map.of("ask", openAi()))) {
            EndpointServiceLocation location = routes.context.getEndpoints().stream()
                    .filter(EndpointServiceLocation.class::isInstance)
                    .map(EndpointServiceLocation.class::cast)
                    .findFirst()
                    .orElseThrow();

            assertThat(location.getServiceUrl()).isEqualTo(service.openAiBaseUrl());
            assertThat(location.getServiceProtocol()).isEqualTo("http");
            assertThat(location.getServiceMetadata())
                    .isEqualTo(Map.of("operation", "chat", "dialect", "openai", "model", "small-1"));
        }
    }

    @Test
    void anEndpointWithAUrlThatIsRefusedTellsNothingOfIt() throws Exception {
        CamelContext context = new DefaultCamelContext();
        try {
            ClovaEndpoint endpoint = context.getEndpoint(
                    "clova:chat?model=HCX-005&baseUrl=https://user:word@host.invalid", ClovaEndpoint.class);

            assertThat(endpoint.getServiceUrl()).isNull();
            assertThat(endpoint.getServiceProtocol()).isNull();
            assertThat(endpoint.getServiceMetadata()).isEqualTo(Map.of("operation", "chat"));
        } finally {
            context.stop();
        }
    }

    @Test
    void theDefaultOfTheNativeDialectsIsClovaStudio() throws Exception {
        CamelContext context = new DefaultCamelContext();
        try {
            ClovaEndpoint endpoint = context.getEndpoint("clova:chat?model=HCX-005", ClovaEndpoint.class);

            assertThat(endpoint.getServiceUrl()).isEqualTo("https://clovastudio.stream.ntruss.com");
        } finally {
            context.stop();
        }
    }
}
