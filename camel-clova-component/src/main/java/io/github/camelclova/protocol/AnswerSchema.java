package io.github.camelclova.protocol;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The structure that an answer must have: a JSON Schema, given or derived from a class. Thread-safe.
 */
public final class AnswerSchema {

    private final JsonNode document;
    private final JsonSchema schema;
    private final @Nullable Class<?> type;
    private final ObjectMapper mapper;

    private AnswerSchema(JsonNode document, @Nullable Class<?> type, ObjectMapper mapper) {
        this.document = document;
        this.schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(document);
        this.type = type;
        this.mapper = mapper;
    }

    /**
     * A schema as JSON text; answers stay text.
     *
     * @throws IllegalArgumentException if it is no schema of an object
     */
    public static AnswerSchema parse(String json) {
        JsonNode document;
        try {
            document = Json.read(json);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("malformed JSON at line %d, column %d"
                    .formatted(
                            malformed.getLocation().getLineNr(),
                            malformed.getLocation().getColumnNr()));
        }
        if (!document.isObject() || !document.path("type").asText("object").equals("object")) {
            throw new IllegalArgumentException("is no JSON Schema of an object");
        }
        return new AnswerSchema(document, null, new ObjectMapper());
    }

    /**
     * The schema of a class, whose members are all required; answers become its instances.
     *
     * @param registry finds the one instance of a class, to read answers with the application's own {@code ObjectMapper}
     */
    public static AnswerSchema of(Class<?> type, Function<Class<?>, @Nullable Object> registry) {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(new JacksonModule(
                        JacksonOption.RESPECT_JSONPROPERTY_REQUIRED, JacksonOption.FLATTENED_ENUMS_FROM_JSONVALUE))
                .with(Option.INLINE_ALL_SCHEMAS)
                .with(Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT)
                .without(Option.SCHEMA_VERSION_INDICATOR);
        config.forFields().withRequiredCheck(field -> true);
        JsonNode document = new SchemaGenerator(config.build()).generateSchema(type);
        return new AnswerSchema(
                document,
                type,
                registry.apply(ObjectMapper.class) instanceof ObjectMapper theirs ? theirs : new ObjectMapper());
    }

    /** The schema as plain maps and lists, for a request. */
    public Map<String, Object> asMap() {
        return Json.map(document);
    }

    /** What is wrong with an answer; empty if it fits. */
    public Optional<String> problem(String answer) {
        JsonNode node;
        try {
            node = Json.read(answer);
        } catch (JsonProcessingException malformed) {
            return Optional.of("not JSON, at line %d, column %d"
                    .formatted(
                            malformed.getLocation().getLineNr(),
                            malformed.getLocation().getColumnNr()));
        }
        String problems =
                schema.validate(node).stream().map(AnswerSchema::words).sorted().collect(joining("; "));
        return problems.isEmpty() ? Optional.empty() : Optional.of(problems);
    }

    /** Where and which rule; never the value, which is the model's. */
    private static String words(ValidationMessage message) {
        return "%s breaks %s".formatted(message.getInstanceLocation(), message.getType());
    }

    /**
     * The body that an answer becomes: its text, or an instance of the class.
     *
     * @throws IllegalArgumentException if the class does not take it
     */
    public Object body(String answer) {
        if (type == null) {
            return answer;
        }
        try {
            return mapper.readValue(answer, type);
        } catch (JsonProcessingException unfit) {
            throw new IllegalArgumentException("the class %s does not take it".formatted(type.getName()));
        }
    }
}
