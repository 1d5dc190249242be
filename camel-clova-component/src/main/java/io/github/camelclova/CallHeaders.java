package io.github.camelclova;

import io.github.camelclova.protocol.PathSegment;
import io.github.camelclova.protocol.Service;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked, and under which id: the headers that every operation reads.
 *
 * @param model of the option; absent where a task answers, a header must name it, or the operation has no choice
 */
record CallHeaders(Service service, @Nullable String model, HeaderGroups overrides, String requestIdPrefix) {

    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** The option's, unless a header may name another; absent where neither does. */
    @Nullable
    String model(Message message) {
        String header = overrides.model() ? message.getHeader(ClovaConstants.MODEL, String.class) : null;
        if (header == null) {
            return model;
        }
        String named = header.trim();
        if (named.isEmpty()) {
            throw new IllegalArgumentException("Header %s is empty".formatted(ClovaConstants.MODEL));
        }
        return service.dialect().isNative() ? PathSegment.checked("Header " + ClovaConstants.MODEL, named) : named;
    }

    String requestId(Message message) {
        String header = message.getHeader(ClovaConstants.REQUEST_ID, String.class);
        if (header == null) {
            return requestIdPrefix + UUID.randomUUID();
        }
        // Its value is not shown: whatever was smuggled in must not reach a log either.
        if (!REQUEST_ID.matcher(header).matches()) {
            throw new IllegalArgumentException(
                    "Header %s may have 1 to 64 letters, digits, dots, underscores or hyphens"
                            .formatted(ClovaConstants.REQUEST_ID));
        }
        return header;
    }

    static IllegalArgumentException missingModel() {
        return new IllegalArgumentException(
                "Header %s is missing, and no option names a model".formatted(ClovaConstants.MODEL));
    }
}
