package io.github.camelclova.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads members the liberal way: what is missing, null or of another type is absent, and numbers may be text. */
final class Member {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d{1,18}");

    private Member() {}

    /** Text or a number as text; absent for anything else. */
    static @Nullable String text(JsonNode parent, String name) {
        JsonNode member = parent.path(name);
        return member.isTextual() || member.isNumber() ? member.asText() : null;
    }

    /** Text, with parts of type {@code text} joined; empty for anything else. */
    static String content(JsonNode parent, String name) {
        JsonNode member = parent.path(name);
        if (!member.isArray()) {
            return member.isTextual() ? member.textValue() : "";
        }
        StringBuilder joined = new StringBuilder();
        member.forEach(part -> joined.append(part.path("text").asText("")));
        return joined.toString();
    }

    static @Nullable Long wholeNumber(JsonNode parent, String name) {
        JsonNode member = parent.path(name);
        if (member.isIntegralNumber() && member.canConvertToLong()) {
            return member.longValue();
        }
        if (member.isTextual()
                && WHOLE_NUMBER.matcher(member.textValue().trim()).matches()) {
            return Long.valueOf(member.textValue().trim());
        }
        return null;
    }

    static @Nullable Integer count(JsonNode parent, String name) {
        Long number = wholeNumber(parent, name);
        return number == null || number < 0 || number > Integer.MAX_VALUE ? null : number.intValue();
    }
}
