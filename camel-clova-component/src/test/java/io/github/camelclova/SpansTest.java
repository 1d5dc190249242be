package io.github.camelclova;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.Reply;
import io.github.camelclova.testing.Transcript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.telemetry.Span;
import org.apache.camel.telemetry.SpanContextPropagationExtractor;
import org.apache.camel.telemetry.SpanContextPropagationInjector;
import org.apache.camel.telemetry.SpanLifecycleManager;
import org.apache.camel.telemetry.Tracer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What Camel's own span of a {@code clova} step says, with a tracer that keeps spans as they are closed. */
class SpansTest {

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private final List<KeptSpan> closed = new CopyOnWriteArrayList<>();

    private static final class KeptSpan implements Span {

        final String name;
        final Map<String, String> tags = new HashMap<>();

        KeptSpan(String name) {
            this.name = name;
        }

        @Override
        public void log(Map<String, String> fields) {
            tags.put("log", fields.toString());
        }

        @Override
        public void setTag(String key, String value) {
            tags.put(key, value);
        }

        @Override
        public void setComponent(String component) {
            tags.put("component", component);
        }

        @Override
        public void setError(boolean isError) {
            tags.put("error", String.valueOf(isError));
        }
    }

    private final class KeepingTracer extends Tracer {

        @Override
        protected void initTracer() {
            setSpanLifecycleManager(new SpanLifecycleManager() {
                @Override
                public Span create(String name, Span parent, SpanContextPropagationExtractor extractor) {
                    return new KeptSpan(name);
                }

                @Override
                public void activate(Span span) {}

                @Override
                public void deactivate(Span span) {}

                @Override
                public void close(Span span) {
                    closed.add((KeptSpan) span);
                }

                @Override
                public void inject(Span span, SpanContextPropagationInjector injector, boolean includeTracing) {}
            });
        }
    }

    /** The span of the step of a route that asks once. */
    private KeptSpan span(String... options) throws Exception {
        ClovaStandIn service = SERVICE.get();
        CamelContext context = new DefaultCamelContext();
        try {
            context.disableJMX();
            new KeepingTracer().init(context);
            ObservedRoutes.start(context, Map.of("ask", ObservedRoutes.uri(service, options)), new ArrayList<>());
            context.createProducerTemplate()
                    .send("direct:ask", exchange -> exchange.getMessage().setBody("pRoMpT"));
        } finally {
            context.stop();
        }
        return closed.stream()
                .filter(span -> "camel-clova".equals(span.tags.get("component")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theSpanOfAnAnswerTellsWhatWasAskedAndWhatItTook() throws Exception {
        SERVICE.get().replays(Target.reply(Target.V3_MODEL.transcript("filtered")));

        KeptSpan span = span("aiFilterPolicy=strict");

        assertThat(span.name).isEqualTo("chat HCX-005");
        assertThat(span.tags)
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.provider.name", "naver.clova_studio")
                .containsEntry("gen_ai.request.model", "HCX-005")
                .containsEntry("gen_ai.response.finish_reasons", "length")
                .containsEntry("gen_ai.usage.input_tokens", "12")
                .containsEntry("gen_ai.usage.output_tokens", "5")
                .containsEntry("server.address", "localhost")
                .containsEntry("server.port", String.valueOf(SERVICE.get().port()))
                .containsEntry("camel.clova.dialect", "clova-v3")
                .containsEntry("camel.clova.attempts", "1")
                .containsEntry("camel.clova.verdict", "suspect")
                .containsEntry("camel.clova.flagged", "true")
                .containsKey("camel.clova.request.id")
                .doesNotContainKeys("error.type", "error");
        assertThat(span.tags.toString()).doesNotContain("pRoMpT", "unkind", Target.KEY);
    }

    @Test
    void theSpanOfAFailureTellsItsKindAndNothingOfAnAnswer() throws Exception {
        SERVICE.get().replays(Answers.envelope(401, "40100"));

        KeptSpan span = span();

        assertThat(span.tags)
                .containsEntry("error", "true")
                .containsEntry("error.type", "ClovaAuthenticationException")
                .doesNotContainKeys("gen_ai.usage.input_tokens", "camel.clova.request.id");
    }

    @Test
    void theSpanOfAStreamIsClosedWithItsUsage() throws Exception {
        SERVICE.get().replays(Reply.events(Transcript.load("transcripts/clova-v3/hello-in-three-tokens.sse")));

        KeptSpan span = span("streamTo=direct:tokens");

        assertThat(span.tags)
                .containsEntry("gen_ai.usage.input_tokens", "14")
                .containsEntry("gen_ai.usage.output_tokens", "3")
                .containsEntry("gen_ai.response.finish_reasons", "stop");
    }
}
