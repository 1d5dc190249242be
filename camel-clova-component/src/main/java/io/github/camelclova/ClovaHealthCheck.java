package io.github.camelclova;

import io.github.camelclova.observation.RecentError;
import io.github.camelclova.observation.ServiceHealth;
import java.util.Map;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;

/** Readiness by what the endpoint's own calls have met: it asks the service nothing. */
final class ClovaHealthCheck implements HealthCheck {

    private final String id;
    private final ServiceHealth health;
    private volatile boolean enabled;

    ClovaHealthCheck(String id, ServiceHealth health, boolean enabled) {
        this.id = id;
        this.health = health;
        this.enabled = enabled;
    }

    @Override
    public Result call(Map<String, Object> options) {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this)
                .detail(CHECK_ID, id)
                .detail(CHECK_GROUP, getGroup())
                .detail(CHECK_KIND, Kind.READINESS);
        if (!enabled) {
            return result.message("Disabled")
                    .detail(CHECK_ENABLED, false)
                    .unknown()
                    .build();
        }
        result.detail(FAILURE_COUNT, health.failures());
        RecentError last = health.last();
        if (last != null) {
            result.detail(FAILURE_TIME, last.time().toString()).detail("error.type", last.type());
            if (last.statusCode() != 0) {
                result.detail(HTTP_RESPONSE_CODE, last.statusCode());
            }
            if (last.requestId() != null) {
                result.detail("request.id", last.requestId());
            }
        }
        if (last == null || !health.isDown()) {
            return result.up().build();
        }
        return result.message("%d calls in a row failed, the last with %s".formatted(health.failures(), last.type()))
                .down()
                .build();
    }

    @Override
    public String getGroup() {
        return "camel";
    }

    @Override
    public String getId() {
        return id;
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean enabled) {
        this.enabled = enabled;
    }
}
