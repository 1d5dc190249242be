package io.github.camelclova;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.Reply;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a call costs in memory from the route to the connection and back, on all threads but those of the service. */
class CallAllocationTest {

    private static final int CALLS = 200;
    private static final int TOKENS = 10_000;

    /** Half as much again as is measured, HTTP client and Camel included. */
    private static final int MOST_FOR_A_CALL = 36_000;

    private static final int MOST_FOR_A_TOKEN = 2_400;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    @Test
    void aCallCostsLittle() throws Exception {
        SERVICE.get().replaysAlways(Answers.good());

        assertThat(allocated("", CALLS) / CALLS).isBetween(1L, (long) MOST_FOR_A_CALL);
    }

    @Test
    void aTokenOfAStreamCostsLittle() throws Exception {
        String[] events = new String[TOKENS];
        Arrays.fill(events, "event:token\ndata:{\"message\":{\"role\":\"assistant\",\"content\":\"안녕\"}}");
        SERVICE.get()
                .replaysAlways(
                        Reply.events(String.join("\n\n", events) + "\n\nevent:signal\ndata:{\"data\":\"[DONE]\"}\n\n"));

        assertThat(allocated("&streamTo=direct:token", 3) / (3L * TOKENS)).isBetween(1L, (long) MOST_FOR_A_TOKEN);
    }

    /** By so many calls, after as many that are not counted. */
    private static long allocated(String options, int calls) throws Exception {
        CamelContext context = new DefaultCamelContext();
        context.disableJMX();
        context.addRoutes(new RouteBuilder(context) {
            @Override
            public void configure() {
                from("direct:token").process(exchange -> {});
                from("direct:ask")
                        .to("clova:chat?model=HCX-005&baseUrl=" + SERVICE.get().baseUrl() + options);
            }
        });
        context.start();
        try (ProducerTemplate template = context.createProducerTemplate()) {
            ask(template, calls);
            Map<Long, Long> before = allocatedByThread();
            ask(template, calls);
            return allocatedByThread().entrySet().stream()
                    .mapToLong(thread -> thread.getValue() - before.getOrDefault(thread.getKey(), 0L))
                    .sum();
        } finally {
            context.stop();
        }
    }

    private static void ask(ProducerTemplate template, int calls) {
        for (int i = 0; i < calls; i++) {
            assertThat(template.requestBody("direct:ask", "hello", String.class))
                    .isNotEmpty();
        }
    }

    private static Map<Long, Long> allocatedByThread() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(thread -> thread != null && !thread.getThreadName().startsWith("clova-stand-in"))
                .collect(toMap(
                        ThreadInfo::getThreadId, thread -> THREADS.getThreadAllocatedBytes(thread.getThreadId())));
    }
}
