package io.github.camelclova.examples.moderatedchat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Lets in what comes from the page itself. Another site, open in the same browser, can send requests to this server too, and
 * with a host name of its own that leads here it could even read the answers.
 */
public final class Door {

    private static final Map<String, String> SAFETY = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'",
            "X-Content-Type-Options",
            "nosniff",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cache-Control",
            "no-store");

    private final Set<String> hosts;

    Door(int port) {
        hosts = Set.copyOf(List.of("127.0.0.1:" + port, "localhost:" + port));
    }

    /**
     * Checks the request and takes its headers away, but for two that become variables. From now on the headers are those of
     * the response.
     */
    public void enter(Exchange exchange) {
        Message message = exchange.getMessage();
        String host = message.getHeader("Host", "", String.class);
        String origin = message.getHeader("Origin", String.class);
        String path = message.getHeader(Exchange.HTTP_PATH, String.class);
        String authorization = message.getHeader("Authorization", String.class);
        String contentType = message.getHeader(Exchange.CONTENT_TYPE, "", String.class);
        boolean post = "POST".equals(message.getHeader(Exchange.HTTP_METHOD));
        message.removeHeaders("*");
        SAFETY.forEach(message::setHeader);
        if (!hosts.contains(host) || (origin != null && !origin.equals("http://" + host))) {
            throw new RefusedException(403, "elsewhere");
        }
        // No form of another site can send this type; a script of one has to ask first, and gets no permission.
        if (post && !contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new RefusedException(415, "type");
        }
        exchange.setVariable("path", path);
        exchange.setVariable("authorization", authorization);
    }

    /** Answers a request that was refused. */
    public void refuse(Exchange exchange) {
        RefusedException refused = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, RefusedException.class);
        Message response = exchange.getMessage();
        response.setHeader(Exchange.HTTP_RESPONSE_CODE, refused.status());
        response.setHeader(Exchange.CONTENT_TYPE, "application/json");
        response.setBody(Json.bytesOf(Map.of("error", refused.word())));
    }
}
