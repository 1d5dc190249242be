package io.github.camelclova.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.Metadata;
import io.github.camelclova.chat.ClovaRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page about moving. What stood before is run where the component is here, and else compared with Camel's catalog, which
 * knows the options and headers of every component of its version.
 */
class DocumentedMovingTest extends DocumentedRoutes {

    private static final CamelCatalog CATALOG = new DefaultCamelCatalog();
    private static final Pattern URI = Pattern.compile("uri: \"([^\"]+)\"");

    private final RouteBuilder before = new RouteBuilder() {
        @Override
        public void configure() {
            // tag::before-http[]
            from("direct:before")
                    .setBody(exchange -> Map.of(
                            "messages",
                            List.of(Map.of(
                                    "role",
                                    "user",
                                    "content",
                                    exchange.getMessage().getBody(String.class))),
                            "maxTokens",
                            300))
                    .marshal()
                    .json()
                    .setHeader("Authorization", simple("Bearer {{clova.key}}"))
                    .setHeader(Exchange.CONTENT_TYPE, constant("application/json"))
                    .to("{{clova.url}}/v3/chat-completions/HCX-005")
                    .unmarshal()
                    .json()
                    .setBody(simple("${body[result][message][content]}"))
                    .to("direct:answers");
            // end::before-http[]
        }
    };

    private final RouteBuilder after = new RouteBuilder() {
        @Override
        public void configure() {
            // tag::after-http[]
            from("direct:after").to("clova:chat?model=HCX-005&maxTokens=300").to("direct:answers");
            // end::after-http[]
        }
    };

    private void bothRoutes() throws Exception {
        Properties properties = new Properties();
        properties.setProperty("clova.key", "nv-of-the-test");
        properties.setProperty("clova.url", service().baseUrl());
        context.getPropertiesComponent().setInitialProperties(properties);
        context.addRoutes(before);
        context.addRoutes(after);
    }

    @Test
    void bothRoutesBringTheSameAnswer() throws Exception {
        bothRoutes();

        template.sendBody("direct:before", "When?");
        template.sendBody("direct:after", "When?");

        assertThat(bodiesAt("answers")).hasSize(2).doesNotContainNull();
        assertThat(bodiesAt("answers").get(1)).isEqualTo(bodiesAt("answers").get(0));
        assertThat(service().requests().get(1).json())
                .isEqualTo(service().requests().get(0).json());
    }

    @Test
    void aRefusalWithStatus200LosesItsCodeInTheFirstAndKeepsItInTheSecond() throws Exception {
        bothRoutes();

        Exchange asBefore = send("direct:before", "When? #code:40005");
        Exchange asAfter = send("direct:after", "When? #code:40005");

        assertThat(asBefore.getException()).isNotNull().hasMessageNotContaining("40005");
        assertThat(asAfter.getException())
                .isInstanceOfSatisfying(ClovaRefusedException.class, refused -> assertThat(refused.getCode())
                        .isEqualTo("40005"));
    }

    @Test
    void theKeyIsAHeaderOfTheExchangeInTheFirstAndNotInTheSecond() throws Exception {
        bothRoutes();

        assertThat(send("direct:before", "When?").getMessage().getHeaders()).containsKey("Authorization");
        assertThat(send("direct:after", "When?").getMessage().getHeaders()).doesNotContainKey("Authorization");
    }

    @ParameterizedTest
    @ValueSource(strings = {"before-openai", "before-langchain4j", "before-spring-ai"})
    void theCatalogKnowsTheEndpointsThatStoodBefore(String route) throws IOException {
        List<String> uris = URI.matcher(Files.readString(file(route), UTF_8))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(uris).singleElement().satisfies(uri -> {
            EndpointValidationResult result = CATALOG.validateEndpointProperties(uri);
            assertThat(result.isSuccess()).as(result.summaryErrorMessage(false)).isTrue();
        });
    }

    @Test
    void tokensComeAsTextInPlaceOfChunks() throws Exception {
        load("after-openai");

        ask("When?");

        assertThat(bodiesAt("show")).hasSizeGreaterThan(10).allMatch(String.class::isInstance);
        assertThat(bodiesAt("answers")).hasSize(1);
    }

    @Test
    void optionsTakeThePlaceOfBeans() throws Exception {
        load("after-beans");

        template.sendBodyAndHeader("direct:ask", "When?", "session", "s-1");
        template.sendBodyAndHeader("direct:ask", "Sure?", "session", "s-1");

        assertThat(service().requests().get(1).json().path("messages")).hasSize(4);
    }

    static Stream<List<String>> namesOfHeaders() {
        return Tables.below("moving", "Headers").stream();
    }

    @ParameterizedTest
    @MethodSource("namesOfHeaders")
    void everyHeaderOfTheTableExists(List<String> row) {
        assertThat(Metadata.headers()).extracting(BaseOptionModel::getName).contains(Tables.code(row.get(0)));
        assertKnown("openai", row.get(1));
        assertKnown("spring-ai-chat", row.get(2));
    }

    private static void assertKnown(String scheme, String cell) {
        if (!cell.equals("–")) {
            assertThat(CATALOG.componentModel(scheme).getEndpointHeaders())
                    .extracting(BaseOptionModel::getName)
                    .contains(Tables.code(cell));
        }
    }

    @ParameterizedTest
    @CsvSource({"openai, temperature, true", "langchain4j-chat, temperature, false", "spring-ai-chat, temperature, true"
    })
    void theTableSaysWhoHasGenerationOptions(String scheme, String option, boolean has) {
        ComponentModel component = CATALOG.componentModel(scheme);

        assertThat(component.getEndpointOptions().stream()
                        .anyMatch(each -> each.getName().equals(option)))
                .isEqualTo(has);
    }

    private Exchange send(String endpoint, String question) {
        return template.send(endpoint, exchange -> exchange.getMessage().setBody(question));
    }
}
