package io.github.camelclova.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.conversation.ConversationStore;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.spi.PropertiesFunction;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;

/** Where values of options come from, other than from the route. */
@InEveryDsl
class DocumentedPropertiesTest extends DocumentedRoutes {

    @Test
    void aKeyComesFromTheEnvironmentAndAModelFromAPropertyOrItsDefault() throws Exception {
        context.getPropertiesComponent().addOverrideProperty("assistant.model", "HCX-007");
        load("keys");

        ask("hello");

        assertThat(request().path()).endsWith("/HCX-007");
        assertThat(request().header("Authorization")).contains("Bearer key-of-the-environment");
    }

    @Test
    void aPropertyThatIsNotThereHasADefault() throws Exception {
        load("keys");

        ask("hello");

        assertThat(request().path()).endsWith("/HCX-005");
    }

    @Test
    void aFileOfPropertiesHoldsTheComponentsKey() throws Exception {
        Main main = new Main();
        // tag::key-file[]
        main.setPropertyPlaceholderLocations("file:src/test/resources/documentation/keys.properties");
        // end::key-file[]
        main.addInitialProperty("camel.component.clova.base-url", service().baseUrl());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:ask").to("clova:chat?model=HCX-005");
            }
        });
        main.start();
        try {
            main.getCamelTemplate().sendBody("direct:ask", "hello");
        } finally {
            main.stop();
        }

        assertThat(request().header("Authorization")).contains("Bearer key-of-a-file");
    }

    @Test
    void aStoreOfSecretsIsAFunctionOfPlaceholders() throws Exception {
        useStore(name -> "key-of-" + name);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::store-route[]
                from("direct:ask").to("clova:chat?model=HCX-005&apiKey=RAW({{safe:clova}})");
                // end::store-route[]
            }
        });
        ask("hello");

        assertThat(request().header("Authorization")).contains("Bearer key-of-clova");
    }

    /** A store of secrets, such as an application has one. */
    private interface Safe {
        String read(String name);
    }

    private void useStore(Safe safe) {
        // tag::store[]
        context.getPropertiesComponent().addPropertiesFunction(new PropertiesFunction() {
            @Override
            public String getName() {
                return "safe";
            }

            @Override
            public String apply(String name) {
                return safe.read(name);
            }
        });
        // end::store[]
    }

    @Test
    void aRawValueIsTakenAsItStands() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::raw[]
                from("direct:ask")
                        .to("clova:chat?model=HCX-005&systemMessage=RAW(Write 100% & more as \"a+b\".)")
                        .to("direct:answers");
                // end::raw[]
            }
        });

        ask("hello");

        assertThat(request().json().at("/messages/0/content").asText()).isEqualTo("Write 100% & more as \"a+b\".");
    }

    @Test
    void rawIsTheSameInYamlAndInTheEndpointDsl() throws Exception {
        String text = "Write 100% & more as a+b: 50%20?";
        PluginHelper.getRoutesLoader(context)
                .loadRoutes(ResourceHelper.fromString("raw.camel.yaml", """
                        - route:
                            from:
                              uri: direct:ask
                              steps:
                                - to:
                                    uri: clova
                                    parameters:
                                      operation: chat
                                      model: HCX-005
                                      systemMessage: "RAW(%s)"
                        """.replace("%s", text)));
        context.addRoutes(new RoutesInJava("ask") {
            @Override
            public void configure() {
                from(direct("ask-in-java")).to(clova("chat").model("HCX-005").systemMessage("RAW(%s)".formatted(text)));
            }
        });

        ask("hello");
        template.sendBody("direct:ask-in-java", "hello");

        assertThat(service().requests())
                .extracting(request -> request.json().at("/messages/0/content").asText())
                .containsExactly(text, text);
    }

    @Test
    void aBeanIsNamedWithAHash() throws Exception {
        load("beans");

        template.sendBodyAndHeader("direct:ask", "hello", "session", "s-1");

        ConversationStore conversations =
                context.getRegistry().lookupByNameAndType("conversations", ConversationStore.class);
        assertThat(conversations.load("s-1").messages()).hasSize(2);
        assertThat(bodiesAt("answers")).hasSize(1);
    }

    @Test
    void aKeyFromAPlaceholderIsInNoMessage() throws Exception {
        load("keys");

        Exchange refused =
                template.send("direct:ask", exchange -> exchange.getMessage().setBody("hello #status:401"));

        assertThat(refused.getException()).isInstanceOf(ClovaException.class);
        assertThat(refused.getException()).hasMessageNotContaining("key-of-the-environment");
    }
}
