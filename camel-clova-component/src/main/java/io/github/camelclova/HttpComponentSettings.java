package io.github.camelclova;

import io.github.camelclova.chat.Excerpt;
import io.github.camelclova.transport.HttpSettings;
import io.github.camelclova.transport.HttpSettings.Credentials;
import io.github.camelclova.transport.HttpSettings.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.jspecify.annotations.Nullable;

/**
 * What the context's {@code https} or {@code http} component has been given, where that differs from camel-http's own
 * defaults: TLS, proxy, timeouts, pool. Redirects, cookies, authentication and retries are never taken.
 */
final class HttpComponentSettings {

    private static final HttpComponent DEFAULTS = new HttpComponent();

    private final CamelContext context;
    private final HttpComponent http;

    private HttpComponentSettings(CamelContext context, HttpComponent http) {
        this.context = context;
        this.http = http;
    }

    static HttpComponentSettings of(CamelContext context, String scheme) {
        // Somebody may have put another component in its place, which then has nothing to say here.
        HttpComponent http =
                context.getComponent(scheme, true, false) instanceof HttpComponent found ? found : DEFAULTS;
        return new HttpComponentSettings(context, http);
    }

    @Nullable
    Duration connectTimeout() {
        return unlessDefault(http.getConnectTimeout(), DEFAULTS.getConnectTimeout());
    }

    @Nullable
    Duration responseTimeout() {
        return unlessDefault(http.getResponseTimeout(), DEFAULTS.getResponseTimeout());
    }

    @Nullable
    Duration idleTimeout() {
        return unlessDefault(http.getSoTimeout(), DEFAULTS.getSoTimeout());
    }

    /** Zero stands for "no limit" in camel-http, which is no value to take over. */
    private static @Nullable Duration unlessDefault(long millis, long byDefault) {
        return millis == byDefault || millis <= 0 ? null : Duration.ofMillis(millis);
    }

    private static @Nullable Integer unlessDefault(int number, int byDefault) {
        return number == byDefault || number <= 0 ? null : number;
    }

    HttpSettings connections(
            Duration connectTimeout, @Nullable SSLContextParameters endpointTls, ClovaComponent component) {
        Integer maxConnections = unlessDefault(http.getMaxTotalConnections(), DEFAULTS.getMaxTotalConnections());
        Integer maxPerRoute = unlessDefault(http.getConnectionsPerRoute(), DEFAULTS.getConnectionsPerRoute());
        boolean capped = maxConnections != null || maxPerRoute != null;
        return new HttpSettings(
                connectTimeout,
                sslContext(endpointTls, component),
                hostnameVerifier(),
                proxy(),
                http.isUseSystemProperties(),
                maxConnections,
                maxPerRoute,
                unlessDefault(http.getConnectionTimeToLive(), DEFAULTS.getConnectionTimeToLive()),
                capped ? Duration.ofMillis(http.getConnectionRequestTimeout()) : null);
    }

    private @Nullable SSLContext sslContext(@Nullable SSLContextParameters endpointTls, ClovaComponent component) {
        SSLContextParameters parameters = endpointTls;
        if (parameters == null && component.isUseGlobalSslContextParameters()) {
            parameters = context.getSSLContextParameters();
        }
        if (parameters == null) {
            parameters = http.getSslContextParameters();
        }
        if (parameters == null && http.isUseGlobalSslContextParameters()) {
            parameters = context.getSSLContextParameters();
        }
        return parameters == null ? null : component.engine().sslContext(parameters);
    }

    private @Nullable HostnameVerifier hostnameVerifier() {
        HostnameVerifier verifier = http.getX509HostnameVerifier();
        boolean isDefault = verifier == null
                || verifier.getClass() == DEFAULTS.getX509HostnameVerifier().getClass();
        return isDefault ? null : verifier;
    }

    @SuppressWarnings("deprecation") // camel-http still honours the older names.
    private @Nullable Proxy proxy() {
        String host = firstOf(http.getProxyAuthHost(), http.getProxyHost());
        Integer port = firstOf(http.getProxyAuthPort(), http.getProxyPort());
        if (host != null && port != null) {
            return new Proxy(
                    Objects.requireNonNullElse(http.getProxyAuthScheme(), "http"),
                    host,
                    port,
                    credentials(),
                    exceptHosts());
        }
        return globalProxy();
    }

    /** The context's global options, which camel-http knows too. */
    private @Nullable Proxy globalProxy() {
        Map<String, String> options = context.getGlobalOptions();
        String host = options.get("http.proxyHost");
        String port = options.get("http.proxyPort");
        if (host == null || port == null) {
            return null;
        }
        String proxyScheme = options.getOrDefault("http.proxyScheme", "http");
        return new Proxy(proxyScheme, host, port(port.trim()), null, List.of());
    }

    private static int port(String port) {
        try {
            return Integer.parseInt(port);
        } catch (NumberFormatException noNumber) {
            throw OptionValue.refused("http.proxyPort", "'%s' is no port".formatted(Excerpt.of(port)));
        }
    }

    private @Nullable Credentials credentials() {
        String user = http.getProxyAuthUsername();
        String password = http.getProxyAuthPassword();
        return user == null || password == null ? null : new Credentials(user, password);
    }

    private List<String> exceptHosts() {
        String hosts = http.getNonProxyHosts();
        return hosts == null ? List.of() : Arrays.asList(hosts.split("[,|]"));
    }

    private static <T> @Nullable T firstOf(@Nullable T one, @Nullable T other) {
        return one == null ? other : one;
    }
}
