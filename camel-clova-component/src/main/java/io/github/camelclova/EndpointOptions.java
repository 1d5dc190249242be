package io.github.camelclova;

import io.github.camelclova.ChatSettings.BodyFormat;
import io.github.camelclova.chat.GenerationOption;
import io.github.camelclova.chat.GenerationOptions;
import io.github.camelclova.protocol.AnswerSchema;
import io.github.camelclova.protocol.Dialect;
import io.github.camelclova.protocol.Operation;
import io.github.camelclova.protocol.Service;
import io.github.camelclova.protocol.ToolDefinitions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checks the options of an endpoint. Every refusal is an {@link IllegalArgumentException} that names the option. */
final class EndpointOptions {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointOptions.class);
    private static final Pattern REQUEST_ID_PREFIX = Pattern.compile("[A-Za-z0-9._-]{1,27}");

    private final ClovaEndpoint endpoint;
    private final ClovaConfiguration options;
    private final @Nullable AnswerSchema schema;

    private EndpointOptions(ClovaEndpoint endpoint) {
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
        this.schema = schema(endpoint);
    }

    /** Of a chat, or of what counts the tokens of one. */
    static ChatSettings check(ClovaEndpoint endpoint) {
        return new EndpointOptions(endpoint).settings();
    }

    private ChatSettings settings() {
        Service service = ServiceOptions.check(options, OperationOptions.operation(endpoint.getOperation()));
        NetworkOptions network = new NetworkOptions(endpoint, service.baseUrl());
        FilterOptions filter = FilterOptions.check(options, service.dialect(), endpoint.getCamelContext());
        HeaderGroups groups = HeaderGroups.of(options.getAllowedHeaderOverrides());
        requireModel(service, groups);
        GenerationOptions generation = generation(service.dialect());
        BodyFormat bodyFormat = OptionValue.oneOf("bodyFormat", options.getBodyFormat(), BodyFormat.class);
        return new ChatSettings(
                service,
                options.getModel(),
                generation,
                systemMessage(),
                imagePrompt(service.dialect(), generation, bodyFormat),
                bodyFormat,
                options.isAllowSystemInBody(),
                filter.includeAiFilters(),
                filter.moderation(),
                filter.action(),
                options.getAiFilterReplacement(),
                StreamSettings.check(options, service, generation, filter),
                schema,
                structuredRetries(),
                callsTools() ? ToolSettings.check(options) : null,
                groups,
                Conversations.check(
                        endpoint, groups, endpoint.component().engine().conversations()),
                options.getMaxTokensLimit(),
                requestIdPrefix(options),
                network.connections(),
                network.limits(),
                network.maxEventSize(),
                network.retry(),
                network.requestTimeout(),
                network.quota(),
                Prices.check(options));
    }

    /** What the component's defaults say of tools is nothing to an endpoint that only counts tokens. */
    private boolean callsTools() {
        return OperationOptions.operation(endpoint.getOperation()) == Operation.CHAT;
    }

    private int structuredRetries() {
        int retries = options.getStructuredRetries();
        if (retries < 0) {
            throw OptionValue.refused("structuredRetries", "%d is less than 0".formatted(retries));
        }
        if (retries > 0 && schema == null) {
            throw OptionValue.refused("structuredRetries", "needs jsonSchema or outputClass");
        }
        boolean streams = options.getStreamTo() != null || Boolean.TRUE.equals(options.getStreaming());
        if (retries > 0 && streams) {
            throw OptionValue.refused("structuredRetries", "cannot take back the tokens of a stream; use no streaming");
        }
        return retries;
    }

    private void requireModel(Service service, HeaderGroups groups) {
        if (options.getModel() == null && service.taskId() == null && !groups.model()) {
            throw OptionValue.refused(
                    "model",
                    "is missing; set it, or taskId, or allow the header %s to name it".formatted(ClovaConstants.MODEL));
        }
    }

    private GenerationOptions generation(Dialect dialect) {
        Map<GenerationOption, Object> values = new EnumMap<>(GenerationOption.class);
        for (GenerationOption option : GenerationOption.values()) {
            Object value = option(option);
            if (value != null) {
                String source = "Option " + nameOf(option);
                Object parsed = OptionValue.parse(source, option, value);
                OptionValue.requireInRange(source, dialect, option, parsed, options.getModel());
                values.put(option, parsed);
            }
        }
        GenerationOptions generation = limited(dialect, withoutThinking(dialect, new GenerationOptions(values)));
        Optional<String> conflict =
                headersNameTheModel() ? dialect.problem(generation) : dialect.problem(generation, options.getModel());
        conflict.ifPresent(problem -> {
            throw new IllegalArgumentException("Options: " + problem);
        });
        return generation;
    }

    private boolean headersNameTheModel() {
        return options.getModel() == null && options.getTaskId() == null;
    }

    /** A schema may come from another option than the one that is called so. */
    private String nameOf(GenerationOption option) {
        if (option == GenerationOption.JSON_SCHEMA && options.getOutputClass() != null) {
            return "outputClass";
        }
        return option == GenerationOption.TOOLS && options.getTools() == null ? "toolRoutes" : option.optionName();
    }

    private @Nullable Object option(GenerationOption option) {
        return switch (option) {
            case TEMPERATURE -> options.getTemperature();
            case TOP_P -> options.getTopP();
            case TOP_K -> options.getTopK();
            case MAX_TOKENS -> options.getMaxTokens();
            case REPEAT_PENALTY -> options.getRepeatPenalty();
            case FREQUENCY_PENALTY -> options.getFrequencyPenalty();
            case PRESENCE_PENALTY -> options.getPresencePenalty();
            case STOP -> options.getStop();
            case SEED -> options.getSeed();
            case N -> options.getN();
            case LOGPROBS -> options.getLogprobs();
            case TOP_LOGPROBS -> options.getTopLogprobs();
            case USER -> options.getUser();
            case RESPONSE_FORMAT -> options.getResponseFormat();
            case THINKING_EFFORT -> options.getThinkingEffort();
            case TOOLS -> tools();
            case TOOL_CHOICE -> options.getToolChoice();
            case JSON_SCHEMA -> schema == null ? null : schema.asMap();
        };
    }

    private GenerationOptions withoutThinking(Dialect dialect, GenerationOptions asked) {
        GenerationOptions fitting = dialect.withoutThinking(asked, options.getModel());
        if (!fitting.equals(asked)) {
            LOG.info("{} does not think for {}: its answers have to fit a schema", options.getModel(), endpoint);
        }
        return fitting;
    }

    /** With a limit and nothing asked for, the limit is what is asked for. */
    private GenerationOptions limited(Dialect dialect, GenerationOptions asked) {
        Integer limit = options.getMaxTokensLimit();
        if (limit == null) {
            return asked;
        }
        OptionValue.requireInRange(
                "Option maxTokensLimit", dialect, GenerationOption.MAX_TOKENS, limit, options.getModel());
        OptionValue.requireWithin("Option maxTokens", asked, limit);
        return asked.has(GenerationOption.MAX_TOKENS) ? asked : asked.with(Map.of(GenerationOption.MAX_TOKENS, limit));
    }

    private @Nullable List<Map<String, Object>> tools() {
        List<Map<String, Object>> functions = new ArrayList<>(toldTools());
        for (String name : callsTools() ? ToolSettings.names(options) : List.<String>of()) {
            if (functions.stream().anyMatch(function -> name.equals(function.get("name")))) {
                throw OptionValue.refused("toolRoutes", "has the name of one of tools, " + name);
            }
            // Stands in for what the route will say of itself when it has started.
            functions.add(Map.of("name", name, "description", name, "parameters", Map.of()));
        }
        return functions.isEmpty() ? null : functions;
    }

    private List<Map<String, Object>> toldTools() {
        String json = text(endpoint, "tools", options.getTools());
        try {
            return json == null ? List.of() : ToolDefinitions.parse(json);
        } catch (IllegalArgumentException malformed) {
            throw OptionValue.refused("tools", String.valueOf(malformed.getMessage()));
        }
    }

    private static @Nullable AnswerSchema schema(ClovaEndpoint endpoint) {
        ClovaConfiguration options = endpoint.getConfiguration();
        String json = text(endpoint, "jsonSchema", options.getJsonSchema());
        String className = options.getOutputClass();
        if (json != null && className != null) {
            throw OptionValue.refused("outputClass", "cannot stand beside jsonSchema");
        }
        try {
            return json != null ? AnswerSchema.parse(json) : className == null ? null : schema(endpoint, className);
        } catch (IllegalArgumentException malformed) {
            throw OptionValue.refused(
                    json != null ? "jsonSchema" : "outputClass", String.valueOf(malformed.getMessage()));
        }
    }

    private static AnswerSchema schema(ClovaEndpoint endpoint, String className) {
        CamelContext context = endpoint.getCamelContext();
        Class<?> type = context.getClassResolver().resolveClass(className);
        if (type == null) {
            throw new IllegalArgumentException("there is no class " + className);
        }
        return AnswerSchema.of(type, context.getRegistry()::findSingleByType);
    }

    private @Nullable String systemMessage() {
        return text(endpoint, "systemMessage", options.getSystemMessage());
    }

    private @Nullable String imagePrompt(Dialect dialect, GenerationOptions generation, BodyFormat bodyFormat) {
        String prompt = text(endpoint, "imagePrompt", options.getImagePrompt());
        if (prompt == null) {
            return null;
        }
        if (bodyFormat != BodyFormat.AUTO) {
            throw OptionValue.refused("imagePrompt", "needs bodyFormat=auto, where a body can be an image");
        }
        Optional<String> problem = headersNameTheModel()
                ? dialect.imageProblem(generation)
                : dialect.imageProblem(generation, options.getModel());
        problem.ifPresent(why -> {
            throw OptionValue.refused("imagePrompt", why);
        });
        return prompt;
    }

    /** Text, or that of a resource, which must have some; absent if it is blank. */
    static @Nullable String text(ClovaEndpoint endpoint, String option, @Nullable String text) {
        if (text == null || !text.startsWith(ResourceHelper.RESOURCE)) {
            return text == null || text.isBlank() ? null : text;
        }
        CamelContext context = endpoint.getCamelContext();
        String location = text.substring(ResourceHelper.RESOURCE.length());
        String content;
        try (InputStream file = ResourceHelper.resolveMandatoryResourceAsInputStream(context, location)) {
            content = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalArgumentException("Option %s: cannot read %s".formatted(option, location), unreadable);
        }
        if (content.isBlank()) {
            throw OptionValue.refused(option, "there is nothing in " + location);
        }
        return content;
    }

    static String requestIdPrefix(ClovaConfiguration options) {
        String prefix = options.getRequestIdPrefix();
        if (prefix == null) {
            return "";
        }
        if (!REQUEST_ID_PREFIX.matcher(prefix).matches()) {
            throw OptionValue.refused(
                    "requestIdPrefix", "may have 1 to 27 letters, digits, dots, underscores or hyphens");
        }
        return prefix;
    }
}
