package io.github.camelclova.chat;

import java.util.Locale;

/** Who speaks in a {@link ChatMessage}. */
public enum Role {
    SYSTEM,
    USER,
    ASSISTANT,
    /** Brings the result of a tool call. Not in the dialects clova-v1 and clova-v2. */
    TOOL;

    private static final String ALL = "system, user, assistant or tool";

    /** The name that every dialect uses on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a role by its wire name, whatever its case.
     *
     * @throws IllegalArgumentException if there is no such role
     */
    public static Role of(String name) {
        for (Role role : values()) {
            if (role.name().equalsIgnoreCase(name.trim())) {
                return role;
            }
        }
        throw new IllegalArgumentException("role '%s' is not %s".formatted(Excerpt.of(name), ALL));
    }
}
