package io.github.camelclova;

import static java.util.concurrent.CompletableFuture.failedFuture;

import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.chat.ToolCall;
import io.github.camelclova.transport.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The tools of a started chat endpoint, and their calls that are running. Thread-safe. */
final class ToolLoop implements AutoCloseable {

    private final ToolSettings settings;
    private final ToolRoutes routes;
    private final Executor executor;
    private final ScheduledExecutorService clock;
    private final Set<ToolRun> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private ToolLoop(ToolSettings settings, ToolRoutes routes, Engine engine) {
        this.settings = settings;
        this.routes = routes;
        this.executor = engine.tools();
        this.clock = engine.clock();
    }

    /** Absent when the model may call none. */
    static @Nullable ToolLoop start(ClovaEndpoint endpoint, @Nullable ToolSettings settings) {
        if (settings == null) {
            return null;
        }
        ToolRoutes routes = ToolRoutes.of(endpoint.getCamelContext());
        routes.want(endpoint.getCamelContext(), settings.names());
        return new ToolLoop(settings, routes, endpoint.component().engine());
    }

    /** Runs the tools. */
    Executor executor() {
        return executor;
    }

    int maxRounds() {
        return settings.maxRounds();
    }

    boolean has(String name) {
        return settings.names().contains(name);
    }

    /**
     * As the service is told of it.
     *
     * @throws IllegalArgumentException if no started route is the tool of this name
     */
    Map<String, Object> definition(String name) {
        ToolConsumer tool = routes.find(name);
        if (tool == null) {
            throw ToolRoutes.missing(name);
        }
        return tool.definition().asMap();
    }

    /**
     * Prepares the calls of one round, which the caller starts. They are given up when the deadline is over or the endpoint
     * stops.
     *
     * @param ids under which the results are told, one for each call
     * @param asker what the tools' exchanges are made from
     */
    ToolRun run(String requestId, List<ToolCall> calls, List<String> ids, Asker asker, Deadline deadline) {
        ToolRun run = new ToolRun(requestId, calls, ids, tools(asker), settings.onError(), executor);
        running.add(run);
        ScheduledFuture<?> timer = clock.schedule(
                () -> executor.execute(() -> timeIsOver(run, deadline)), deadline.nanosLeft(), TimeUnit.NANOSECONDS);
        run.results().whenComplete((results, failure) -> {
            timer.cancel(false);
            running.remove(run);
        });
        if (closed) {
            run.giveUp(stopped(run));
        }
        return run;
    }

    private static void timeIsOver(ToolRun run, Deadline deadline) {
        run.giveUp(new ClovaTimeoutException("requestTimeout", deadline.limit(), Failure.of(run.requestId()), null));
    }

    private static ClovaCancelledException stopped(ToolRun run) {
        return new ClovaCancelledException("the component stops", Failure.of(run.requestId()));
    }

    private ToolRun.Tools tools(Asker asker) {
        return new ToolRun.Tools() {
            @Override
            public Optional<String> problem(ToolCall call) {
                if (!has(call.name())) {
                    return Optional.of("there is no tool of this name");
                }
                ToolConsumer tool = routes.find(call.name());
                return tool == null
                        ? Optional.empty()
                        : tool.definition().problem(call).map(problem -> "the arguments do not fit: " + problem);
            }

            @Override
            public CompletableFuture<String> run(ToolCall call) {
                ToolConsumer tool = routes.find(call.name());
                return tool == null
                        ? failedFuture(ToolRoutes.missing(call.name()))
                        : ToolExchange.run(tool, call, asker.headers(), asker.exchangeId());
            }
        };
    }

    @Override
    public void close() {
        closed = true;
        running.forEach(run -> executor.execute(() -> run.giveUp(stopped(run))));
    }

    /** What is kept of an exchange that asked: it may have gone on when a tool is called. */
    record Asker(String exchangeId, Map<String, Object> headers) {

        static Asker of(Exchange exchange) {
            return new Asker(exchange.getExchangeId(), StreamMessages.foreignHeaders(exchange));
        }
    }
}
