package io.github.camelclova;

import static io.github.camelclova.Target.V3_MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclova.ToolTalk.Mode;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.impl.DefaultRuntimeCamelCatalog;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which routes are tools, which a chat may call, and when a wrong one is told. */
class ToolRoutesTest {

    private static final String TOOL = "clova:tool/findOrder?description=Finds";

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    // ---- who is there

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aToolMayComeAfterTheChatAndStartLater(boolean starts) throws Exception {
        try (Started started = started(chat("findOrder"), tool(TOOL, starts))) {
            started.context().start();

            if (!starts) {
                assertThat(ask(started.context()).getException())
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("Option toolRoutes: no started route is the tool findOrder");
                started.context().getRouteController().startRoute("tool");
            }
            assertThat(ask(started.context()).getException()).isNull();
        }
    }

    @Test
    void aToolThatNobodyHasKeepsTheContextFromStarting() throws Exception {
        try (Started started = started(chat("findParcel"), tool(TOOL, true))) {
            assertThatThrownBy(started.context()::start)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Option toolRoutes: no route is the tool findParcel; there are [findOrder]");
        }
    }

    @Test
    void anotherContextsToolsAreNone() throws Exception {
        try (Started others = started(tool(TOOL, true));
                Started started = started(chat("findOrder"))) {
            others.context().start();

            assertThatThrownBy(started.context()::start).hasMessageContaining("no route is the tool findOrder");
        }
    }

    @Test
    void anotherComponentOfTheContextHasTheSameTools() {
        routes.context().addComponent("other", new ClovaComponent());
        routes.add(tool(TOOL.replace("clova:", "other:"), true));
        routes.service().replays(Target.reply(V3_MODEL.hello()));

        assertThat(routes.ask(V3_MODEL.at(routes.service(), "toolRoutes=findOrder"), "hello")
                        .getException())
                .isNull();
    }

    @Test
    void twoRoutesCannotBeOneTool() {
        routes.add(tool(TOOL, true));

        assertThat(refusalOf(TOOL + "2")).contains("Option toolName: another route is the tool findOrder");
    }

    @Test
    void aSuspendedRouteIsNoToolUntilItIsResumed() throws Exception {
        routes.add(tool(TOOL, true));
        String from = routes.start(V3_MODEL.at(routes.service(), "toolRoutes=findOrder"));
        routes.service().replays(Target.reply(V3_MODEL.hello()));

        routes.context().getRouteController().suspendRoute("tool");
        Exchange refused = routes.send(from, "hello", Map.of());
        routes.context().getRouteController().resumeRoute("tool");
        Exchange answered = routes.send(from, "hello", Map.of());

        assertThat(refused.getException()).hasMessageContaining("no started route is the tool findOrder");
        assertThat(answered.getException()).isNull();
    }

    @Test
    void aToolThatIsStoppedMeanwhileIsToldToTheModel() {
        routes.add(tool(TOOL, true));
        ToolTalk talk = ToolTalk.CLOVA_V3;
        ToolTalk.Call call = new ToolTalk.Call("call_1", "findOrder", "{}");
        routes.service().answers(request -> {
            boolean isFirst = routes.service().requests().size() == 1;
            if (isFirst) {
                ToolRoutes all = ToolRoutes.of(routes.context());
                all.remove(all.find("findOrder"));
            }
            return isFirst ? talk.calls(Mode.WHOLE, call) : talk.says(Mode.WHOLE, "Sorry.");
        });

        Exchange asked = routes.ask(V3_MODEL.at(routes.service(), "toolRoutes=findOrder"), "hello");

        assertThat(asked.getMessage().getBody()).isEqualTo("Sorry.");
        assertThat(routes.service()
                        .requests()
                        .get(1)
                        .json()
                        .at("/messages/2/content")
                        .textValue())
                .isEqualTo("Error: the tool failed");
    }

    // ---- what is refused

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tool?description=a                                       | Option toolName: a tool has a name of 1 to 64",
                "tool/a.b?description=a                                   | Option toolName: a tool has a name of 1 to 64",
                "tool/a                                                   | Option description: is missing",
                "tool/a?description=a&model=HCX-005                       | Option model: has no meaning for the operation tool",
                "tool/a?description=a&exchangePattern=InOnly              | Option exchangePattern: has no meaning for the operation tool",
                "tool/a?description=a&parameter.n=text                    | Option parameter.n: the type is none of [array, boolean",
                "tool/a?description=a&parameter.n.requird=true            | Option parameter.n.requird: behind the name",
                "tool/a?description=a&parameter.n.required=yes            | Option parameter.n.required: is neither true nor false",
                "tool/a?description=a&parameter.n.enum=a,,b               | Option parameter.n.enum: has an empty entry",
                "tool/a?description=a&parameter.n=integer&parameter.n.enum=a | Option parameter.n.enum: an entry does not have the type",
                "tool/a?description=a&parameters=[]                       | Option parameters: is no JSON Schema of an object",
                "tool/a?description=a&parameters={}&parameter.n=string    | Option parameters: cannot stand beside parameter.*",
                "chat?model=HCX-005                                       | clova:chat answers exchanges, it makes none: use it with to()",
            })
    void aRouteThatCannotBeAToolDoesNotStart(String uri, String problem) {
        assertThat(refusalOf("clova:" + uri)).contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tool/a?description=a               | clova:tool/a is a route that a chat calls, and no step: use it with from()",
                "chat/a?model=HCX-005               | Option toolName: has no meaning for the operation chat",
                "chat?model=HCX-005&description=a   | Option description: has no meaning for the operation chat",
                "chat?model=HCX-005&parameter.n=a   | Option parameter.n: has no meaning for the operation chat",
                "embeddings?toolRoutes=a            | Option toolRoutes: has no meaning for the operation embeddings",
                "talk                               | models, tool/ and its name",
                "chat?model=HCX-003&toolRoutes=a    | Option toolRoutes: cannot be expressed in dialect clova-v1",
                "chat?model=HCX-007&toolRoutes=a    | tools cannot be used while HCX-007 thinks; it needs thinkingEffort=none",
                "chat?model=HCX-005&toolRoutes=a&maxTokens=100  | maxTokens=100 is less than the 1024",
                "chat?model=HCX-005&toolRoutes=a,a  | Option toolRoutes: has a name twice",
                "chat?model=HCX-005&toolRoutes=a,   | Option toolRoutes: a tool has a name of 1 to 64",
                "chat?model=HCX-005&toolRoutes=a&tools=[{\"name\":\"a\"}] | Option toolRoutes: has the name of one of tools, a",
                "chat?dialect=openai&baseUrl=http://localhost/v1&model=m&toolRoutes=a&n=2 | Option n: tools are called for one answer",
            })
    void aChatThatCannotCallToolsDoesNotStart(String uri, String problem) {
        String key = uri.contains("?") ? "&apiKey=k" : "?apiKey=k";

        assertThat(routes.startFailureOf("clova:" + uri + (uri.startsWith("tool") ? "" : key)))
                .contains(problem);
    }

    // ---- what the catalogue says

    @Test
    void theCatalogueKnowsBothForms() {
        DefaultRuntimeCamelCatalog catalog =
                (DefaultRuntimeCamelCatalog) PluginHelper.getRuntimeCamelCatalog(routes.context());

        EndpointValidationResult chat = catalog.validateEndpointProperties("clova:chat?model=HCX-005&toolRoutes=a");
        EndpointValidationResult tool = catalog.validateEndpointProperties(
                "clova:tool/findOrder?description=a&parameter.number=string&parameter.number.required=true");
        EndpointValidationResult misspelt = catalog.validateEndpointProperties("clova:tool/findOrder?descripton=a");
        EndpointValidationResult toolInTo =
                catalog.validateEndpointProperties("clova:tool/findOrder?description=a", false, false, true);
        EndpointValidationResult chatInFrom =
                catalog.validateEndpointProperties("clova:chat?model=HCX-005", false, true, false);

        assertThat(chat.isSuccess()).as(String.valueOf(chat)).isTrue();
        assertThat(tool.isSuccess()).as(String.valueOf(tool)).isTrue();
        assertThat(misspelt.getUnknown()).containsExactly("descripton");
        assertThat(toolInTo.getNotProducerOnly()).contains("description");
        assertThat(chatInFrom.getNotConsumerOnly()).contains("model");
    }

    @Test
    void everyOptionIsForAConsumerOrForAProducer() {
        assertThat(Metadata.labelsOfEndpointOptions())
                .allSatisfy((option, label) -> assertThat(label).as(option).containsPattern("consumer|producer"));
    }

    // ---- what stories are made of

    private static String refusalOf(String from) {
        try {
            routes.add(new RouteBuilder() {
                @Override
                public void configure() {
                    from(from).log("called");
                }
            });
        } catch (RuntimeException | Error failure) {
            StringBuilder words = new StringBuilder();
            for (Throwable each = failure; each != null; each = each.getCause()) {
                words.append(each.getMessage()).append('\n');
            }
            return words.toString();
        }
        throw new AssertionError("the route started: " + from);
    }

    private static RouteBuilder tool(String uri, boolean starts) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(uri).routeId("tool").autoStartup(starts).setBody(constant("found"));
            }
        };
    }

    private static RouteBuilder chat(String tools) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:ask").to(V3_MODEL.at(routes.service(), "toolRoutes=" + tools));
            }
        };
    }

    /** A context that the test starts. */
    private record Started(CamelContext context) implements AutoCloseable {

        @Override
        public void close() {
            context.stop();
        }
    }

    private static Started started(RouteBuilder... builders) throws Exception {
        CamelContext context = new DefaultCamelContext();
        for (RouteBuilder builder : builders) {
            context.addRoutes(builder);
        }
        return new Started(context);
    }

    private static Exchange ask(CamelContext context) {
        routes.service().replays(Target.reply(V3_MODEL.hello()));
        return context.createProducerTemplate()
                .send("direct:ask", exchange -> exchange.getMessage().setBody("hello"));
    }
}
