package io.github.camelclova;

import io.github.camelclova.chat.Excerpt;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Which groups of headers may override options: data may change no more than the route's author allows. */
record HeaderGroups(boolean generation, boolean model, boolean messages, boolean conversation) {

    private static final Set<String> KNOWN = Set.of("generation", "model", "messages", "conversation", "none", "all");

    /** Reads the option {@code allowedHeaderOverrides}. */
    static HeaderGroups of(String option) {
        Set<String> groups = Arrays.stream(option.split(",", -1))
                .map(group -> group.trim().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        if (!KNOWN.containsAll(groups)) {
            throw OptionValue.refused(
                    "allowedHeaderOverrides",
                    "'%s' may list generation, model, messages and conversation, or be none or all"
                            .formatted(Excerpt.of(option)));
        }
        if (groups.contains("none") && groups.size() > 1) {
            throw OptionValue.refused("allowedHeaderOverrides", "none stands alone");
        }
        boolean all = groups.contains("all");
        return new HeaderGroups(
                all || groups.contains("generation"),
                all || groups.contains("model"),
                all || groups.contains("messages"),
                all || groups.contains("conversation"));
    }
}
