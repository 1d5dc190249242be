package io.github.camelclova;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.CamelContext;
import org.apache.camel.ExtendedCamelContext;
import org.apache.camel.StartupListener;
import org.jspecify.annotations.Nullable;

/**
 * The routes of a context that are tools, by name. They come and go with their routes, and no other context sees them.
 * Thread-safe.
 */
final class ToolRoutes implements StartupListener {

    private final Map<String, ToolConsumer> started = new ConcurrentHashMap<>();
    private final Queue<List<String>> wanted = new ConcurrentLinkedQueue<>();

    private ToolRoutes() {}

    static ToolRoutes of(CamelContext context) {
        ExtendedCamelContext extension = context.getCamelContextExtension();
        synchronized (ToolRoutes.class) {
            ToolRoutes routes = extension.getContextPlugin(ToolRoutes.class);
            if (routes == null) {
                routes = new ToolRoutes();
                extension.addContextPlugin(ToolRoutes.class, routes);
                listen(context, routes);
            }
            return routes;
        }
    }

    private static void listen(CamelContext context, ToolRoutes routes) {
        try {
            context.addStartupListener(routes);
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @throws IllegalArgumentException if another route is the tool of this name */
    void add(ToolConsumer consumer) {
        ToolConsumer other = started.putIfAbsent(consumer.name(), consumer);
        if (other != null && other != consumer) {
            throw OptionValue.refused("toolName", "another route is the tool %s".formatted(consumer.name()));
        }
    }

    void remove(ToolConsumer consumer) {
        started.remove(consumer.name(), consumer);
    }

    /** Absent when no started route is the tool of this name. */
    @Nullable
    ToolConsumer find(String name) {
        return started.get(name);
    }

    /**
     * Tells which tools a chat calls. The routes that are these may come after it, so they are looked for when the context
     * starts; in a context that runs already the first message looks for them.
     */
    void want(CamelContext context, List<String> names) {
        if (!context.isStarted()) {
            wanted.add(names);
        }
    }

    static IllegalArgumentException missing(String name) {
        return OptionValue.refused("toolRoutes", "no started route is the tool %s".formatted(name));
    }

    /** All routes are built by now, also those that will be started later. */
    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        List<String> built = context.getEndpoints().stream()
                .filter(endpoint -> endpoint instanceof ClovaEndpoint ours && ours.isTool())
                .map(endpoint -> String.valueOf(((ClovaEndpoint) endpoint).getToolName()))
                .toList();
        for (List<String> names = wanted.poll(); names != null; names = wanted.poll()) {
            for (String name : names) {
                if (!built.contains(name)) {
                    throw OptionValue.refused(
                            "toolRoutes",
                            "no route is the tool %s; there are %s"
                                    .formatted(name, built.stream().sorted().collect(joining(", ", "[", "]"))));
                }
            }
        }
    }
}
