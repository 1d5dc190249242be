package io.github.camelclova.transport;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hc.client5.http.impl.routing.DefaultProxyRoutePlanner;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** Goes through the proxy but for the hosts that are to be reached directly. */
final class ProxyRoutes extends DefaultProxyRoutePlanner {

    private final List<Pattern> direct;

    ProxyRoutes(HttpHost proxy, List<String> exceptHosts) {
        super(proxy);
        direct = exceptHosts.stream().map(ProxyRoutes::pattern).toList();
    }

    private static Pattern pattern(String host) {
        String regex =
                Stream.of(host.trim().split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
    }

    @Override
    protected @Nullable HttpHost determineProxy(HttpHost target, HttpContext context) throws HttpException {
        boolean isDirect = direct.stream()
                .anyMatch(pattern -> pattern.matcher(target.getHostName()).matches());
        return isDirect ? null : super.determineProxy(target, context);
    }
}
