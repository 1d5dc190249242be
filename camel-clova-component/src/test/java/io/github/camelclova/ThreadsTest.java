package io.github.camelclova;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.Ending;
import io.github.camelclova.testing.LiveReply;
import io.github.camelclova.testing.Reply;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ThreadsTest {

    private static final int MANY = 256;
    private static final String POOL = "Camel \\(.*\\) thread #\\d+ - clova";

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private final Queue<LiveReply> held = new ConcurrentLinkedQueue<>();
    private ClovaStandIn service;

    @BeforeEach
    void start() {
        service = SERVICE.get();
    }

    @Test
    void manyWaitingCallsHoldNoThreads() throws Exception {
        service.replays(Answers.good());
        try (AskRoute route = AskRoute.to(service.baseUrl(), "maxRetries=0")) {
            List<String> idle = LiveThreads.all();
            route.answer();
            holdAnswers();
            Callbacks callbacks = new Callbacks(MANY);
            AsyncProducer producer = route.producer();
            long[] nanos = new long[MANY];

            for (int i = 0; i < MANY; i++) {
                Exchange exchange = route.exchange();
                long begin = System.nanoTime();
                producer.process(exchange, callbacks.of(exchange));
                nanos[i] = System.nanoTime() - begin;
            }
            awaitHeld(MANY);
            List<String> busy = LiveThreads.all();

            Arrays.sort(nanos);
            assertThat(busy).as("threads, idle %s", idle).hasSizeLessThanOrEqualTo(idle.size() + 20);
            assertThat(callbacks.done).hasValue(0);
            assertThat(nanos[MANY / 2])
                    .as("median of the time until the caller goes on")
                    .isLessThan(5_000_000L);
            assertThat(nanos[MANY - 1]).isLessThan(2_000_000_000L);

            releaseAnswers();
            callbacks.await();
            assertThat(callbacks.failures).isEmpty();
            assertThat(callbacks.threads).hasSize(MANY).allMatch(name -> name.matches(POOL));
            producer.stop();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void everyWayOutCallsBackOnceAndNeverOnAnIoThread(Way way) throws Exception {
        service.replaysAlways(way.reply());
        try (AskRoute route = AskRoute.to(service.baseUrl(), way.options())) {
            Callbacks callbacks = new Callbacks(20);
            AsyncProducer producer = route.producer();

            for (int i = 0; i < 20; i++) {
                Exchange exchange = route.exchange();
                way.prepare(exchange);
                producer.process(exchange, callbacks.of(exchange));
            }
            if (way.stops()) {
                service.awaitRequest(19, ofSeconds(10));
                producer.stop();
            }

            callbacks.await();
            assertThat(callbacks.failures).hasSize(way == Way.SUCCESS ? 0 : 20);
            assertThat(callbacks.threads)
                    .allMatch(name -> name.matches(POOL) || (way.mayEndOnTheCaller() && name.equals(caller())));
            producer.stop();
        }
    }

    @Test
    void theRouteGoesOnOnAPoolThreadThatCamelNamed() {
        try (AskRoute route = AskRoute.to(service.baseUrl())) {
            route.answer();

            assertThat(route.threads).singleElement().asString().matches(POOL);
        }
    }

    @Test
    void aProfileOfTheContextTakesThePlaceOfThePool() throws Exception {
        ThreadPoolProfile one = profile(1, 1, 1000, null);
        try (AskRoute route = AskRoute.prepared(with(one), service.baseUrl())) {
            ask(route, 50);

            assertThat(route.threads).hasSize(50).allMatch(name -> name.matches(POOL));
            assertThat(route.threads.stream().distinct()).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(ThreadPoolRejectedPolicy.class)
    void aPoolThatIsFullLosesNothingAndMovesNothingToIoThreads(ThreadPoolRejectedPolicy policy) throws Exception {
        try (AskRoute route = AskRoute.prepared(with(profile(1, 1, 1, policy)), service.baseUrl())) {
            ask(route, 100);

            assertThat(route.threads).hasSize(100).allMatch(name -> name.matches(POOL));
        }
    }

    private void ask(AskRoute route, int times) throws Exception {
        holdAnswers();
        var template = route.template();
        var asked = IntStream.range(0, times)
                .mapToObj(i -> template.asyncSend(
                        "direct:ask", exchange -> exchange.getMessage().setBody("hello")))
                .toList();
        awaitHeld(times);
        releaseAnswers();

        assertThat(asked).allSatisfy(each -> assertThat(AskRoute.answerOf(each.get(20, TimeUnit.SECONDS)))
                .isEqualTo(Answers.TEXT));
        template.stop();
    }

    private void holdAnswers() {
        service.answers(request -> {
            LiveReply live = new LiveReply();
            held.add(live);
            return live.reply().contentType("application/json");
        });
    }

    private void awaitHeld(int number) {
        await().atMost(ofSeconds(20)).until(() -> held.size() == number);
    }

    private void releaseAnswers() {
        held.forEach(live -> {
            live.send(Answers.JSON);
            live.finish();
        });
    }

    private static Consumer<CamelContext> with(ThreadPoolProfile profile) {
        return context -> context.getExecutorServiceManager().registerThreadPoolProfile(profile);
    }

    private static ThreadPoolProfile profile(int size, int max, int queue, ThreadPoolRejectedPolicy policy) {
        ThreadPoolProfile profile = new ThreadPoolProfile("clova");
        profile.setPoolSize(size);
        profile.setMaxPoolSize(max);
        profile.setMaxQueueSize(queue);
        profile.setRejectedPolicy(policy);
        return profile;
    }

    private static String caller() {
        return Thread.currentThread().getName();
    }

    /** Ways in which a call can end. */
    private enum Way {
        SUCCESS,
        REFUSAL,
        REFUSAL_AFTER_RETRIES,
        UNREADABLE,
        LOST,
        RESPONSE_TIMEOUT,
        STOP,
        BAD_INPUT;

        Reply reply() {
            return switch (this) {
                case SUCCESS, BAD_INPUT -> Answers.good();
                case REFUSAL -> Reply.json(400, "{}");
                case REFUSAL_AFTER_RETRIES -> Reply.json(503, "{}");
                case UNREADABLE -> Reply.json("{");
                case LOST -> Answers.good().truncatedAt(20).ending(Ending.RESET);
                case RESPONSE_TIMEOUT, STOP -> Reply.nothing();
            };
        }

        String options() {
            return this == RESPONSE_TIMEOUT ? "maxRetries=1&responseTimeout=300" : "maxRetries=1";
        }

        void prepare(Exchange exchange) {
            if (this == BAD_INPUT) {
                exchange.getMessage().setBody(null);
            }
        }

        boolean stops() {
            return this == STOP;
        }

        boolean mayEndOnTheCaller() {
            return this == STOP || this == BAD_INPUT;
        }
    }

    /** Counts the callbacks of some exchanges. */
    private static final class Callbacks {

        final AtomicInteger done = new AtomicInteger();
        final Queue<String> threads = new ConcurrentLinkedQueue<>();
        final Queue<Exception> failures = new ConcurrentLinkedQueue<>();
        private final Queue<AtomicInteger> counts = new ConcurrentLinkedQueue<>();
        private final CountDownLatch all;

        Callbacks(int number) {
            all = new CountDownLatch(number);
        }

        AsyncCallback of(Exchange exchange) {
            AtomicInteger count = new AtomicInteger();
            counts.add(count);
            return doneSync -> {
                threads.add(Thread.currentThread().getName());
                if (exchange.getException() != null) {
                    failures.add(exchange.getException());
                }
                count.incrementAndGet();
                done.incrementAndGet();
                all.countDown();
            };
        }

        void await() throws InterruptedException {
            assertThat(all.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(counts).allMatch(count -> count.get() == 1);
        }
    }
}
