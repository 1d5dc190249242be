package io.github.camelclova;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.RuntimeCamelCatalog;
import org.apache.camel.catalog.suggest.CatalogSuggestionStrategy;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CatalogTest {

    private static CamelCatalog catalog;

    @BeforeAll
    static void addToCatalog() {
        // tag::catalog[]
        catalog = new DefaultCamelCatalog();
        catalog.addComponent("clova", ClovaComponent.class.getName());
        // end::catalog[]
        catalog.setSuggestionStrategy(new CatalogSuggestionStrategy());
    }

    @Test
    void theCatalogOfARunningContextKnowsTheComponentByItself() {
        CamelContext context = new DefaultCamelContext();
        context.start();
        try {
            RuntimeCamelCatalog running = PluginHelper.getRuntimeCamelCatalog(context);

            assertThat(running.componentJSonSchema("clova")).contains("\"scheme\": \"clova\"");
            assertThat(running.validateProperties("clova", Map.of("modl", "HCX-005"))
                            .getUnknown())
                    .containsExactly("modl");
        } finally {
            context.stop();
        }
    }

    @Test
    void theWholeCatalogIsToldOnce() {
        assertThat(catalog.findComponentNames()).contains("clova", "kafka");
        assertThat(catalog.componentJSonSchema("clova")).contains("\"scheme\": \"clova\"");
        assertThat(catalog.componentModel("clova").getEndpointOptions())
                .hasSameSizeAs(Metadata.model().getEndpointOptions());
    }

    @Test
    void aMisspeltOptionIsFoundAndTheRightOneNamed() {
        EndpointValidationResult result = validate("clova:chat?modl=HCX-005");

        assertThat(result.getUnknown()).containsExactly("modl");
        assertThat(result.getUnknownSuggestions().get("modl")).contains("model");
    }

    @Test
    void aMisspeltWordIsFoundAndTheRightOneNamed() {
        EndpointValidationResult result = validate("clova:chat?model=HCX-005&tokenUnit=wrod");

        assertThat(result.getInvalidEnum()).containsEntry("tokenUnit", "wrod");
        assertThat(result.getInvalidEnumChoices().get("tokenUnit")).contains("word");
    }

    @Test
    void aNumberThatIsNoneIsFound() {
        assertThat(validate("clova:chat?model=HCX-005&maxTokens=many").getInvalidInteger())
                .containsKey("maxTokens");
    }

    static Stream<String> goodUris() {
        return Stream.of(
                "clova:chat?model=HCX-005&temperature=0.3&aiFilterThreshold.insult=1&requestTimeout=5s",
                "clova:chat?model=HCX-005&streaming=true&includeAiFilters=false",
                "clova:chat?model={{model}}&maxTokens={{tokens}}&additionalHeader.X-Team=dock",
                "clova:embeddings");
    }

    @ParameterizedTest
    @MethodSource("goodUris")
    void whatIsRightPasses(String uri) {
        EndpointValidationResult result = validate(uri);

        assertThat(result.isSuccess()).as(result.summaryErrorMessage(true)).isTrue();
    }

    private static EndpointValidationResult validate(String uri) {
        return catalog.validateEndpointProperties(uri);
    }
}
