package io.github.camelclova;

import io.github.camelclova.protocol.Operation;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Which options an operation other than chat takes. What only chat can honour is refused by name. */
final class OperationOptions {

    private static final Set<String> OF_EVERY_CALL = Set.of(
            "dialect",
            "baseUrl",
            "pathPrefix",
            "apiKey",
            "apigwKey",
            "requestIdPrefix",
            "connectTimeout",
            "responseTimeout",
            "idleTimeout",
            "requestTimeout",
            "maxRetries",
            "retryDelay",
            "maxConcurrentRequests",
            "requestsPerMinute",
            "tokensPerMinute",
            "quotaTimeout",
            "maxResponseSize",
            "sslContextParameters",
            "allowInsecureUrl",
            "allowedHeaderOverrides",
            "lazyStartProducer");

    private static final Set<String> OF_A_TOOL = Set.of("description", "parameters");

    private OperationOptions() {}

    static Operation operation(String id) {
        try {
            return Operation.of(id);
        } catch (IllegalArgumentException unknown) {
            throw OptionValue.refused(
                    "operation", "%s, %s/ and its name".formatted(unknown.getMessage(), ToolOptions.OPERATION));
        }
    }

    /**
     * Refuses options that the URI of an operation has and the operation cannot honour.
     *
     * @param names as the URI has them
     */
    static void check(Operation operation, Set<String> names) {
        if (operation == Operation.CHAT) {
            refuse(operation.id(), names, name -> isAmong(OF_A_TOOL, name) || name.startsWith(ToolOptions.PREFIX));
            return;
        }
        Set<String> taken = new HashSet<>(OF_EVERY_CALL);
        taken.addAll(ownOptions(operation));
        refuse(operation.id(), names, name -> !isAmong(taken, name) && !isAddition(operation, name));
    }

    /** A question for models has no body. */
    private static boolean isAddition(Operation operation, String name) {
        return name.startsWith("additionalHeader.")
                || (name.startsWith("additionalBodyProperty.") && operation != Operation.MODELS);
    }

    /** The same for a route that is a tool. */
    static void checkTool(Set<String> names) {
        refuse(ToolOptions.OPERATION, names, name -> !isAmong(OF_A_TOOL, name));
    }

    private static void refuse(String operation, Set<String> names, Predicate<String> isUnknown) {
        names.stream().filter(isUnknown).findFirst().ifPresent(name -> {
            throw OptionValue.refused(name, "has no meaning for the operation " + operation);
        });
    }

    private static boolean isAmong(Set<String> options, String name) {
        return options.stream().anyMatch(option -> sameOption(option, name));
    }

    private static Set<String> ownOptions(Operation operation) {
        return switch (operation) {
            case EMBEDDINGS -> Set.of("model", "priceInputPer1k");
            case COUNT_TOKENS ->
                Set.of(
                        "model",
                        "priceInputPer1k",
                        "systemMessage",
                        "imagePrompt",
                        "bodyFormat",
                        "allowSystemInBody",
                        "tools",
                        "toolChoice",
                        "jsonSchema",
                        "outputClass",
                        "thinkingEffort");
            case RERANK -> Set.of("query", "priceInputPer1k", "priceOutputPer1k");
            case SUMMARIZE, SEGMENT -> Set.of("priceInputPer1k");
            case CHAT, MODELS -> Set.of();
        };
    }

    private static boolean sameOption(String option, String name) {
        return option.toLowerCase(Locale.ROOT).equals(name.replace("-", "").toLowerCase(Locale.ROOT));
    }
}
