package io.github.camelclova;

import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.GenerationOption;
import io.github.camelclova.chat.GenerationOptions;
import io.github.camelclova.chat.Role;
import io.github.camelclova.protocol.Dialect;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Turns an exchange into a request. The only place where a header wins over an option, and only in the groups that the
 * endpoint allows. Refused input is an {@link IllegalArgumentException} that names the header or the body.
 */
final class Requests {

    static final Map<GenerationOption, String> HEADERS = Map.of(
            GenerationOption.TEMPERATURE, ClovaConstants.TEMPERATURE,
            GenerationOption.TOP_P, ClovaConstants.TOP_P,
            GenerationOption.TOP_K, ClovaConstants.TOP_K,
            GenerationOption.MAX_TOKENS, ClovaConstants.MAX_TOKENS,
            GenerationOption.REPEAT_PENALTY, ClovaConstants.REPEAT_PENALTY,
            GenerationOption.STOP, ClovaConstants.STOP,
            GenerationOption.SEED, ClovaConstants.SEED);

    private final ChatSettings settings;
    private final CallHeaders headers;

    Requests(ChatSettings settings) {
        this.settings = settings;
        this.headers =
                new CallHeaders(settings.service(), settings.model(), settings.overrides(), settings.requestIdPrefix());
    }

    ChatRequest from(Exchange exchange) {
        Message message = exchange.getMessage();
        String model = headers.model(message);
        if (model == null && settings.service().taskId() == null) {
            throw CallHeaders.missingModel();
        }
        String requestId = headers.requestId(message);
        List<ChatMessage> messages = messages(exchange);
        GenerationOptions options = options(message, model);
        settings.service().dialect().imageProblem(messages, options, model).ifPresent(problem -> {
            throw new IllegalArgumentException("The message body: " + problem);
        });
        return new ChatRequest(requestId, model, messages, options, settings.includeAiFilters());
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
            if (value instanceof byte[]) {
                value = message.getHeader(header, String.class);
            }
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
        List<ChatMessage> fromBody = BodyMessages.of(
                exchange,
                settings.bodyFormat(),
                overriddenText(exchange.getMessage(), ClovaConstants.IMAGE_PROMPT, settings.imagePrompt()));
        long systemMessages = fromBody.stream()
                .filter(message -> message.role() == Role.SYSTEM)
                .count();
        if (systemMessages > 0 && !settings.allowSystemInBody()) {
            throw new IllegalArgumentException(
                    "The message body has a message with role system; set allowSystemInBody=true to allow it");
        }
        String system = overriddenText(exchange.getMessage(), ClovaConstants.SYSTEM_MESSAGE, settings.systemMessage());
        List<ChatMessage> messages = new ArrayList<>(fromBody.size() + 1);
        if (system != null && !system.isBlank()) {
            messages.add(ChatMessage.system(system));
            systemMessages++;
        }
        messages.addAll(fromBody);
        requireOneSystemMessage(systemMessages);
        requireNoTools(messages);
        return messages;
    }

    private @Nullable String overriddenText(Message message, String name, @Nullable String option) {
        String header = settings.overrides().messages() ? message.getHeader(name, String.class) : null;
        return header == null ? option : header;
    }

    private void requireOneSystemMessage(long systemMessages) {
        Dialect dialect = settings.service().dialect();
        if (systemMessages > 1 && !dialect.takesSeveralSystemMessages()) {
            throw new IllegalArgumentException(
                    "Dialect %s takes one system message, and option, header and body bring %d"
                            .formatted(dialect.id(), systemMessages));
        }
    }

    private void requireNoTools(List<ChatMessage> messages) {
        Dialect dialect = settings.service().dialect();
        boolean hasTools = !dialect.takesTools()
                && messages.stream()
                        .anyMatch(message -> message.role() == Role.TOOL
                                || !message.toolCalls().isEmpty());
        if (hasTools) {
            throw new IllegalArgumentException(
                    "The message body has tool calls, which dialect %s cannot express".formatted(dialect.id()));
        }
    }
}
