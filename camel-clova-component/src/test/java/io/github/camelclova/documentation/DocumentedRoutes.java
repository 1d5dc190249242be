package io.github.camelclova.documentation;

import io.github.camelclova.ClovaComponent;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.ReceivedRequest;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where the routes of the pages run: every endpoint that they send to and do not read from ends in a mock of its name. */
abstract class DocumentedRoutes {

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    final CamelContext context = new DefaultCamelContext();
    ProducerTemplate template;

    @BeforeEach
    void start() throws Exception {
        ClovaComponent clova = context.getComponent("clova", ClovaComponent.class);
        clova.getConfiguration().setBaseUrl(service().baseUrl());
        clova.getConfiguration().setMaxRetries(0);
        sinks("answers", "review", "rude", "ask-later", "give-up", "show", "end", "broken-off", "cut-short");
        context.start();
        template = context.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    final void sinks(String... names) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                List.of(names).forEach(name -> from("direct:" + name).to("mock:" + name));
            }
        });
    }

    static ClovaStandIn service() {
        return SERVICE.get();
    }

    final void load(String name) throws Exception {
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.resolveMandatoryResource(context, "file:" + file(name)));
    }

    static Path file(String name) {
        return Path.of(System.getProperty("basedir"), "src/test/resources/documentation", name + ".camel.yaml");
    }

    final void ask(String question) {
        template.sendBody("direct:ask", question);
    }

    static ReceivedRequest request() {
        return service().requests().get(0);
    }

    final List<Object> bodiesAt(String name) {
        return exchangesAt(name).stream()
                .map(exchange -> exchange.getMessage().getBody())
                .toList();
    }

    final List<Exchange> exchangesAt(String name) {
        return context.getEndpoint("mock:" + name, MockEndpoint.class).getReceivedExchanges();
    }
}
