package io.github.camelclova.protocol;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a service is and what every call to it carries.
 *
 * @param baseUrl without query, fragment and user information; a path in it is kept
 * @param pathPrefix between host and API path, such as {@code testapp}; empty for none
 * @param taskId absent unless a tuned task answers
 * @param credentials headers with secrets, already in the service's own form; empty for a service that asks for none
 * @param additionalHeaders sent as they are
 * @param additionalMembers added to every request body
 */
public record Service(
        Dialect dialect,
        URI baseUrl,
        String pathPrefix,
        @Nullable String taskId,
        Map<String, String> credentials,
        Map<String, String> additionalHeaders,
        Map<String, Object> additionalMembers) {

    public Service {
        requireNonNull(dialect, "dialect");
        requireNonNull(baseUrl, "baseUrl");
        requireNonNull(pathPrefix, "pathPrefix");
        credentials = Map.copyOf(credentials);
        additionalHeaders = Map.copyOf(additionalHeaders);
        additionalMembers = Map.copyOf(additionalMembers);
    }

    /** The address of a chat, with the model or task as one path segment where the dialect puts it there. */
    URI chatAddress(@Nullable String model) {
        return address(
                switch (dialect) {
                    case CLOVA_V1 -> "/v1" + nativePath(model);
                    case CLOVA_V2 -> "/v2" + nativePath(model);
                    case CLOVA_V3 -> "/v3" + nativePath(model);
                    case OPENAI -> "/chat/completions";
                });
    }

    /** @param path with a slash before it */
    URI address(String path) {
        return URI.create(base() + path);
    }

    /** The model whose quota a call uses; that of a tuned task is named by the model beside it, or is the task's own. */
    public String quotaModel(@Nullable String model) {
        return model == null ? "task " + requireNonNull(taskId, "model or taskId") : model;
    }

    private String base() {
        String base = baseUrl.toString();
        String prefix = pathPrefix.isEmpty() ? "" : "/" + PathSegment.checked("pathPrefix", pathPrefix);
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + prefix;
    }

    private String nativePath(@Nullable String model) {
        if (taskId != null) {
            return "/tasks/" + PathSegment.checked("taskId", taskId) + "/chat-completions";
        }
        return "/chat-completions/" + PathSegment.checked("model", requireNonNull(model, "model"));
    }

    /** Names the service and no secret. */
    @Override
    public String toString() {
        return "Service[%s at %s]".formatted(dialect.id(), baseUrl);
    }
}
