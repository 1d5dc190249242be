package io.github.camelclova;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.LiveReply;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the http component was given holds for clova where clova says nothing, and nothing else does. */
class InheritedSettingsTest {

    private static final int NO_CAP = Integer.MAX_VALUE;

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private ClovaStandIn service;

    @BeforeEach
    void start() {
        service = SERVICE.get();
    }

    @Test
    void theResponseTimeoutIsInherited() {
        service.replaysAlways(Reply.nothing());
        try (AskRoute route = AskRoute.prepared(http(http -> http.setResponseTimeout(150)), service.baseUrl())) {
            assertTimeout(route, "responseTimeout", 150);
        }
    }

    @Test
    void theSoTimeoutIsInheritedAsIdleTimeout() {
        service.replaysAlways(Answers.good().bodyDelay(ofSeconds(60)));
        try (AskRoute route = AskRoute.prepared(http(http -> http.setSoTimeout(150)), service.baseUrl())) {
            assertTimeout(route, "idleTimeout", 150);
        }
    }

    @Test
    void whatClovaSaysWinsOverWhatIsInherited() {
        service.replaysAlways(Reply.nothing());
        try (AskRoute route = AskRoute.prepared(
                http(http -> http.setResponseTimeout(60_000)), service.baseUrl(), "responseTimeout=150")) {
            assertTimeout(route, "responseTimeout", 150);
        }
    }

    @Test
    void whatTheClovaComponentSaysWinsOverWhatIsInherited() {
        service.replaysAlways(Reply.nothing());
        Consumer<CamelContext> both = http(http -> http.setResponseTimeout(60_000))
                .andThen(context -> context.getComponent("clova", ClovaComponent.class)
                        .getConfiguration()
                        .setResponseTimeout(150L));
        try (AskRoute route = AskRoute.prepared(both, service.baseUrl())) {
            assertTimeout(route, "responseTimeout", 150);
        }
    }

    @Test
    void theDefaultsOfTheHttpComponentAreNotTaken() throws Exception {
        try (AskRoute route = AskRoute.to(service.baseUrl())) {
            ChatSettings settings = settings(route);

            assertThat(settings.connections().connectTimeout()).isEqualTo(ofSeconds(10));
            assertThat(settings.limits().responseTimeout()).isEqualTo(ofSeconds(90));
            assertThat(settings.limits().idleTimeout()).isEqualTo(ofSeconds(60));
            assertThat(settings.requestTimeout()).isEqualTo(Duration.ofMinutes(10));
            assertThat(settings.connections().maxConnections()).isNull();
            assertThat(settings.connections().maxConnectionsPerRoute()).isNull();
            assertThat(settings.connections().timeToLive()).isNull();
            assertThat(settings.connections().proxy()).isNull();
        }
    }

    @Test
    void whatTheHttpComponentWasGivenIsTaken() throws Exception {
        Consumer<CamelContext> given = http(http -> {
            http.setConnectTimeout(1111);
            http.setConnectionTimeToLive(2222);
            http.setMaxTotalConnections(33);
            http.setConnectionsPerRoute(22);
            http.setConnectionRequestTimeout(4444);
        });
        try (AskRoute route = AskRoute.prepared(given, service.baseUrl())) {
            ChatSettings settings = settings(route);

            assertThat(settings.connections().connectTimeout()).isEqualTo(Duration.ofMillis(1111));
            assertThat(settings.connections().timeToLive()).isEqualTo(Duration.ofMillis(2222));
            assertThat(settings.connections().maxConnections()).isEqualTo(33);
            assertThat(settings.connections().maxConnectionsPerRoute()).isEqualTo(22);
            assertThat(settings.connections().leaseTimeout()).isEqualTo(Duration.ofMillis(4444));
        }
    }

    @Test
    void redirectsAuthenticationAndCookiesOfTheHttpComponentAreNotTaken() {
        Consumer<CamelContext> given = http(http -> http.setFollowRedirects(true));
        service.replaysAlways(
                Reply.json(302, "{}").header("Location", "/elsewhere").header("Set-Cookie", "a=b"));
        try (AskRoute route = AskRoute.prepared(given, service.baseUrl())) {
            assertThat(route.failure().getStatusCode()).isEqualTo(302);
            assertThat(route.failure().getStatusCode()).isEqualTo(302);
        }

        assertThat(service.requests()).hasSize(2).allSatisfy(request -> {
            assertThat(request.path()).doesNotContain("elsewhere");
            assertThat(request.header("Cookie")).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aCapOnConnectionsIsKeptAndTheRestWaits(int cap) {
        Consumer<CamelContext> capped = http(http -> http.setConnectionsPerRoute(cap));
        assertThat(mostConnections(capped, 10)).isEqualTo(cap);
    }

    @Test
    void withoutACapEveryCallHasItsConnection() {
        assertThat(mostConnections(context -> {}, 50)).isEqualTo(50);
    }

    @Test
    void endpointsWithEqualSettingsShareTheirConnections() throws Exception {
        try (AskRoute route = AskRoute.to(service.baseUrl())) {
            alsoAsks(route, "&temperature=0.3");

            route.answer();
            askOther(route);

            assertThat(service.requests())
                    .extracting(ReceivedRequest::connection)
                    .containsOnly(first());
            assertThat(service.openConnections()).isEqualTo(1);
        }
    }

    @Test
    void endpointsWithOtherSettingsDoNot() throws Exception {
        try (AskRoute route = AskRoute.to(service.baseUrl())) {
            alsoAsks(route, "&connectTimeout=9s");

            route.answer();
            askOther(route);

            assertThat(service.openConnections()).isEqualTo(2);
        }
    }

    @Test
    void theStoppedComponentLeavesNoConnection() throws Exception {
        try (AskRoute route = AskRoute.to(service.baseUrl())) {
            alsoAsks(route, "&connectTimeout=9s");
            route.answer();
            askOther(route);

            route.context.getComponent("clova").stop();

            await().atMost(ofSeconds(5)).until(() -> service.openConnections() == 0);
        }
    }

    private int first() {
        return service.requests().get(0).connection();
    }

    private static void alsoAsks(AskRoute route, String options) throws Exception {
        route.context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:other").to(route.uri() + options);
            }
        });
    }

    private static void askOther(AskRoute route) {
        Exchange asked = route.template()
                .request("direct:other", exchange -> exchange.getMessage().setBody("hello"));
        AskRoute.answerOf(asked);
    }

    /** How many connections are open once this many calls have begun; each is answered afterwards. */
    private int mostConnections(Consumer<CamelContext> preparation, int calls) {
        Queue<LiveReply> held = new ConcurrentLinkedQueue<>();
        service.answers(request -> {
            LiveReply live = new LiveReply();
            held.add(live);
            return live.reply().contentType("application/json");
        });
        try (AskRoute route = AskRoute.prepared(preparation, service.baseUrl())) {
            int cap = preparationCap(route);
            var asked = IntStream.range(0, calls)
                    .mapToObj(i -> route.template().asyncSend("direct:ask", exchange -> exchange.getMessage()
                            .setBody("hello")))
                    .toList();
            await().atMost(ofSeconds(10)).until(() -> held.size() == Math.min(cap, calls));
            int open = service.openConnections();
            for (int answered = 0; answered < calls; ) {
                LiveReply live = held.poll();
                if (live == null) {
                    Thread.onSpinWait();
                } else {
                    live.send(Answers.JSON);
                    live.finish();
                    answered++;
                }
            }
            CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).join();
            assertThat(asked).allSatisfy(each -> assertThat(AskRoute.answerOf(each.join()))
                    .isEqualTo(Answers.TEXT));
            return open;
        }
    }

    private static int preparationCap(AskRoute route) {
        Integer cap = settings(route).connections().maxConnectionsPerRoute();
        return cap == null ? NO_CAP : cap;
    }

    private static ChatSettings settings(AskRoute route) {
        return EndpointOptions.check((ClovaEndpoint) route.context.getEndpoint(route.uri()));
    }

    private static Consumer<CamelContext> http(Consumer<HttpComponent> given) {
        return context -> given.accept(context.getComponent("http", HttpComponent.class));
    }

    private static void assertTimeout(AskRoute route, String option, int millis) {
        assertThat(route.failure()).isInstanceOfSatisfying(ClovaTimeoutException.class, timeout -> {
            assertThat(timeout.getOption()).isEqualTo(option);
            assertThat(timeout.getLimit()).isEqualTo(Duration.ofMillis(millis));
        });
    }
}
