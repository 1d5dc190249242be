package io.github.camelclova.chat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One of the component's own clocks ran out. {@link #getOption()} says which. Retryable only for {@code connectTimeout}. */
public final class ClovaTimeoutException extends ClovaException {

    private static final long serialVersionUID = 1L;

    private final String option;
    private final Duration limit;

    public ClovaTimeoutException(String option, Duration limit, Failure failure, @Nullable Throwable cause) {
        super("%s of %d ms is over".formatted(option, limit.toMillis()), failure, cause);
        this.option = option;
        this.limit = limit;
    }

    /** The name of the option that sets this clock, such as {@code responseTimeout}. */
    public String getOption() {
        return option;
    }

    public Duration getLimit() {
        return limit;
    }
}
