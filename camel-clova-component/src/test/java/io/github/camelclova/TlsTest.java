package io.github.camelclova;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.ClovaConnectionException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.testing.ClovaStandIn;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

    @TempDir
    static Path directory;

    private static SSLContextParameters trust;
    private static ClovaStandIn service;
    private static ClovaStandIn otherName;

    @BeforeAll
    static void start() throws Exception {
        Keys keys = new Keys(directory);
        trust = keys.trust();
        service = ClovaStandIn.builder().tls(keys.serviceNamed("localhost")).start();
        otherName =
                ClovaStandIn.builder().tls(keys.serviceNamed("elsewhere.test")).start();
    }

    @AfterAll
    static void stop() {
        service.close();
        otherName.close();
    }

    @AfterEach
    void forget() {
        service.reset();
        otherName.reset();
    }

    @Test
    void theEndpointMayTrustAnAuthority() {
        assertAnswers(context -> context.getRegistry().bind("ours", trust), "sslContextParameters=#ours");
    }

    @Test
    void theClovaComponentMayTrustAnAuthority() {
        assertAnswers(context -> context.getComponent("clova", ClovaComponent.class)
                .getConfiguration()
                .setSslContextParameters(trust));
    }

    @Test
    void theHttpsComponentMayTrustAnAuthority() {
        assertAnswers(
                context -> context.getComponent("https", HttpComponent.class).setSslContextParameters(trust));
    }

    @Test
    void theClovaComponentMayUseWhatTheContextTrusts() {
        assertAnswers(context -> {
            context.setSSLContextParameters(trust);
            context.getComponent("clova", ClovaComponent.class).setUseGlobalSslContextParameters(true);
        });
    }

    @Test
    void theHttpsComponentMayUseWhatTheContextTrusts() {
        assertAnswers(context -> {
            context.setSSLContextParameters(trust);
            context.getComponent("https", HttpComponent.class).setUseGlobalSslContextParameters(true);
        });
    }

    @Test
    void whatTheEndpointSaysWinsOverTheHttpsComponent() {
        assertAnswers(
                context -> {
                    context.getRegistry().bind("ours", trust);
                    context.getComponent("https", HttpComponent.class)
                            .setSslContextParameters(new SSLContextParameters());
                },
                "sslContextParameters=#ours");
    }

    @Test
    void whatTheContextTrustsIsNotUsedUnasked() {
        assertUntrusted(context -> context.setSSLContextParameters(trust), service);
    }

    @Test
    void whatTheHttpComponentTrustsDoesNotCountForHttps() {
        assertUntrusted(
                context -> context.getComponent("http", HttpComponent.class).setSslContextParameters(trust), service);
    }

    @Test
    void anUnknownAuthorityIsRefusedAndNotTriedAgain() {
        assertUntrusted(context -> {}, service);
    }

    @Test
    void aCertificateForAnotherHostIsRefusedAndNotTriedAgain() {
        assertUntrusted(
                context -> context.getComponent("https", HttpComponent.class).setSslContextParameters(trust),
                otherName);
    }

    @Test
    void theHostnameVerifierOfTheHttpsComponentIsAsked() {
        Consumer<CamelContext> anyName = context -> {
            HttpComponent https = context.getComponent("https", HttpComponent.class);
            https.setSslContextParameters(trust);
            https.setX509HostnameVerifier(NoopHostnameVerifier.INSTANCE);
        };
        otherName.replays(Answers.good());
        try (AskRoute route = AskRoute.prepared(anyName, otherName.baseUrl())) {
            assertThat(route.answer()).isEqualTo(Answers.TEXT);
        }
    }

    private static void assertAnswers(Consumer<CamelContext> preparation, String... options) {
        service.replays(Answers.good());
        try (AskRoute route = AskRoute.prepared(preparation, service.baseUrl(), options)) {
            assertThat(route.answer()).isEqualTo(Answers.TEXT);
        }
    }

    private static void assertUntrusted(Consumer<CamelContext> preparation, ClovaStandIn where) {
        try (AskRoute route = AskRoute.prepared(preparation, where.baseUrl())) {
            ClovaException failure = route.failure();

            assertThat(failure).isInstanceOf(ClovaConnectionException.class).hasMessageContaining("certificate");
            assertThat(failure.isRetryable()).isFalse();
        }
        assertThat(where.requests()).isEmpty();
    }
}
