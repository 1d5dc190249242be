package io.github.camelclova;

import io.github.camelclova.protocol.Operation;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

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

    private OperationOptions() {}

    static Operation operation(String id) {
        try {
            return Operation.of(id);
        } catch (IllegalArgumentException unknown) {
            throw OptionValue.refused("operation", String.valueOf(unknown.getMessage()));
        }
    }

    /**
     * Refuses options that the URI of an operation has and the operation cannot honour.
     *
     * @param names as the URI has them; those with a prefix are not among them
     */
    static void check(Operation operation, Set<String> names) {
        if (operation == Operation.CHAT) {
            return;
        }
        Set<String> taken = new HashSet<>(OF_EVERY_CALL);
        taken.addAll(ownOptions(operation));
        names.stream()
                .filter(name -> taken.stream().noneMatch(option -> sameOption(option, name)))
                .findFirst()
                .ifPresent(name -> {
                    throw OptionValue.refused(name, "has no meaning for the operation " + operation.id());
                });
    }

    private static Set<String> ownOptions(Operation operation) {
        return switch (operation) {
            case EMBEDDINGS -> Set.of("model");
            case COUNT_TOKENS ->
                Set.of(
                        "model",
                        "systemMessage",
                        "imagePrompt",
                        "bodyFormat",
                        "allowSystemInBody",
                        "tools",
                        "toolChoice",
                        "jsonSchema",
                        "outputClass",
                        "thinkingEffort");
            case RERANK -> Set.of("query");
            case CHAT, SUMMARIZE, SEGMENT, MODELS -> Set.of();
        };
    }

    private static boolean sameOption(String option, String name) {
        return option.toLowerCase(Locale.ROOT).equals(name.replace("-", "").toLowerCase(Locale.ROOT));
    }
}
