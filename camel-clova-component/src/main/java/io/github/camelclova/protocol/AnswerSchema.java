package io.github.camelclova.protocol;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfig;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.resource.AllowSchemaLoader;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The structure that an answer, or what a tool is called with, must have: a JSON Schema, given or derived from a class.
 * Thread-safe.
 */
public final class AnswerSchema {

    // A schema may refer to parts of itself and to the class path; nothing is fetched from a network.
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaLoaders(loaders -> loaders.add(
                    new AllowSchemaLoader(location -> location.toString().startsWith("classpath:")))));

    private final JsonNode document;
    private final JsonSchema schema;
    private final @Nullable Class<?> type;
    private final ObjectMapper mapper;

    private AnswerSchema(JsonNode document, @Nullable Class<?> type, ObjectMapper mapper) {
        this.document = document;
        this.schema = schema(document);
        this.type = type;
        this.mapper = mapper;
    }

    private static JsonSchema schema(JsonNode document) {
        if (!document.isObject() || !document.path("type").asText("object").equals("object")) {
            throw new IllegalArgumentException("is no JSON Schema of an object");
        }
        try {
            Set<ValidationMessage> problems =
                    FACTORY.getSchema(SchemaLocation.of(SchemaId.V202012)).validate(document);
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException("is no JSON Schema: " + words(problems));
            }
            JsonSchema schema = FACTORY.getSchema(document);
            schema.initializeValidators();
            return schema;
        } catch (JsonSchemaException unusable) {
            throw new IllegalArgumentException("is no usable JSON Schema: " + unusable.getMessage(), unusable);
        }
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
            throw new IllegalArgumentException("malformed JSON " + Json.place(malformed));
        }
        return new AnswerSchema(document, null, new ObjectMapper());
    }

    /** A schema as plain maps and lists, which is one of an object. */
    static AnswerSchema of(Map<String, Object> schema) {
        return new AnswerSchema(Json.node(schema), null, new ObjectMapper());
    }

    /**
     * The schema of a class, whose members are all required; answers become its instances.
     *
     * @throws IllegalArgumentException if no schema of an object can be made of it
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
        return new AnswerSchema(
                generated(type, config.build()),
                type,
                registry.apply(ObjectMapper.class) instanceof ObjectMapper theirs ? theirs : new ObjectMapper());
    }

    private static JsonNode generated(Class<?> type, SchemaGeneratorConfig config) {
        try {
            return new SchemaGenerator(config).generateSchema(type);
        } catch (IllegalArgumentException | IllegalStateException unfit) {
            throw new IllegalArgumentException(
                    "no schema can be made of %s: %s".formatted(type.getName(), unfit.getMessage()), unfit);
        }
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
            return Optional.of("not JSON, " + Json.place(malformed));
        }
        Set<ValidationMessage> problems = schema.validate(node);
        if (!problems.isEmpty()) {
            return Optional.of(words(problems));
        }
        try {
            body(answer);
            return Optional.empty();
        } catch (IllegalArgumentException unfit) {
            return Optional.of(String.valueOf(unfit.getMessage()));
        }
    }

    private static String words(Set<ValidationMessage> problems) {
        return problems.stream().map(AnswerSchema::words).sorted().collect(joining("; "));
    }

    /** Where and which rule; never the value, which is the model's. The name of a missing member is the schema's. */
    private static String words(ValidationMessage message) {
        String missing = message.getType().equals("required") ? " of " + message.getProperty() : "";
        return "%s breaks %s%s".formatted(message.getInstanceLocation(), message.getType(), missing);
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
            // Its message and cause quote the answer.
            throw new IllegalArgumentException("the class %s does not take it".formatted(type.getName()));
        }
    }
}
