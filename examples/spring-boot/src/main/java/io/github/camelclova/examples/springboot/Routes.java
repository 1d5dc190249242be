package io.github.camelclova.examples.springboot;

import io.github.camelclova.ClovaConstants;
import io.github.camelclova.chat.ClovaCancelledException;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.stereotype.Component;

/** From a question to the tokens of its answer. */
@Component
class Routes extends RouteBuilder {

    /** As many listeners may be slow at the same time before others notice. */
    private static final int SLOW_LISTENERS = 32;

    @Override
    public void configure() {
        // A failed call is one line: its message has the code and the request id.
        errorHandler(defaultErrorHandler().logStackTrace(false).logExhaustedMessageHistory(false));
        onException(ClovaCancelledException.class)
                .handled(true)
                .log("Nobody listens any more: the answer was cancelled");

        // tag::routes[]
        from("direct:support")
                .routeId("support")
                .to("clova:chat?systemMessage=You help customers.&streamTo=direct:tokens");

        from("direct:sales").routeId("sales").to("sales:chat?systemMessage=You advise buyers.&streamTo=direct:tokens");

        from("direct:tokens")
                .routeId("tokens")
                .threads(SLOW_LISTENERS, SLOW_LISTENERS, "listeners")
                .process(exchange -> relay(exchange.getMessage()));
        // end::routes[]
    }

    // tag::relay[]
    private static void relay(Message token) {
        Listener listener = token.getHeader(Listener.HEADER, Listener.class);
        switch (token.getHeader(ClovaConstants.EVENT_TYPE, String.class)) {
            case "token" -> {
                listener.token(token.getBody(String.class));
                // Whoever has gone is not written for any longer.
                token.setHeader(ClovaConstants.CANCEL, !listener.isOpen());
            }
            case "result" ->
                listener.result(new Listener.Result(
                        token.getHeader(ClovaConstants.STOP_REASON, String.class),
                        token.getHeader(ClovaConstants.TOTAL_TOKENS, Integer.class)));
            default -> listener.fail();
        }
    }
    // end::relay[]
}
