package io.github.camelclova.protocol;

import io.github.camelclova.chat.ClovaAuthenticationException;
import io.github.camelclova.chat.ClovaContextLengthException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaRateLimitException;
import io.github.camelclova.chat.ClovaRefusedException;
import io.github.camelclova.chat.ClovaServerException;
import io.github.camelclova.chat.Excerpt;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.transport.HttpReply;
import io.github.camelclova.transport.RetryAfter;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names a refusal. Codes count and messages do not: CLOVA Studio has changed its messages over time. (CLOVA Studio,
 * troubleshooting by status code.)
 */
final class Refusals {

    private static final Set<Integer> RETRYABLE_STATUSES = Set.of(408, 429, 500, 502, 503, 504, 529);
    private static final Set<String> RETRYABLE_CODES = Set.of("40800", "50000", "50400");
    private static final Set<String> CONTEXT_LENGTH_CODES = Set.of("40003", "context_length_exceeded");
    private static final Pattern CLOVA_CODE = Pattern.compile("[45]\\d{4}");
    private static final Pattern STATUS_CODE = Pattern.compile("[45]\\d{2}");

    private Refusals() {}

    static ClovaException of(HttpReply reply, ErrorBody error, Failure failure) {
        return of(
                error.hiding(reply.secrets()),
                failure.withRetryAfter(RetryAfter.of(reply.headers()).orElse(null)));
    }

    /** @param failure with the HTTP status of the response that brought the error */
    static ClovaException of(ErrorBody error, Failure failure) {
        String code = error.code();
        int status = status(error, failure.statusCode());
        Failure known = failure.withCode(code).withRetryable(isRetryable(failure.statusCode(), status, code));
        String words = error.message().isBlank() ? "" : ": " + Excerpt.of(error.message());
        if (code != null && CONTEXT_LENGTH_CODES.contains(code)) {
            return new ClovaContextLengthException("the request does not fit into the model" + words, known);
        }
        if (status == 401 || status == 403) {
            return new ClovaAuthenticationException("the service does not accept the key" + words, known);
        }
        if (status == 429) {
            return new ClovaRateLimitException("the service is asked for too much" + words, known);
        }
        if (status >= 500) {
            return new ClovaServerException("the service failed" + words, known);
        }
        return new ClovaRefusedException("the service refused the request" + words, known);
    }

    /** A code says more than the status it comes with: an error event or envelope comes with 200. */
    private static int status(ErrorBody error, int httpStatus) {
        String code = error.code();
        if (code != null && CLOVA_CODE.matcher(code).matches()) {
            return Integer.parseInt(code) / 100;
        }
        if (httpStatus >= 300) {
            return httpStatus;
        }
        if (code != null && STATUS_CODE.matcher(code).matches()) {
            return Integer.parseInt(code);
        }
        return byWord(code, byWord(error.type(), 400));
    }

    /** The words of OpenAI-compatible services. */
    private static int byWord(@Nullable String word, int otherwise) {
        if (word == null) {
            return otherwise;
        }
        return switch (word) {
            case "rate_limit_exceeded", "rate_limit_error", "overloaded_error" -> 429;
            case "invalid_api_key", "authentication_error" -> 401;
            case "server_error", "internal_server_error", "api_error" -> 500;
            default -> otherwise;
        };
    }

    /** The lists hold for the status of the response and for what its body says. */
    private static boolean isRetryable(int httpStatus, int status, @Nullable String code) {
        boolean saysCode = code != null && CLOVA_CODE.matcher(code).matches();
        return status == 429
                || RETRYABLE_STATUSES.contains(httpStatus)
                || (saysCode ? RETRYABLE_CODES.contains(code) : RETRYABLE_STATUSES.contains(status));
    }
}
