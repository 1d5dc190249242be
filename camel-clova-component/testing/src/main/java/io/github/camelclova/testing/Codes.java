package io.github.camelclova.testing;

import java.util.Map;

/** The short labels that CLOVA Studio gives its codes. */
final class Codes {

    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("40000", "Bad request"),
            Map.entry("40001", "Invalid parameter"),
            Map.entry("40002", "Unsupported parameter"),
            Map.entry("40003", "Context length exceeded"),
            Map.entry("40004", "Text empty"),
            Map.entry("40005", "Unavailable output"),
            Map.entry("40006", "Unavailable output 2"),
            Map.entry("40080", "Model not found"),
            Map.entry("40082", "Model fade out"),
            Map.entry("40084", "Unsupported API for model"),
            Map.entry("40100", "Unauthorized"),
            Map.entry("40104", "Invalid key"),
            Map.entry("40300", "Forbidden"),
            Map.entry("40400", "Not found"),
            Map.entry("40800", "Request timeout"),
            Map.entry("41300", "Request body size exceeded"),
            Map.entry("42900", "Too many requests"),
            Map.entry("42901", "Too many requests - rate exceeded"),
            Map.entry("42902", "Too many requests - overloaded"),
            Map.entry("50000", "Internal server error"),
            Map.entry("50400", "Gateway timeout"));

    private Codes() {}

    static String label(String code) {
        return LABELS.getOrDefault(code, "Failure asked for by a marker");
    }
}
