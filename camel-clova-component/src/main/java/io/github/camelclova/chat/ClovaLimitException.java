package io.github.camelclova.chat;

/** The service sent more than the component accepts. {@link #getOption()} says which limit it was. Not retryable. */
public final class ClovaLimitException extends ClovaException {

    private static final long serialVersionUID = 1L;

    private final String option;
    private final long limit;

    /**
     * Names the limit and what came.
     *
     * @param came what was received, such as "at least 16777217 bytes"
     */
    public ClovaLimitException(String option, long limit, String came, Failure failure) {
        super("%s is %d, and the service sent %s".formatted(option, limit, came), failure, null);
        this.option = option;
        this.limit = limit;
    }

    /** The name of the limit, such as {@code maxResponseSize}. */
    public String getOption() {
        return option;
    }

    public long getLimit() {
        return limit;
    }
}
