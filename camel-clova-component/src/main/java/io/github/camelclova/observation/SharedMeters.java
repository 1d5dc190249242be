package io.github.camelclova.observation;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all endpoints that write to one registry share: a registry has one gauge for equal tags, whoever asks, and so there
 * must be one value behind it.
 */
final class SharedMeters {

    private static final int MODELS = 50;
    private static final int CATEGORIES = 20;

    private static final Map<MeterRegistry, SharedMeters> ALL = Collections.synchronizedMap(new WeakHashMap<>());

    private final KnownNames models = new KnownNames(MODELS);
    private final KnownNames categories = new KnownNames(CATEGORIES);
    private final Map<String, Map<Tags, AtomicLong>> gauges = new ConcurrentHashMap<>();

    private SharedMeters() {}

    static SharedMeters of(MeterRegistry registry) {
        return ALL.computeIfAbsent(registry, first -> new SharedMeters());
    }

    KnownNames models() {
        return models;
    }

    KnownNames categories() {
        return categories;
    }

    AtomicLong gauge(MeterRegistry registry, String name, String description, Tags tags) {
        return gauges.computeIfAbsent(name, first -> new ConcurrentHashMap<>()).computeIfAbsent(tags, first -> {
            AtomicLong value = new AtomicLong();
            Gauge.builder(name, value, AtomicLong::get)
                    .description(description)
                    .tags(tags)
                    .register(registry);
            return value;
        });
    }
}
