package io.github.camelclova.transport;

import java.util.concurrent.ThreadFactory;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Builds the HTTP client to our rules and the user's {@link HttpSettings}. */
final class AsyncClients {

    private static final int MOST_IO_THREADS = 4;
    /** A connection has three of them. A live token and all around it fits into one. */
    private static final int BUFFER_SIZE = 4 * 1024;

    private static final int MAX_LINE = 64 * 1024;
    private static final int MAX_HEADERS = 200;

    private AsyncClients() {}

    static CloseableHttpAsyncClient create(HttpSettings settings, ThreadFactory ioThreads) {
        HttpAsyncClientBuilder builder = HttpAsyncClients.custom()
                .setConnectionManager(connections(settings))
                .setIOReactorConfig(IOReactorConfig.custom()
                        .setIoThreadCount(
                                Math.min(MOST_IO_THREADS, Runtime.getRuntime().availableProcessors()))
                        .build())
                .setHttp1Config(Http1Config.custom()
                        .setBufferSize(BUFFER_SIZE)
                        .setInitialWindowSize(Window.SIZE)
                        .setMaxLineLength(MAX_LINE)
                        .setMaxHeaderCount(MAX_HEADERS)
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(lease(settings))
                        .build())
                // Without a decorator the client would log every byte, keys included, at DEBUG.
                .setIoSessionDecorator(OneReadAtATime::new)
                .addExecInterceptorLast("connection-holder", HttpExchangeCall::holdConnection)
                .addRequestInterceptorLast(HttpExchangeCall::sends)
                .setThreadFactory(ioThreads)
                .setUserAgent("camel-clova")
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableAutomaticRetries();
        if (settings.useSystemProperties()) {
            builder.useSystemProperties();
        }
        HttpSettings.Proxy proxy = settings.proxy();
        if (proxy != null) {
            throughProxy(builder, proxy);
        }
        return builder.build();
    }

    private static Timeout lease(HttpSettings settings) {
        return settings.leaseTimeout() == null ? Timeout.DISABLED : Timeout.of(settings.leaseTimeout());
    }

    private static PoolingAsyncClientConnectionManager connections(HttpSettings settings) {
        ConnectionConfig.Builder connection =
                ConnectionConfig.custom().setConnectTimeout(Timeout.of(settings.connectTimeout()));
        if (settings.timeToLive() != null) {
            connection.setTimeToLive(TimeValue.of(settings.timeToLive()));
        }
        return PoolingAsyncClientConnectionManagerBuilder.create()
                .setTlsStrategy(tls(settings))
                // One call a connection: closing it is how the service learns of a cancelled call.
                .setDefaultTlsConfig(TlsConfig.custom()
                        .setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1)
                        .setHandshakeTimeout(Timeout.of(settings.connectTimeout()))
                        .build())
                .setDefaultConnectionConfig(connection.build())
                .setMaxConnTotal(orNoCap(settings.maxConnections()))
                .setMaxConnPerRoute(orNoCap(settings.maxConnectionsPerRoute()))
                .build();
    }

    private static int orNoCap(@Nullable Integer cap) {
        return cap == null ? Integer.MAX_VALUE : cap;
    }

    private static TlsStrategy tls(HttpSettings settings) {
        ClientTlsStrategyBuilder builder = ClientTlsStrategyBuilder.create()
                // Left to the JVM, which is the default, the asynchronous client asks for it too late and gets no
                // check.
                .setHostVerificationPolicy(HostnameVerificationPolicy.CLIENT);
        if (settings.sslContext() != null) {
            builder.setSslContext(settings.sslContext());
        } else if (settings.useSystemProperties()) {
            builder.useSystemProperties();
        }
        if (settings.hostnameVerifier() != null) {
            builder.setHostnameVerifier(settings.hostnameVerifier());
        }
        return builder.buildAsync();
    }

    private static void throughProxy(HttpAsyncClientBuilder builder, HttpSettings.Proxy proxy) {
        HttpHost host = new HttpHost(proxy.scheme(), proxy.host(), proxy.port());
        builder.setRoutePlanner(new ProxyRoutes(host, proxy.exceptHosts()));
        HttpSettings.Credentials credentials = proxy.credentials();
        if (credentials != null) {
            BasicCredentialsProvider provider = new BasicCredentialsProvider();
            provider.setCredentials(
                    new AuthScope(host),
                    new UsernamePasswordCredentials(
                            credentials.user(), credentials.password().toCharArray()));
            builder.setDefaultCredentialsProvider(provider);
        }
    }
}
