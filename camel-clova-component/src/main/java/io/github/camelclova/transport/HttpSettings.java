package io.github.camelclova.transport;

import java.time.Duration;
import java.util.List;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * How connections are made. Endpoints with equal settings share a client and its pool.
 *
 * @param connectTimeout for the TCP connection, and again for the TLS handshake
 * @param sslContext absent for the JVM's default
 * @param hostnameVerifier absent for the usual rules
 * @param proxy absent for a direct connection
 * @param useSystemProperties whether the JVM's {@code http.proxyHost} and the like count
 * @param maxConnections absent for no cap
 * @param maxConnectionsPerRoute absent for no cap
 * @param timeToLive absent for no end
 * @param leaseTimeout how long a call may wait for a capped pool; absent for as long as the call itself may take
 */
public record HttpSettings(
        Duration connectTimeout,
        @Nullable SSLContext sslContext,
        @Nullable HostnameVerifier hostnameVerifier,
        @Nullable Proxy proxy,
        boolean useSystemProperties,
        @Nullable Integer maxConnections,
        @Nullable Integer maxConnectionsPerRoute,
        @Nullable Duration timeToLive,
        @Nullable Duration leaseTimeout) {

    /**
     * Stands between us and the service.
     *
     * @param credentials absent for a proxy that asks for none
     * @param exceptHosts host names that are reached directly; {@code *} stands for any characters
     */
    public record Proxy(
            String scheme, String host, int port, @Nullable Credentials credentials, List<String> exceptHosts) {

        public Proxy {
            exceptHosts = List.copyOf(exceptHosts);
        }
    }

    public record Credentials(String user, String password) {

        @Override
        public String toString() {
            return "Credentials[" + user + "]";
        }
    }

    /** Only what clova itself sets: direct, the JVM's TLS, no caps. */
    public static HttpSettings direct(Duration connectTimeout) {
        return new HttpSettings(connectTimeout, null, null, null, false, null, null, null, null);
    }
}
