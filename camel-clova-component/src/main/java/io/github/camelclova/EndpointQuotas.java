package io.github.camelclova;

import io.github.camelclova.protocol.Service;
import io.github.camelclova.quota.Account;
import io.github.camelclova.quota.EndpointQuota;
import io.github.camelclova.quota.Load;
import io.github.camelclova.quota.QuotaLimits;
import io.github.camelclova.quota.Quotas;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which quotas an endpoint takes part in: those of its key and its model. */
final class EndpointQuotas {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointQuotas.class);

    private EndpointQuotas() {}

    static EndpointQuota join(ChatSettings settings) {
        EndpointQuota quota = of(settings.service(), settings.quota());
        if (settings.model() != null || settings.service().taskId() != null) {
            quota.join(settings.service().quotaModel(settings.model()));
        }
        return quota;
    }

    /** Takes part in none until it is asked for one. */
    static EndpointQuota of(Service service, QuotaLimits limits) {
        return new EndpointQuota(Quotas.ofThisJvm(), account(service), limits, EndpointQuotas::warn);
    }

    /** How much is used of the quota of a model, or of the task. */
    static Load load(Service service, @Nullable String model) {
        return Quotas.ofThisJvm().load(account(service), service.quotaModel(model));
    }

    /** A service without a key of ours may know who asks from a header that the user adds. */
    private static Account account(Service service) {
        Map<String, String> secrets =
                service.credentials().isEmpty() ? service.additionalHeaders() : service.credentials();
        return Account.of(service.baseUrl(), secrets);
    }

    private static void warn(String option, String model, int mine, int others) {
        LOG.warn(
                "{} is {} here and {} at another endpoint with the same key and model {}: {} counts for both",
                option,
                mine,
                others,
                model,
                Math.min(mine, others));
    }
}
