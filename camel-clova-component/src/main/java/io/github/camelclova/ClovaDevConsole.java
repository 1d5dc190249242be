package io.github.camelclova;

import io.github.camelclova.observation.CallLabels;
import io.github.camelclova.observation.RecentError;
import io.github.camelclova.observation.Tally;
import io.github.camelclova.quota.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.camel.spi.annotations.DevConsole;
import org.apache.camel.support.console.AbstractDevConsole;
import org.apache.camel.util.json.JsonArray;
import org.apache.camel.util.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What the calls of the application's {@code clova} endpoints amount to. Shows no URI, key, prompt or answer. */
@DevConsole(
        name = "clova",
        displayName = "CLOVA",
        description = "Calls, open streams, tokens, verdicts and last errors")
public class ClovaDevConsole extends AbstractDevConsole {

    public ClovaDevConsole() {
        super("camel", "clova", "CLOVA", "Calls, open streams, tokens, verdicts and last errors");
    }

    @Override
    protected Map<String, Object> doCallJson(Map<String, Object> options) {
        JsonArray all = new JsonArray();
        for (String name : names()) {
            ClovaComponent component = component(name);
            JsonObject json = counts(component.tally());
            json.put("name", name);
            json.put("verdicts", new JsonObject(component.tally().verdicts()));
            json.put("flaggedByReason", new JsonObject(component.tally().flaggedByReason()));
            JsonArray errors = new JsonArray();
            component.tally().lastErrors().forEach(error -> errors.add(json(error)));
            json.put("lastErrors", errors);
            JsonArray endpoints = new JsonArray();
            endpoints(component).forEach(endpoint -> endpoints.add(json(endpoint)));
            json.put("endpoints", endpoints);
            all.add(json);
        }
        JsonObject root = new JsonObject();
        root.put("components", all);
        return root;
    }

    private static JsonObject counts(Tally tally) {
        JsonObject json = new JsonObject();
        json.put("calls", tally.calls());
        json.put("failedCalls", tally.failedCalls());
        json.put("retries", tally.retries());
        json.put("openStreams", tally.openStreams());
        json.put("inputTokens", tally.inputTokens());
        json.put("outputTokens", tally.outputTokens());
        json.put("flaggedAnswers", tally.flaggedAnswers());
        json.put("rejectedAnswers", tally.rejectedAnswers());
        return json;
    }

    private static JsonObject json(RecentError error) {
        JsonObject json = new JsonObject();
        json.put("time", error.time().toString());
        json.put("type", error.type());
        json.put("statusCode", error.statusCode());
        json.put("code", error.code());
        json.put("requestId", error.requestId());
        return json;
    }

    private static JsonObject json(ClovaEndpoint endpoint) {
        JsonObject json = counts(endpoint.tally());
        CallLabels labels = endpoint.labels();
        json.put("operation", endpoint.getOperation());
        if (labels != null) {
            json.put("dialect", labels.dialect());
            json.put("model", labels.model());
            json.put("server", labels.serverAddress());
        }
        Load load = load(endpoint);
        if (load != null) {
            json.put("waitingCalls", load.waiting());
        }
        return json;
    }

    /** Absent where the options name no quota. */
    private static @Nullable Load load(ClovaEndpoint endpoint) {
        try {
            return ClovaQuota.Asked.of(endpoint).load();
        } catch (IllegalArgumentException none) {
            return null;
        }
    }

    @Override
    protected String doCallText(Map<String, Object> options) {
        List<String> lines = new ArrayList<>();
        for (String name : names()) {
            ClovaComponent component = component(name);
            Tally tally = component.tally();
            lines.add("Component " + name);
            lines.addAll(lines(tally));
            lines.add("    Verdicts: " + tally.verdicts());
            lines.add("    Flagged by reason: " + tally.flaggedByReason());
            endpoints(component).forEach(endpoint -> {
                lines.add("  Endpoint " + endpoint.getOperation() + " " + where(endpoint.labels()));
                lines.addAll(lines(endpoint.tally()));
                Load load = load(endpoint);
                if (load != null) {
                    lines.add("    Waiting for a quota of this key and model: " + load.waiting());
                }
            });
            lines.add("  Last errors, the newest first:");
            tally.lastErrors().forEach(error -> lines.add(line(error)));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String where(@Nullable CallLabels labels) {
        if (labels == null) {
            return "with refused options";
        }
        String model = labels.model() == null ? "" : labels.model() + " ";
        return labels.dialect() + " " + model + "at " + labels.serverAddress();
    }

    private static List<String> lines(Tally tally) {
        return List.of(
                "    Calls: %d (failed: %d, retries: %d)  Open streams: %d"
                        .formatted(tally.calls(), tally.failedCalls(), tally.retries(), tally.openStreams()),
                "    Tokens in: %d  out: %d  Answers flagged: %d  rejected: %d"
                        .formatted(
                                tally.inputTokens(),
                                tally.outputTokens(),
                                tally.flaggedAnswers(),
                                tally.rejectedAnswers()));
    }

    private static String line(RecentError error) {
        String code = error.code() == null ? "" : ", code " + error.code();
        String request = error.requestId() == null ? "" : ", request " + error.requestId();
        return "    %s %s, HTTP %d%s%s".formatted(error.time(), error.type(), error.statusCode(), code, request);
    }

    private SortedSet<String> names() {
        SortedSet<String> names = new TreeSet<>(getCamelContext().getComponentNames());
        names.removeIf(name -> !(getCamelContext().hasComponent(name) instanceof ClovaComponent));
        return names;
    }

    private ClovaComponent component(String name) {
        return (ClovaComponent) getCamelContext().hasComponent(name);
    }

    private List<ClovaEndpoint> endpoints(ClovaComponent component) {
        return getCamelContext().getEndpoints().stream()
                .filter(ClovaEndpoint.class::isInstance)
                .map(ClovaEndpoint.class::cast)
                .filter(endpoint -> endpoint.component() == component)
                .toList();
    }
}
