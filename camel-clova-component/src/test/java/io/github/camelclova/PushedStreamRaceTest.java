package io.github.camelclova;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.StreamSettings.OnTokenFailure;
import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.chat.TokenUnit;
import io.github.camelclova.observation.CallRecorder;
import io.github.camelclova.protocol.ChatStream;
import io.github.camelclova.protocol.HeldConnections;
import io.github.camelclova.protocol.HeldConnections.Connection;
import io.github.camelclova.protocol.StreamOptions;
import io.github.camelclova.transport.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.AsyncProcessorSupport;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/**
 * A pushed stream ends with one closing exchange and one callback, whoever ends it. Here real threads meet, each a moment
 * after the start that the round decides: Camel has too many steps for every order of them to be tried.
 */
class PushedStreamRaceTest {

    private static final int ROUNDS = 1_500;
    private static final int LONGEST_HEAD_START = 20_000;
    private static final List<String> TOKENS = List.of("가", "나", "다");

    @Test
    void oneClosingExchangeAndOneCallbackHoweverManyEndIt() throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        CamelContext context = new DefaultCamelContext();
        TokenLaw law = new TokenLaw(threads);
        try {
            RouteBuilder.addRoutes(context, route -> route.from("direct:tokens").process(law));
            context.start();
            ClovaEndpoint endpoint = context.getEndpoint(
                    "clova:chat?model=HCX-005&apiKey=k&streamTo=direct:tokens", ClovaEndpoint.class);
            Replies replies =
                    new Replies(EndpointOptions.check(endpoint), new CallRecorder(List.of(), true, System::nanoTime));
            List<Stream> streams = new ArrayList<>();
            try (TokenTarget target = TokenTarget.start(endpoint, "direct:tokens")) {
                for (int round = 0; round < ROUNDS; round++) {
                    Stream stream = new Stream(new Random(round), threads, context);
                    streams.add(stream);
                    stream.race(target, replies);
                }
            }
            for (int round = 0; round < ROUNDS; round++) {
                streams.get(round).assertOneEnding(round);
            }
        } finally {
            context.stop();
            threads.shutdownNow();
        }
    }

    /** The route of the tokens: some are done at once and some later, some fail and some cancel. */
    private static final class TokenLaw extends AsyncProcessorSupport {

        private final ExecutorService threads;

        TokenLaw(ExecutorService threads) {
            this.threads = threads;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            Stream stream = exchange.getMessage().getHeader("stream", Stream.class);
            if (stream.isTokenSlow()) {
                threads.execute(() -> {
                    stream.sees(exchange);
                    callback.done(false);
                });
                return false;
            }
            stream.sees(exchange);
            callback.done(true);
            return true;
        }
    }

    private static final class Stream {

        private final Random random;
        private final ExecutorService threads;
        private final HeldConnections connections;
        private final Exchange original;
        private final Map<String, Boolean> fates;
        private final boolean slow;
        private final List<String> seen = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger callbacks = new AtomicInteger();
        private final CountDownLatch ends = new CountDownLatch(2);

        Stream(Random random, ExecutorService threads, CamelContext context) {
            this.random = random;
            this.threads = threads;
            this.connections = new HeldConnections(0, threads);
            this.original = new DefaultExchange(context);
            original.getMessage().setHeader("stream", this);
            slow = random.nextBoolean();
            // Of the one token that is not done well: true if it fails, false if it cancels.
            fates = random.nextBoolean() ? Map.of() : Map.of(TOKENS.get(random.nextInt(3)), random.nextBoolean());
        }

        boolean isTokenSlow() {
            return slow;
        }

        void sees(Exchange exchange) {
            String type = exchange.getMessage().getHeader(ClovaConstants.EVENT_TYPE, String.class);
            String body = exchange.getMessage().getBody(String.class);
            seen.add(type.equals("token") ? body : type);
            if (!type.equals("token")) {
                ends.countDown();
            } else if (fates.containsKey(body)) {
                if (fates.get(body)) {
                    exchange.setException(new IllegalStateException("no such word"));
                } else {
                    exchange.getMessage().setHeader(ClovaConstants.CANCEL, true);
                }
            }
        }

        void race(TokenTarget target, Replies replies) throws Exception {
            PushedStream pushed = new PushedStream(
                    original,
                    "r",
                    doneSync -> {
                        callbacks.incrementAndGet();
                        ends.countDown();
                    },
                    target,
                    new Judge(replies, answer -> {}),
                    OnTokenFailure.STOP,
                    threads);
            ChatStream stream = connections.client.stream(
                    HeldConnections.REQUEST,
                    Deadline.never(),
                    new StreamOptions(TokenUnit.TOKEN, false, false),
                    null,
                    pushed);
            pushed.start(stream);
            List<Runnable> parties = new ArrayList<>(List.of(this::answer));
            if (random.nextBoolean()) {
                parties.add(() -> stream.cancel("the exchange is over"));
            }
            if (random.nextBoolean()) {
                parties.add(connections.clock::pass);
            }
            if (random.nextBoolean()) {
                parties.add(connections.client::close);
            }
            if (random.nextBoolean()) {
                parties.add(() -> connections.connection.cancel(
                        new ClovaTimeoutException("idleTimeout", Duration.ofMillis(1), Failure.of("r"), null)));
            }
            runAtOnce(parties);
            assertThat(ends.await(10, TimeUnit.SECONDS)).as("%s", this).isTrue();
        }

        private void runAtOnce(List<Runnable> parties) throws Exception {
            CyclicBarrier start = new CyclicBarrier(parties.size());
            List<Future<?>> running = new ArrayList<>();
            for (Runnable party : parties) {
                int headStart = random.nextInt(LONGEST_HEAD_START);
                running.add(threads.submit(() -> {
                    start.await();
                    for (int spin = 0; spin < headStart; spin++) {
                        Thread.onSpinWait();
                    }
                    party.run();
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get(10, TimeUnit.SECONDS);
            }
        }

        private void answer() {
            Connection connection = connections.connection;
            connection.receiver.head(200, Map.of("content-type", "text/event-stream"), connection);
            for (String token : TOKENS) {
                connection.brings("event:token\ndata:{\"message\":{\"content\":\"%s\"}}\n\n".formatted(token));
            }
            connection.brings("event:result\ndata:{\"message\":{\"content\":\"%s\"},\"finishReason\":\"stop\"}\n\n"
                    .formatted(String.join("", TOKENS)));
            connection.end();
        }

        void assertOneEnding(int round) {
            assertThat(callbacks).as("callbacks of round %d: %s", round, this).hasValue(1);
            List<String> tokens = seen.subList(0, seen.size() - 1);
            assertThat(tokens).as("round %d: %s", round, this).isEqualTo(TOKENS.subList(0, tokens.size()));
            assertThat(seen.get(seen.size() - 1)).as("round %d", round).isIn("result", "error");
        }

        @Override
        public String toString() {
            return seen + ", failed with " + original.getException();
        }
    }
}
