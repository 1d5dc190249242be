package io.github.camelclova.springboot;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.camel.tooling.model.ComponentModel.ComponentOptionModel;
import org.junit.jupiter.api.Test;

/** What an editor is told about {@code camel.component.clova.*} is what the component says of its options. */
class MetadataTest {

    private static final Map<String, String> BOXED = Map.of(
            "boolean", "java.lang.Boolean",
            "Boolean", "java.lang.Boolean",
            "int", "java.lang.Integer",
            "long", "java.lang.Long");

    private final JsonNode metadata = read();

    @Test
    void everyOptionIsThereWithItsTypeDescriptionAndDefault() {
        Map<String, JsonNode> properties = StreamSupport.stream(
                        metadata.path("properties").spliterator(), false)
                .collect(toMap(property -> property.path("name").asText(), property -> property));

        assertThat(Options.all()).isNotEmpty().allSatisfy(option -> {
            JsonNode property = properties.remove(Options.property(option));
            assertThat(property).as(option.getName()).isNotNull();
            assertThat(property.path("type").asText()).isEqualTo(type(option));
            assertThat(property.path("description").asText()).isEqualTo(option.getDescription());
            assertThat(property.path("defaultValue").asText("none"))
                    .isEqualTo(
                            option.getDefaultValue() == null
                                    ? "none"
                                    : option.getDefaultValue().toString());
        });
        assertThat(properties)
                .as("what belongs to the starter itself")
                .containsOnlyKeys("camel.component.clova.enabled", "camel.component.clova.customizer.enabled");
    }

    @Test
    void anOptionOfFixedChoicesOffersThem() {
        assertThat(metadata.path("hints"))
                .filteredOn(hint -> hint.path("name").asText().equals("camel.component.clova.token-unit"))
                .singleElement()
                .satisfies(hint -> assertThat(hint.path("values").findValuesAsText("value"))
                        .containsExactly("token", "word", "sentence", "line"));
    }

    private static String type(ComponentOptionModel option) {
        return option.getType().equals("duration")
                ? "java.time.Duration"
                : BOXED.getOrDefault(option.getJavaType(), option.getJavaType().replace(", ", ","));
    }

    private static JsonNode read() {
        try {
            return new ObjectMapper().readTree(Options.resource("/META-INF/spring-configuration-metadata.json"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
