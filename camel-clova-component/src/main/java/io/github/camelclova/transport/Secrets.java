package io.github.camelclova.transport;

import java.util.Collection;
import java.util.List;

/** What was sent and must show in no message, though a service may quote it. */
public final class Secrets {

    public static final Secrets NONE = new Secrets(List.of());

    private static final String HIDDEN = "xxxxxx";
    private static final String BEARER = "Bearer ";
    /** Less is no key, and would be found in many a word. */
    private static final int SHORTEST = 8;

    private final List<String> values;

    Secrets(Collection<String> headers) {
        values = headers.stream()
                .map(value -> value.startsWith(BEARER) ? value.substring(BEARER.length()) : value)
                .filter(value -> value.length() >= SHORTEST)
                .toList();
    }

    public String hide(String text) {
        String hidden = text;
        for (String value : values) {
            hidden = hidden.replace(value, HIDDEN);
        }
        return hidden;
    }

    @Override
    public String toString() {
        return "Secrets";
    }
}
