package io.github.camelclova;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyTest {

    private static final String AUTHORIZED =
            " by Basic " + Base64.getEncoder().encodeToString("anna:secret".getBytes(UTF_8));

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private ClovaStandIn service;

    @BeforeEach
    void start() {
        service = SERVICE.get();
        service.replaysAlways(Answers.good());
    }

    @Test
    void aProxyOfTheHttpComponentIsUsed() throws IOException {
        try (TinyProxy proxy = new TinyProxy(service.port());
                AskRoute route = AskRoute.prepared(through("http", proxy), service.baseUrl())) {
            assertThat(route.answer()).isEqualTo(Answers.TEXT);

            assertThat(proxy.requests).singleElement().asString().startsWith("POST http://localhost:");
        }
    }

    @Test
    void theProxyResolvesTheNameOfTheService() throws IOException {
        try (TinyProxy proxy = new TinyProxy(service.port());
                AskRoute route =
                        AskRoute.prepared(through("http", proxy), "http://service.invalid", "allowInsecureUrl=true")) {
            assertThat(route.answer()).isEqualTo(Answers.TEXT);
        }
    }

    @Test
    void httpsGoesThroughATunnel(@TempDir Path directory) throws Exception {
        Keys keys = new Keys(directory);
        try (ClovaStandIn secure = ClovaStandIn.builder()
                        .tls(keys.serviceNamed("localhost"))
                        .start();
                TinyProxy proxy = new TinyProxy(secure.port(), "anna:secret");
                AskRoute route = AskRoute.prepared(
                        through("https", proxy).andThen(context -> {
                            HttpComponent https = context.getComponent("https", HttpComponent.class);
                            https.setSslContextParameters(keys.trust());
                            https.setProxyAuthUsername("anna");
                            https.setProxyAuthPassword("secret");
                        }),
                        secure.baseUrl())) {
            secure.replays(Answers.good());

            assertThat(route.answer()).isEqualTo(Answers.TEXT);

            String tunnel = "CONNECT localhost:" + secure.port() + " HTTP/1.1";
            assertThat(proxy.requests).containsExactly(tunnel, tunnel + AUTHORIZED);
            assertThat(secure.requests().get(0).header("Proxy-Authorization")).isEmpty();
        }
    }

    @Test
    void aProxyIsToldWhoAsksWhenItWantsToKnow() throws IOException {
        try (TinyProxy proxy = new TinyProxy(service.port(), "anna:secret");
                AskRoute route = AskRoute.prepared(
                        through("http", proxy).andThen(context -> {
                            HttpComponent http = context.getComponent("http", HttpComponent.class);
                            http.setProxyAuthUsername("anna");
                            http.setProxyAuthPassword("secret");
                        }),
                        service.baseUrl())) {
            assertThat(route.answer()).isEqualTo(Answers.TEXT);

            assertThat(proxy.requests).hasSize(2);
            assertThat(proxy.requests.get(1)).endsWith(AUTHORIZED);
        }
    }

    @Test
    void theHttpClientsOwnLogShowsWhatTheProxyIsTold() throws IOException {
        try (CapturedLog log = new CapturedLog();
                TinyProxy proxy = new TinyProxy(service.port(), "anna:secret");
                AskRoute route = AskRoute.prepared(
                        through("http", proxy).andThen(context -> {
                            HttpComponent http = context.getComponent("http", HttpComponent.class);
                            http.setProxyAuthUsername("anna");
                            http.setProxyAuthPassword("secret");
                        }),
                        service.baseUrl())) {
            route.answer();

            assertThat(log.linesWith("Proxy-Authorization: Basic")).isNotEmpty().allSatisfy(line -> {
                assertThat(line.level()).isEqualTo(Level.DEBUG);
                assertThat(line.logger()).startsWith("org.apache.hc.client5.http.");
            });
        }
    }

    @Test
    void whoCannotTellTheProxyWhoAsksFails() throws IOException {
        try (TinyProxy proxy = new TinyProxy(service.port(), "anna:secret");
                AskRoute route = AskRoute.prepared(through("http", proxy), service.baseUrl())) {
            ClovaException failure = route.failure();

            assertThat(failure.getStatusCode()).isEqualTo(407);
            assertThat(failure.isRetryable()).isFalse();
            assertThat(proxy.requests).hasSize(1);
            assertThat(service.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST", "local*", "*host", "example.org|localhost", "example.org,localhost"})
    void exceptedHostsAreReachedDirectly(String exceptions) throws IOException {
        try (TinyProxy proxy = new TinyProxy(service.port());
                AskRoute route = AskRoute.prepared(
                        through("http", proxy).andThen(context -> context.getComponent("http", HttpComponent.class)
                                .setNonProxyHosts(exceptions)),
                        service.baseUrl())) {
            assertThat(route.answer()).isEqualTo(Answers.TEXT);

            assertThat(proxy.requests).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhos", "ocalhost", "l.calhost", "other"})
    void aNameThatIsOnlySimilarIsNoException(String exceptions) throws IOException {
        try (TinyProxy proxy = new TinyProxy(service.port());
                AskRoute route = AskRoute.prepared(
                        through("http", proxy).andThen(context -> context.getComponent("http", HttpComponent.class)
                                .setNonProxyHosts(exceptions)),
                        service.baseUrl())) {
            route.answer();

            assertThat(proxy.requests).hasSize(1);
        }
    }

    @Test
    void theProxyOfTheOtherSchemeDoesNotCount() throws IOException {
        try (TinyProxy proxy = new TinyProxy(service.port());
                AskRoute route = AskRoute.prepared(through("https", proxy), service.baseUrl())) {
            route.answer();

            assertThat(proxy.requests).isEmpty();
        }
    }

    @Test
    void theGlobalOptionsOfTheContextNameAProxyToo() throws IOException {
        try (TinyProxy proxy = new TinyProxy(service.port());
                AskRoute route = AskRoute.prepared(
                        context -> {
                            context.getGlobalOptions().put("http.proxyHost", "localhost");
                            context.getGlobalOptions().put("http.proxyPort", Integer.toString(proxy.port()));
                        },
                        service.baseUrl())) {
            route.answer();

            assertThat(proxy.requests).hasSize(1);
        }
    }

    @Test
    void anOptionThatIsNoPortIsNamed() {
        Consumer<CamelContext> options = context -> {
            context.getGlobalOptions().put("http.proxyHost", "localhost");
            context.getGlobalOptions().put("http.proxyPort", "many");
        };

        assertThatThrownBy(() -> AskRoute.prepared(options, service.baseUrl()))
                .hasStackTraceContaining("Option http.proxyPort: 'many' is no port");
    }

    private static Consumer<CamelContext> through(String scheme, TinyProxy proxy) {
        return context -> {
            HttpComponent http = context.getComponent(scheme, HttpComponent.class);
            http.setProxyHost("localhost");
            http.setProxyPort(proxy.port());
        };
    }
}
