package io.github.camelclova;

import io.github.camelclova.observation.CallLabels;
import io.github.camelclova.observation.CallObserver;
import io.github.camelclova.observation.CallRecorder;
import io.github.camelclova.observation.MicrometerObserver;
import io.github.camelclova.protocol.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.spi.Registry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who hears of the calls of an endpoint: its counters, those of the component, and the application's meters if it has any. */
final class Observers {

    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

    /** The name by which camel-micrometer looks for the registry, too. */
    private static final String REGISTRY_NAME = "metricsRegistry";

    private static final String REGISTRY = "io.micrometer.core.instrument.MeterRegistry";
    private static final String COMPOSITE = "io.micrometer.core.instrument.composite.CompositeMeterRegistry";

    private Observers() {}

    /** For an endpoint whose options have been checked. */
    static CallRecorder of(ClovaEndpoint endpoint, Operation operation) {
        List<CallObserver> observers = new ArrayList<>();
        observers.add(endpoint.tally());
        observers.add(endpoint.health());
        observers.add(endpoint.component().tally());
        CallLabels labels = endpoint.labels();
        if (labels != null) {
            meterRegistry(endpoint.getCamelContext().getRegistry())
                    .ifPresent(registry -> observers.add(MicrometerObserver.of(registry, labels)));
        }
        return new CallRecorder(observers, operation != Operation.COUNT_TOKENS, System::nanoTime);
    }

    /** The bean of Camel's own name for it, else the only composite, else the only one. */
    private static Optional<Object> meterRegistry(Registry beans) {
        Class<?> type = find(REGISTRY);
        Class<?> composite = find(COMPOSITE);
        if (type == null || composite == null) {
            return Optional.empty();
        }
        Object named = beans.lookupByNameAndType(REGISTRY_NAME, type);
        if (named != null) {
            return Optional.of(named);
        }
        Set<?> composites = beans.findByType(composite);
        Set<?> all = composites.size() == 1 ? composites : beans.findByType(type);
        if (all.size() > 1) {
            LOG.warn(
                    "There are {} meter registries and none is named {}: no meters are written",
                    all.size(),
                    REGISTRY_NAME);
            return Optional.empty();
        }
        return Optional.ofNullable(all.isEmpty() ? null : all.iterator().next());
    }

    private static @Nullable Class<?> find(String name) {
        try {
            return Class.forName(name, false, Observers.class.getClassLoader());
        } catch (ClassNotFoundException absent) {
            return null;
        }
    }
}
