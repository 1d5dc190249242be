package io.github.camelclova.protocol;

import io.github.camelclova.chat.Excerpt;
import java.util.regex.Pattern;

/** What may stand between two slashes of an address. Data must not be able to move the call somewhere else. */
public final class PathSegment {

    /** Not of dots alone. */
    private static final Pattern ALLOWED = Pattern.compile("\\.*[A-Za-z0-9_:-][A-Za-z0-9._:-]*");

    private PathSegment() {}

    /**
     * The segment itself, if it may be one.
     *
     * @param name of the option or header that holds it, for the message
     * @throws IllegalArgumentException for anything but letters, digits, {@code . _ - :}, and for dots alone
     */
    public static String checked(String name, String segment) {
        if (!ALLOWED.matcher(segment).matches()) {
            throw new IllegalArgumentException("%s: '%s' cannot stand in a path, it may have letters, digits, . _ - :"
                    .formatted(name, Excerpt.of(segment)));
        }
        return segment;
    }
}
