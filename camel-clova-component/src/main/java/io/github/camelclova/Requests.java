package io.github.camelclova;

import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.GenerationOption;
import io.github.camelclova.chat.GenerationOptions;
import io.github.camelclova.chat.Role;
import io.github.camelclova.protocol.Dialect;
import io.github.camelclova.protocol.PathSegment;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Turns an exchange into a request. The only place where a header wins over an option, and only in the groups that the
 * endpoint allows. Refused input is an {@link IllegalArgumentException} that names the header or the body.
 */
final class Requests {

    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private static final Map<GenerationOption, String> HEADERS = Map.of(
            GenerationOption.TEMPERATURE, ClovaConstants.TEMPERATURE,
            GenerationOption.TOP_P, ClovaConstants.TOP_P,
            GenerationOption.TOP_K, ClovaConstants.TOP_K,
            GenerationOption.MAX_TOKENS, ClovaConstants.MAX_TOKENS,
            GenerationOption.REPEAT_PENALTY, ClovaConstants.REPEAT_PENALTY,
            GenerationOption.STOP, ClovaConstants.STOP,
            GenerationOption.SEED, ClovaConstants.SEED);

    private final ChatSettings settings;

    Requests(ChatSettings settings) {
        this.settings = settings;
    }

    ChatRequest from(Exchange exchange) {
        Message message = exchange.getMessage();
        String model = model(message);
        return new ChatRequest(
                requestId(message), model, messages(exchange), options(message, model), settings.includeAiFilters());
    }

    private @Nullable String model(Message message) {
        Object header = settings.overrides().model() ? message.getHeader(ClovaConstants.MODEL) : null;
        if (header == null) {
            if (settings.model() == null && settings.service().taskId() == null) {
                throw new IllegalArgumentException(
                        "Header %s is missing, and no option names a model".formatted(ClovaConstants.MODEL));
            }
            return settings.model();
        }
        String model = header.toString().trim();
        if (model.isEmpty()) {
            throw new IllegalArgumentException("Header %s is empty".formatted(ClovaConstants.MODEL));
        }
        return settings.service().dialect().isNative()
                ? PathSegment.checked("Header " + ClovaConstants.MODEL, model)
                : model;
    }

    private String requestId(Message message) {
        Object header = message.getHeader(ClovaConstants.REQUEST_ID);
        if (header == null) {
            return settings.requestIdPrefix() + UUID.randomUUID();
        }
        // Its value is not shown: whatever was smuggled in must not reach a log either.
        if (!REQUEST_ID.matcher(header.toString()).matches()) {
            throw new IllegalArgumentException(
                    "Header %s may have 1 to 64 letters, digits, dots, underscores or hyphens"
                            .formatted(ClovaConstants.REQUEST_ID));
        }
        return header.toString();
    }

    private GenerationOptions options(Message message, @Nullable String model) {
        Map<GenerationOption, Object> overrides = settings.overrides().generation() ? overrides(message) : Map.of();
        boolean asConfigured = overrides.isEmpty() && Objects.equals(model, settings.model());
        if (asConfigured) {
            return settings.options();
        }
        Dialect dialect = settings.service().dialect();
        GenerationOptions merged = dialect.withoutThinking(settings.options().with(overrides), model);
        merged.values()
                .forEach((option, value) ->
                        OptionValue.requireInRange(source(option, overrides), dialect, option, value, model));
        if (settings.maxTokensLimit() != null) {
            OptionValue.requireWithin("Header " + ClovaConstants.MAX_TOKENS, merged, settings.maxTokensLimit());
        }
        dialect.problem(merged, model).ifPresent(problem -> {
            throw new IllegalArgumentException("Headers and options: " + problem);
        });
        return merged;
    }

    private static Map<GenerationOption, Object> overrides(Message message) {
        Map<GenerationOption, Object> overrides = new EnumMap<>(GenerationOption.class);
        HEADERS.forEach((option, header) -> {
            Object value = message.getHeader(header);
            if (value != null) {
                overrides.put(option, OptionValue.parse("Header " + header, option, value));
            }
        });
        return overrides;
    }

    private static String source(GenerationOption option, Map<GenerationOption, Object> overrides) {
        return overrides.containsKey(option) ? "Header " + HEADERS.get(option) : "Option " + option.optionName();
    }

    private List<ChatMessage> messages(Exchange exchange) {
        List<ChatMessage> fromBody = BodyMessages.of(exchange, settings.bodyFormat());
        boolean systemInBody = fromBody.stream().anyMatch(message -> message.role() == Role.SYSTEM);
        if (systemInBody && !settings.allowSystemInBody()) {
            throw new IllegalArgumentException(
                    "The message body has a message with role system; set allowSystemInBody=true to allow it");
        }
        String system = systemMessage(exchange.getMessage());
        List<ChatMessage> messages = new ArrayList<>(fromBody.size() + 1);
        if (system != null) {
            messages.add(ChatMessage.system(system));
        }
        messages.addAll(fromBody);
        requireOneSystemMessage(messages);
        requireNoTools(messages);
        return messages;
    }

    private @Nullable String systemMessage(Message message) {
        Object header = settings.overrides().messages() ? message.getHeader(ClovaConstants.SYSTEM_MESSAGE) : null;
        return header == null ? settings.systemMessage() : header.toString();
    }

    private void requireOneSystemMessage(List<ChatMessage> messages) {
        Dialect dialect = settings.service().dialect();
        long count = messages.stream()
                .filter(message -> message.role() == Role.SYSTEM)
                .count();
        if (count > 1 && !dialect.takesSeveralSystemMessages()) {
            throw new IllegalArgumentException(
                    "Dialect %s takes one system message, and option, header and body bring %d"
                            .formatted(dialect.id(), count));
        }
    }

    private void requireNoTools(List<ChatMessage> messages) {
        Dialect dialect = settings.service().dialect();
        boolean hasTools = messages.stream()
                .anyMatch(message ->
                        message.role() == Role.TOOL || !message.toolCalls().isEmpty());
        if (hasTools && !dialect.takesTools()) {
            throw new IllegalArgumentException(
                    "The message body has tool calls, which dialect %s cannot express".formatted(dialect.id()));
        }
    }
}
