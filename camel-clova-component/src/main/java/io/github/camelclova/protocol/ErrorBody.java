package io.github.camelclova.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.transport.Secrets;
import org.jspecify.annotations.Nullable;

/**
 * What a service says of its own failure, in any of the shapes that are met: CLOVA's {@code status}, OpenAI's
 * {@code error}, the gateway's {@code error.errorCode}, an {@code error} that is plain text, or {@code code} and
 * {@code message} at the top.
 *
 * @param code absent if it gave none
 * @param type OpenAI's word for the kind of error, where there is one
 * @param message empty if it gave none
 */
record ErrorBody(@Nullable String code, @Nullable String type, String message) {

    private static final String SUCCESS = "20000";

    static boolean isError(JsonNode document) {
        JsonNode error = document.path("error");
        if (!error.isMissingNode() && !error.isNull()) {
            return true;
        }
        String code = Member.text(document.path("status"), "code");
        return code != null && !code.equals(SUCCESS);
    }

    static ErrorBody of(JsonNode document) {
        JsonNode error = document.path("error");
        if (error.isTextual()) {
            return new ErrorBody(null, null, error.textValue());
        }
        JsonNode where =
                error.isObject() ? error : document.path("status").isObject() ? document.path("status") : document;
        String code = Member.text(where, "code");
        return new ErrorBody(
                code == null ? Member.text(where, "errorCode") : code, Member.text(where, "type"), message(where));
    }

    ErrorBody hiding(Secrets secrets) {
        return new ErrorBody(code == null ? null : secrets.hide(code), type, secrets.hide(message));
    }

    private static String message(JsonNode where) {
        for (String name : new String[] {"message", "detail", "details"}) {
            String text = Member.text(where, name);
            if (text != null) {
                return text;
            }
        }
        return "";
    }

    /** Something that is not JSON, such as a proxy's page. */
    static ErrorBody page(String text) {
        return new ErrorBody(null, null, text);
    }
}
