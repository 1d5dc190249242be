package io.github.camelclova;

import static io.github.camelclova.Target.V3_MODEL;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ten thousand answers, of which one in a thousand must not get out, and all others must. */
class CleanAndDirtyTest {

    private static final int ANSWERS = 10_000;
    private static final int ONE_IN = 1000;
    private static final int AT_ONCE = 16;
    private static final String NUMBER = "Number";
    private static final String DIRT = "filth";

    @RegisterExtension
    static final ChatRoutes routes = new ChatRoutes();

    private final Map<Integer, String> released = new ConcurrentHashMap<>();
    private final Set<Integer> blocked = ConcurrentHashMap.newKeySet();
    private final Set<Integer> answered = ConcurrentHashMap.newKeySet();
    private final Queue<Object> sent = new ConcurrentLinkedQueue<>();

    @Test
    void nothingOfADirtyAnswerGetsOutAndEveryCleanOneDoes() throws Exception {
        routes.service().answers(CleanAndDirtyTest::answer);
        startRoutes();

        askAll();

        Map<Boolean, Set<Integer>> dirty = IntStream.range(0, ANSWERS)
                .boxed()
                .collect(Collectors.partitioningBy(CleanAndDirtyTest::isDirty, Collectors.toSet()));
        assertThat(sent).noneMatch(text -> text.toString().contains(DIRT));
        assertThat(blocked).isEqualTo(dirty.get(true)).hasSize(ANSWERS / ONE_IN);
        assertThat(released.keySet()).isEqualTo(dirty.get(false));
        assertThat(answered).isEqualTo(dirty.get(false));
        released.forEach((number, text) -> assertThat(text).isEqualTo(clean(number)));
    }

    /** The routes are those that the guide prints. */
    private void startRoutes() throws Exception {
        ClovaComponent clova = routes.context().getComponent("clova", ClovaComponent.class);
        clova.getConfiguration().setBaseUrl(routes.service().baseUrl());
        routes.add(new RouteBuilder() {
            @Override
            public void configure() {
                // Ten failures are expected, and not worth ten entries in the log.
                routes.context().getCamelContextExtension().setErrorHandlerFactory(noErrorHandler());
                from("direct:reader").process(CleanAndDirtyTest.this::read);
                from("direct:end-of-stream").process(CleanAndDirtyTest.this::end);
                from("direct:answers").process(exchange -> answered.add(number(exchange)));
            }
        });
        PluginHelper.getRoutesLoader(routes.context())
                .loadRoutes(ResourceHelper.resolveMandatoryResource(
                        routes.context(), "classpath:documentation/hold.camel.yaml"));
    }

    private void read(Exchange exchange) {
        sent.add(exchange.getMessage().getBody());
        released.merge(number(exchange), exchange.getMessage().getBody(String.class), String::concat);
    }

    private void end(Exchange exchange) {
        Object text = exchange.getMessage().getBody();
        sent.add(text);
        if (exchange.getMessage().getHeader(ClovaConstants.EVENT_TYPE).equals("error")) {
            assertThat(text).isEqualTo("");
            blocked.add(number(exchange));
        } else {
            assertThat(text).isEqualTo(released.get(number(exchange)));
        }
    }

    private static Integer number(Exchange exchange) {
        return exchange.getMessage().getHeader(NUMBER, Integer.class);
    }

    private static void askAll() throws InterruptedException {
        Semaphore places = new Semaphore(AT_ONCE);
        for (int number = 0; number < ANSWERS; number++) {
            int each = number;
            places.acquire();
            routes.template()
                    .asyncSend("direct:ask", exchange -> {
                        exchange.getMessage().setBody(String.valueOf(each));
                        exchange.getMessage().setHeader(NUMBER, each);
                    })
                    .whenComplete((answered, failure) -> places.release());
        }
        places.acquire(AT_ONCE);
    }

    /** Somewhere within each thousand, never at its edge. */
    private static boolean isDirty(int number) {
        return number % ONE_IN == (number / ONE_IN * 97 + 13) % ONE_IN;
    }

    private static Reply answer(ReceivedRequest request) {
        int number = Integer.parseInt(request.json().at("/messages/0/content").textValue());
        return isDirty(number)
                ? StreamScript.whole(V3_MODEL, List.of("Such ", DIRT, "!"), StreamScript.insult(0))
                        .reply()
                : StreamScript.whole(V3_MODEL, List.of("Answer ", number + " ", "is clean."), StreamScript.insult(2))
                        .reply();
    }

    private static String clean(int number) {
        return "Answer " + number + " is clean.";
    }
}
