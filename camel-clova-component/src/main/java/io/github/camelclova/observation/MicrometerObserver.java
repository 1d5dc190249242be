package io.github.camelclova.observation;

import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes meters with the names of OpenTelemetry's semantic conventions for generative AI, and others where those have none.
 * Every meter of one name has the same tags, as some monitoring systems demand. Loaded only where Micrometer is.
 */
public final class MicrometerObserver implements CallObserver {

    private static final String NONE = "none";
    private static final String REMAINING = "x-ratelimit-remaining-";
    private static final List<String> LIMITS = List.of("requests", "tokens");

    private final MeterRegistry registry;
    private final CallLabels labels;
    private final SharedMeters shared;
    private final Tags tags;

    private MicrometerObserver(MeterRegistry registry, CallLabels labels) {
        this.registry = registry;
        this.labels = labels;
        this.shared = SharedMeters.of(registry);
        this.tags = Tags.of(
                "gen_ai.operation.name",
                labels.operation(),
                "gen_ai.provider.name",
                labels.provider(),
                "gen_ai.request.model",
                orNone(labels.model()),
                "server.address",
                labels.serverAddress(),
                "camel.clova.dialect",
                labels.dialect());
    }

    /**
     * Writes to a registry.
     *
     * @param registry a {@link MeterRegistry}, by a type that can be named where Micrometer is not
     */
    public static CallObserver of(Object registry, CallLabels labels) {
        return new MicrometerObserver((MeterRegistry) registry, labels);
    }

    @Override
    public void streamOpened() {
        openStreams(1);
    }

    @Override
    public void streamClosed() {
        openStreams(-1);
    }

    private void openStreams(int more) {
        shared.gauge(registry, "camel.clova.streams.open", "Streams that have begun and are not over", tags)
                .addAndGet(more);
    }

    @Override
    public void retried() {
        Counter.builder("camel.clova.retries")
                .description("Requests that were sent once more")
                .tags(tags)
                .register(registry)
                .increment();
    }

    @Override
    public void waited(Duration time) {
        record("camel.clova.quota.wait", "Requests that had to wait for their turn", time);
    }

    @Override
    public void firstToken(Duration wait) {
        record(
                "gen_ai.client.operation.time_to_first_chunk",
                "From the begin of a streamed call to its first token",
                wait);
    }

    private void record(String name, String description, Duration time) {
        Timer.builder(name)
                .description(description)
                .tags(tags)
                .register(registry)
                .record(time);
    }

    @Override
    public void ended(EndedCall call) {
        Tags own = tags.and(
                "gen_ai.request.model", requestModel(call.model()),
                "gen_ai.response.model", responseModel(call.responseModel()));
        Throwable failure = call.failure();
        Timer.builder("gen_ai.client.operation.duration")
                .description("Calls, from their begin to their outcome, retries included")
                .tags(own.and("error.type", errorType(failure), "outcome", outcome(failure)))
                .register(registry)
                .record(call.duration());
        tokens(own, "input", call.usage().input());
        tokens(own, "output", call.usage().output());
        remaining(call.rateLimit());
    }

    private void tokens(Tags own, String type, @Nullable Integer count) {
        if (count != null) {
            DistributionSummary.builder("gen_ai.client.token.usage")
                    .description("Tokens of a call, as the service counted them")
                    .tags(own.and("gen_ai.token.type", type))
                    .register(registry)
                    .record(count);
        }
    }

    private void remaining(Map<String, String> rateLimit) {
        for (String limit : LIMITS) {
            String left = rateLimit.get(REMAINING + limit);
            if (left != null && left.matches("\\d{1,18}")) {
                shared.gauge(
                                registry,
                                "camel.clova.ratelimit.remaining",
                                "What the service said last of what is left",
                                tags.and("limit", limit))
                        .set(Long.parseLong(left));
            }
        }
    }

    @Override
    public void judged(@Nullable String verdict, List<String> reasons) {
        if (verdict != null) {
            count("camel.clova.answers.judged", "Answers with a verdict of the AI filter", "verdict", verdict);
        }
        for (String reason : reasons) {
            count(
                    "camel.clova.answers.flagged",
                    "Flagged answers, counted for each of their reasons",
                    "category",
                    shared.categories().of(reason));
        }
    }

    @Override
    public void rejected(ClovaException why) {
        count(
                "camel.clova.answers.rejected",
                "Answers that came and failed their exchange",
                "error.type",
                errorType(why));
    }

    private void count(String name, String description, String tag, String value) {
        Counter.builder(name)
                .description(description)
                .tags(tags.and(tag, value))
                .register(registry)
                .increment();
    }

    /** A model that a header named is not told apart: headers are data. */
    private String requestModel(@Nullable String asked) {
        String configured = orNone(labels.model());
        return asked == null || asked.equals(configured) ? configured : KnownNames.OTHER;
    }

    private String responseModel(@Nullable String model) {
        return model == null ? NONE : shared.models().of(model);
    }

    private static String orNone(@Nullable String name) {
        return name == null ? NONE : name;
    }

    private static String errorType(@Nullable Throwable failure) {
        return failure == null ? NONE : failure.getClass().getSimpleName();
    }

    private static String outcome(@Nullable Throwable failure) {
        if (failure == null) {
            return "success";
        }
        return failure instanceof ClovaCancelledException ? "cancelled" : "failure";
    }
}
