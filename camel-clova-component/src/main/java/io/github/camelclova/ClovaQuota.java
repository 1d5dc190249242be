package io.github.camelclova;

import io.github.camelclova.protocol.Operation;
import io.github.camelclova.protocol.Service;
import io.github.camelclova.quota.Load;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.throttling.ThrottlingExceptionHalfOpenHandler;
import org.jspecify.annotations.Nullable;

/**
 * Whether a call to an endpoint would get its turn soon: for routes that would rather not take the next record than let it
 * wait. It looks at the quota and takes nothing of it.
 *
 * <p>As a bean it fits wherever Camel asks whether to go on: as the half-open handler of a
 * {@code ThrottlingExceptionRoutePolicy}, as the check of {@code pausable}, and as a predicate of a route. Thread-safe once it is set up.
 */
public final class ClovaQuota
        implements CamelContextAware,
                org.apache.camel.Predicate,
                Predicate<@Nullable Object>,
                ThrottlingExceptionHalfOpenHandler {

    private static final Duration SOON = Duration.ofSeconds(5);

    private @Nullable CamelContext camelContext;
    private @Nullable String endpoint;
    private long within = SOON.toMillis();
    private @Nullable Asked asked;

    /** For beans; the endpoint has to be set. */
    public ClovaQuota() {}

    /** @param endpoint the URI of a {@code clova:chat} endpoint, as the route says it */
    public ClovaQuota(CamelContext camelContext, String endpoint) {
        this.camelContext = camelContext;
        this.endpoint = endpoint;
    }

    /** Whether one more call would probably begin within {@link #getWithin}; true while no such endpoint is started. */
    public boolean isAvailable() {
        return load().expectedWait().toMillis() <= within;
    }

    /** How long one more call would probably wait, behind those that wait already; zero for not at all. */
    public Duration getExpectedWait() {
        return load().expectedWait();
    }

    /** Calls with the endpoint's key and model that wait for their turn, of all endpoints and contexts of the JVM. */
    public int getWaiting() {
        return load().waiting();
    }

    /** Calls with the endpoint's key and model that are under way, of all endpoints and contexts of the JVM. */
    public int getRunning() {
        return load().running();
    }

    @Override
    public boolean matches(Exchange exchange) {
        return isAvailable();
    }

    @Override
    public boolean test(@Nullable Object ignored) {
        return isAvailable();
    }

    @Override
    public boolean isReadyToBeClosed() {
        return isAvailable();
    }

    private Load load() {
        Asked known = asked;
        if (known == null) {
            known = Asked.of(context().getEndpoint(uri()));
            asked = known;
        }
        return known.load();
    }

    private CamelContext context() {
        return Objects.requireNonNull(camelContext, "camelContext");
    }

    private String uri() {
        if (endpoint == null) {
            throw new IllegalArgumentException("ClovaQuota needs the URI of an endpoint");
        }
        return endpoint;
    }

    /** Which quota it is. */
    record Asked(Service service, @Nullable String model) {

        /** @throws IllegalArgumentException if it has none that its options name */
        static Asked of(@Nullable Endpoint endpoint) {
            if (!(endpoint instanceof ClovaEndpoint clova)
                    || !Operation.CHAT.id().equals(clova.getOperation())) {
                throw new IllegalArgumentException("ClovaQuota needs the URI of a clova:chat endpoint");
            }
            ClovaConfiguration options = clova.getConfiguration();
            Service service = ServiceOptions.check(options, Operation.CHAT);
            if (options.getModel() == null && service.taskId() == null) {
                throw new IllegalArgumentException("ClovaQuota needs an endpoint that names its model or its task");
            }
            return new Asked(service, options.getModel());
        }

        Load load() {
            return EndpointQuotas.load(service, model);
        }
    }

    @Override
    public @Nullable CamelContext getCamelContext() {
        return camelContext;
    }

    @Override
    public void setCamelContext(CamelContext camelContext) {
        this.camelContext = camelContext;
    }

    public @Nullable String getEndpoint() {
        return endpoint;
    }

    public void setEndpoint(String endpoint) {
        this.endpoint = endpoint;
    }

    /** In milliseconds; 5000 unless set. */
    public long getWithin() {
        return within;
    }

    public void setWithin(long within) {
        this.within = within;
    }
}
