package io.github.camelclova.quota;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * The quotas that an endpoint takes part in: that of its own model, and those of models that headers name for as long as they are
 * used. Thread-safe. Whoever makes one closes it, after the places that it gave have left.
 */
public final class EndpointQuota implements AutoCloseable {

    private static final int MODELS_BEFORE_TIDYING = 16;

    private final Quotas quotas;
    private final Account account;
    private final QuotaLimits limits;
    private final Quotas.Conflicts conflicts;
    private final Map<String, Quota> joined = new HashMap<>();
    private boolean closed;

    /** @param conflicts told when a quota is joined in which others have set another limit */
    public EndpointQuota(Quotas quotas, Account account, QuotaLimits limits, Quotas.Conflicts conflicts) {
        this.quotas = quotas;
        this.account = account;
        this.limits = limits;
        this.conflicts = conflicts;
    }

    /** Joins the quota of a model before the first call. */
    public synchronized void join(String model) {
        quota(model);
    }

    /**
     * A place at the end of a model's queue. Once this is closed, there is no queue, and nobody to part from it.
     *
     * @param estimate the tokens that the service will charge, as far as one can tell; only asked where tokens are limited
     * @param timer outlives the place
     * @param executor continues what had to wait
     */
    public synchronized Place place(
            String model, String requestId, LongSupplier estimate, Timer timer, Executor executor) {
        return quota(model).place(requestId, limits.timeout(), estimate, timer, executor);
    }

    private Quota quota(String model) {
        if (closed) {
            return quotas.unshared();
        }
        Quota quota = joined.get(model);
        if (quota == null) {
            tidy();
            quota = quotas.join(account, model, this, limits, conflicts);
            joined.put(model, quota);
        }
        return quota;
    }

    /** Names of models may come from data, and what data names must not pile up. */
    private void tidy() {
        if (joined.size() >= MODELS_BEFORE_TIDYING) {
            joined.entrySet().removeIf(each -> {
                boolean isIdle = each.getValue().isIdle();
                if (isIdle) {
                    quotas.part(account, each.getKey(), this);
                }
                return isIdle;
            });
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        joined.keySet().forEach(model -> quotas.part(account, model, this));
        joined.clear();
    }
}
