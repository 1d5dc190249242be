package io.github.camelclova.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaTimeoutException;
import io.github.camelclova.chat.ClovaTruncatedException;
import io.github.camelclova.chat.CompletionEvent;
import io.github.camelclova.chat.Failure;
import io.github.camelclova.chat.GenerationOptions;
import io.github.camelclova.chat.TokenUnit;
import io.github.camelclova.transport.CallLimits;
import io.github.camelclova.transport.Deadline;
import io.github.camelclova.transport.Retry;
import io.github.camelclova.transport.RunningCall;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A stream may be completed, broken off, cancelled and stopped at one moment, by threads that know nothing of each other.
 * Whoever takes from it sees one ending, and before it the tokens in order.
 */
class EndingsRaceTest {

    private static final int ROUNDS = 3_000;
    private static final int LONGEST_HEAD_START = 4_000;
    private static final List<String> TOKENS = List.of("가", "나", "다", "라", "마");
    private static final ChatRequest REQUEST =
            new ChatRequest("r", "HCX-005", List.of(ChatMessage.user("?")), new GenerationOptions(Map.of()), null);

    private static final StandingClock CLOCK = new StandingClock();

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whoeverTakesSeesOneEndingHoweverManyCome() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Race race = new Race(new Random(round));
            try {
                race.run();
            } catch (AssertionError wrong) {
                throw new AssertionError("round " + round, wrong);
            }
        }
    }

    /** One stream, and everybody who may end it, each some moments after the start. */
    private final class Race implements StreamListener {

        private final Random random;
        private final Semaphore somethingToTake = new Semaphore(0);
        private final AtomicInteger cuts = new AtomicInteger();
        private final List<String> taken = new ArrayList<>();
        private final List<Object> endings = new ArrayList<>();
        private final ChatClient client = client();
        private final ChatStream stream =
                client.stream(REQUEST, Deadline.never(), new StreamOptions(TokenUnit.TOKEN, false, false), null, this);
        private final StreamAttempt attempt = new StreamAttempt(stream, client);

        Race(Random random) {
            this.random = random;
        }

        void run() throws Exception {
            List<Runnable> parties = new ArrayList<>(List.of(this::connection, this::taker));
            if (random.nextBoolean()) {
                parties.add(() -> stream.cancel("the route cancelled"));
            }
            if (random.nextBoolean()) {
                parties.add(() -> attempt.failed(
                        new ClovaTimeoutException("idleTimeout", Duration.ofMillis(1), Failure.of("r"), null)));
            }
            if (random.nextBoolean()) {
                parties.add(() -> stream.cancel(ChatClient.STOPS));
            }
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
            assertOneEnding();
        }

        private void connection() {
            RunningCall call = new Connection();
            attempt.head(200, Map.of("content-type", "text/event-stream"), call);
            for (String token : TOKENS) {
                brings("event:token\ndata:{\"message\":{\"role\":\"assistant\",\"content\":\"%s\"}}\n\n"
                        .formatted(token));
            }
            brings("event:result\ndata:{\"message\":{\"content\":\"%s\"},\"finishReason\":\"stop\"}\n\n"
                    .formatted(String.join("", TOKENS)));
            brings("event:signal\ndata:{\"data\":\"[DONE]\"}\n\n");
            attempt.end();
        }

        private void brings(String events) {
            byte[] bytes = events.getBytes(UTF_8);
            attempt.data(ByteBuffer.wrap(bytes), bytes.length);
        }

        private void taker() {
            while (endings.isEmpty()) {
                try {
                    takeAll();
                } catch (ClovaException failure) {
                    endings.add(failure);
                }
            }
        }

        private void takeAll() {
            CompletionEvent event = stream.poll();
            while (event != null) {
                if (event instanceof CompletionEvent.Token token) {
                    taken.add(token.text());
                } else if (event instanceof CompletionEvent.Result result) {
                    endings.add(result);
                    return;
                }
                event = stream.poll();
            }
            somethingToTake.acquireUninterruptibly();
        }

        private void assertOneEnding() {
            assertThat(taken).isEqualTo(TOKENS.subList(0, taken.size()));
            assertThat(cuts.get()).isLessThanOrEqualTo(1);
            assertThat(endings).hasSize(1);
            if (endings.get(0) instanceof ClovaException failure) {
                assertThat(failure)
                        .isInstanceOfAny(
                                ClovaCancelledException.class,
                                ClovaTimeoutException.class,
                                ClovaTruncatedException.class);
                assertThat(String.join("", TOKENS)).startsWith(failure.getPartialText());
            } else {
                assertThat(taken).isEqualTo(TOKENS);
            }
            assertThat(stream.opened()).isDone();
        }

        @Override
        public void ready() {
            somethingToTake.release();
        }

        @Override
        public void cutOff(ClovaException why) {
            cuts.incrementAndGet();
        }

        private final class Connection implements RunningCall {

            @Override
            public void cancel(ClovaException why) {
                attempt.failed(why);
            }

            @Override
            public void grant(int bytes) {
                // The connection sends all it has in any case.
            }
        }
    }

    private static ChatClient client() {
        Service service =
                new Service(Dialect.CLOVA_V3, URI.create("http://localhost"), "", null, Map.of(), Map.of(), Map.of());
        return new ChatClient(
                service,
                null,
                new CallLimits(Duration.ofMinutes(1), Duration.ofMinutes(1), 1 << 20),
                1 << 20,
                new Retry(-1, Duration.ofMillis(1), () -> 0.5),
                Runnable::run,
                CLOCK,
                HeardStream.NO_QUOTA,
                HeardStream.UNHEARD);
    }
}
