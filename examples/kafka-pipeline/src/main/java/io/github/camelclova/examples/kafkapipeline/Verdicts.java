package io.github.camelclova.examples.kafkapipeline;

import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.Header;

/** Counts what the AI filter said of the answers that this node wrote. Any thread may count and ask. */
public final class Verdicts {

    private final Map<String, Integer> counts = new TreeMap<>();

    /** Nothing is counted where no filter was asked. */
    public synchronized void count(@Header("CamelClovaAiFilterVerdict") String verdict) {
        if (verdict != null) {
            counts.merge(verdict, 1, Integer::sum);
        }
    }

    synchronized int of(String verdict) {
        return counts.getOrDefault(verdict, 0);
    }
}
