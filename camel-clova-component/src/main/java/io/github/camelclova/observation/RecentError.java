package io.github.camelclova.observation;

import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.Excerpt;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A failure, with what can be shown of it: no prompt, no answer and no words of the service but its code.
 *
 * @param type the exception's simple name
 * @param statusCode HTTP status, 0 when no response head came
 * @param requestId absent when the failure was none of the service's
 */
public record RecentError(
        Instant time,
        String type,
        int statusCode,
        @Nullable String code,
        @Nullable String requestId) {

    static RecentError of(Throwable failure, Instant time) {
        String type = failure.getClass().getSimpleName();
        if (failure instanceof ClovaException ours) {
            String code = ours.getCode();
            return new RecentError(
                    time,
                    type,
                    ours.getStatusCode(),
                    code == null ? null : Excerpt.of(code),
                    Excerpt.of(ours.getRequestId()));
        }
        return new RecentError(time, type, 0, null, null);
    }
}
