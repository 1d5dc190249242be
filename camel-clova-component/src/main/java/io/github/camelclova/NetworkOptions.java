package io.github.camelclova;

import io.github.camelclova.quota.QuotaLimits;
import io.github.camelclova.transport.CallLimits;
import io.github.camelclova.transport.HttpSettings;
import io.github.camelclova.transport.Retry;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Times, sizes and connections: what the endpoint says, else what the http or https component was given, else ours. */
final class NetworkOptions {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration RESPONSE = Duration.ofSeconds(90);
    private static final Duration IDLE = Duration.ofSeconds(60);
    private static final Duration REQUEST = Duration.ofMinutes(10);
    private static final Duration QUOTA = Duration.ofMinutes(2);
    private static final Duration RETRY_DELAY = Duration.ofMillis(500);

    private final ClovaConfiguration options;
    private final ClovaEndpoint endpoint;
    private final HttpComponentSettings inherited;

    NetworkOptions(ClovaEndpoint endpoint, URI baseUrl) {
        this.endpoint = endpoint;
        this.options = endpoint.getConfiguration();
        this.inherited = HttpComponentSettings.of(endpoint.getCamelContext(), baseUrl.getScheme());
    }

    HttpSettings connections() {
        return inherited.connections(
                duration("connectTimeout", options.getConnectTimeout(), inherited.connectTimeout(), CONNECT),
                options.getSslContextParameters(),
                endpoint.component());
    }

    CallLimits limits() {
        return new CallLimits(
                duration("responseTimeout", options.getResponseTimeout(), inherited.responseTimeout(), RESPONSE),
                duration("idleTimeout", options.getIdleTimeout(), inherited.idleTimeout(), IDLE),
                atLeast(1, "maxResponseSize", options.getMaxResponseSize()));
    }

    int maxEventSize() {
        return atLeast(1, "maxEventSize", options.getMaxEventSize());
    }

    Retry retry() {
        return new Retry(
                atLeast(0, "maxRetries", options.getMaxRetries()),
                duration("retryDelay", options.getRetryDelay(), null, RETRY_DELAY),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    Duration requestTimeout() {
        return duration("requestTimeout", options.getRequestTimeout(), null, REQUEST);
    }

    QuotaLimits quota() {
        return new QuotaLimits(
                atLeastOne("requestsPerMinute", options.getRequestsPerMinute()),
                atLeastOne("tokensPerMinute", options.getTokensPerMinute()),
                atLeastOne("maxConcurrentRequests", options.getMaxConcurrentRequests()),
                duration("quotaTimeout", options.getQuotaTimeout(), null, QUOTA));
    }

    private static @Nullable Integer atLeastOne(String option, @Nullable Integer value) {
        return value == null ? null : Integer.valueOf(atLeast(1, option, value));
    }

    private static Duration duration(
            String option, @Nullable Long millis, @Nullable Duration fromHttp, Duration otherwise) {
        if (millis == null) {
            return fromHttp == null ? otherwise : fromHttp;
        }
        if (millis < 1) {
            throw OptionValue.refused(option, "%d ms is not at least 1 ms".formatted(millis));
        }
        if (millis > Integer.MAX_VALUE) {
            // Some weeks; counted in nanoseconds, much more would overflow the clock.
            throw OptionValue.refused(option, "%d ms is more than %d ms".formatted(millis, Integer.MAX_VALUE));
        }
        return Duration.ofMillis(millis);
    }

    private static int atLeast(int least, String option, int value) {
        if (value < least) {
            throw OptionValue.refused(option, "%d is less than %d".formatted(value, least));
        }
        return value;
    }
}
