package io.github.camelclova;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;

/** What an endpoint would ask of a stream, found out without asking anybody. */
public final class Streamed {

    private Streamed() {}

    public static boolean asksForUsage(String baseUrl, String options) {
        CamelContext context = new DefaultCamelContext();
        context.start();
        try {
            ClovaEndpoint endpoint = context.getEndpoint(
                    "clova:chat?dialect=openai&model=HCX-007&apiKey=nv-key&streaming=true&baseUrl=" + baseUrl + options,
                    ClovaEndpoint.class);
            return EndpointOptions.check(endpoint).streaming().options().askForUsage();
        } finally {
            context.stop();
        }
    }
}
