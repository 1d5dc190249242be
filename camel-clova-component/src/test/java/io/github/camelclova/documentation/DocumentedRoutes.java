package io.github.camelclova.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.ClovaComponent;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.ReceivedRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;

/** Where the routes of the pages run: every endpoint that they send to and do not read from ends in a mock of its name. */
abstract class DocumentedRoutes {

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    /** What {@link #load} takes, where a test is run {@link InEveryDsl}. */
    @Parameter
    Dsl dsl = Dsl.YAML;

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
        if (dsl == Dsl.JAVA) {
            context.addRoutes(new RoutesInJava(name));
        } else {
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.resolveMandatoryResource(context, "file:" + file(name)));
        }
    }

    /** Loads a route whose address is a real one, with another in its place. */
    final void load(String name, String address, String replacement) throws Exception {
        if (dsl == Dsl.JAVA) {
            context.addRoutes(new RoutesInJava(name) {
                @Override
                public void configure() {
                    super.configure();
                    ToDefinition asks = (ToDefinition)
                            getRouteCollection().getRoutes().get(0).getOutputs().get(0);
                    assertThat(asks.getEndpointProducerBuilder().getRawUri()).contains(address);
                    asks.getEndpointProducerBuilder().doSetProperty("baseUrl", replacement);
                }
            });
        } else {
            String printed = Files.readString(file(name), UTF_8);
            assertThat(printed).contains(address);
            PluginHelper.getRoutesLoader(context)
                    .loadRoutes(ResourceHelper.fromString(
                            file(name).getFileName().toString(), printed.replace(address, replacement)));
        }
    }

    final Path file(String name) {
        return Path.of(
                System.getProperty("basedir"),
                "src/test/resources/documentation",
                "%s.camel.%s".formatted(name, dsl.name().toLowerCase(Locale.ROOT)));
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
