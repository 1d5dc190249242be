package io.github.camelclova.chat;

import java.time.Duration;

/**
 * A call has waited {@code quotaTimeout} for its turn, and was not made. {@link #getOption()} says which of the endpoint's limits
 * kept it waiting, {@link #getRetryAfter()} how long it would probably have had to wait on. Always retryable.
 */
public final class ClovaQuotaException extends ClovaException {

    private static final long serialVersionUID = 1L;

    private final String option;
    private final int limit;

    /**
     * Names the limit and who else waits for it.
     *
     * @param ahead calls that waited before this one
     * @param paused whether the service has asked for a pause
     */
    public ClovaQuotaException(String option, int limit, Duration timeout, int ahead, boolean paused, Failure failure) {
        super(
                "quotaTimeout of %d ms is over: %s is %d, shared by all calls with this key and model; %d waited before this one%s"
                        .formatted(
                                timeout.toMillis(),
                                option,
                                limit,
                                ahead,
                                paused ? ", and the service has asked for a pause" : ""),
                failure,
                null);
        this.option = option;
        this.limit = limit;
    }

    /** The name of the option that sets the limit, such as {@code requestsPerMinute}. */
    public String getOption() {
        return option;
    }

    public int getLimit() {
        return limit;
    }
}
