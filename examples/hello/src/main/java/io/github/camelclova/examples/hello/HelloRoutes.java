package io.github.camelclova.examples.hello;

import io.github.camelclova.ClovaConstants;
import org.apache.camel.LoggingLevel;
import org.apache.camel.builder.RouteBuilder;

/** The route in Java. */
final class HelloRoutes extends RouteBuilder {

    @Override
    public void configure() {
        // tag::route[]
        from("direct:ask")
                .to("clova:chat?model=HCX-005&systemMessage=Answer in one sentence.&aiFilterPolicy=moderate")
                .choice()
                .when(header(ClovaConstants.AI_FILTER_FLAGGED))
                .log(LoggingLevel.INFO, "example", "For review: ${body}")
                .otherwise()
                .log(LoggingLevel.INFO, "example", "Answered: ${body}");
        // end::route[]
    }
}
