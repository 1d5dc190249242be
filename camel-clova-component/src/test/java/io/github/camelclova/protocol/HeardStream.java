package io.github.camelclova.protocol;

import static java.util.stream.Collectors.joining;

import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.Completion;
import io.github.camelclova.chat.CompletionEvent;
import io.github.camelclova.chat.TokenUnit;
import io.github.camelclova.chat.Usage;
import io.github.camelclova.observation.CallRecorder;
import io.github.camelclova.quota.Account;
import io.github.camelclova.quota.EndpointQuota;
import io.github.camelclova.quota.QuotaLimits;
import io.github.camelclova.quota.Quotas;
import io.github.camelclova.transport.CallLimits;
import io.github.camelclova.transport.Deadline;
import io.github.camelclova.transport.HttpCall;
import io.github.camelclova.transport.Retry;
import io.github.camelclova.transport.RunningCall;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What came of the body of a stream, without a connection and without a clock. */
record HeardStream(
        List<String> tokens,
        List<String> thinking,
        @Nullable Completion completion,
        @Nullable Class<?> failure,
        @Nullable String code,
        @Nullable String partialText) {

    private static final StreamOptions EVERYTHING = new StreamOptions(TokenUnit.TOKEN, true, true);
    private static final int MAX_SIZE = 1 << 20;
    private static final HttpCall CALL =
            new HttpCall("r", URI.create("http://localhost"), Map.of(), Map.of(), new byte[0]);
    private static final String MODEL = "any";
    static final EndpointQuota NO_QUOTA = new EndpointQuota(
            new Quotas(System::nanoTime),
            new Account("nobody"),
            new QuotaLimits(null, null, null, Duration.ofMinutes(1)),
            (option, model, mine, others) -> {});
    static final CallListener UNHEARD = new CallRecorder(List.of(), true, System::nanoTime);
    private static final StandingClock CLOCK = new StandingClock();
    private static final Map<Dialect, ChatClient> CLIENTS = new EnumMap<>(Dialect.class);

    /** Events as a service of this dialect sends them, in these reads; then the body ends. */
    static HeardStream of(Dialect dialect, List<byte[]> reads) {
        return of(dialect, EVERYTHING, MAX_SIZE, Map.of("content-type", "text/event-stream"), reads);
    }

    static HeardStream of(
            Dialect dialect,
            StreamOptions options,
            int maxResponseSize,
            Map<String, String> headers,
            List<byte[]> reads) {
        ChatClient client = maxResponseSize == MAX_SIZE ? usualClient(dialect) : client(dialect, maxResponseSize);
        ChatStream stream = new ChatStream(
                CALL,
                NO_QUOTA.place(MODEL, "r", () -> 1, (delay, work) -> () -> {}, Runnable::run),
                Deadline.never(),
                options,
                null,
                client,
                new DeafListener(),
                UNHEARD.begins(null, true));
        StreamAttempt attempt = new StreamAttempt(stream, client);
        Connection connection = new Connection(attempt);
        attempt.head(200, headers, connection);
        for (byte[] read : reads) {
            connection.brings(read);
        }
        connection.ends();
        return taken(stream);
    }

    private static HeardStream taken(ChatStream stream) {
        List<String> tokens = new ArrayList<>();
        List<String> thinking = new ArrayList<>();
        try {
            for (CompletionEvent event = stream.poll(); event != null; event = stream.poll()) {
                if (event instanceof CompletionEvent.Token token) {
                    tokens.add(token.text());
                } else if (event instanceof CompletionEvent.Thinking thought) {
                    thinking.add(thought.text());
                } else if (event instanceof CompletionEvent.Result result) {
                    return new HeardStream(tokens, thinking, result.answer().completion(), null, null, null);
                }
            }
        } catch (ClovaException failure) {
            return new HeardStream(
                    tokens, thinking, null, failure.getClass(), failure.getCode(), failure.getPartialText());
        }
        throw new AssertionError("a body that is over has neither a result nor a failure");
    }

    private static ChatClient usualClient(Dialect dialect) {
        return CLIENTS.computeIfAbsent(dialect, each -> client(each, MAX_SIZE));
    }

    private static ChatClient client(Dialect dialect, int maxResponseSize) {
        Service service = new Service(dialect, URI.create("http://localhost"), "", null, Map.of(), Map.of(), Map.of());
        // The try that is heard here was never counted, so that not even one more is allowed.
        return new ChatClient(
                service,
                null,
                new CallLimits(Duration.ofMinutes(1), Duration.ofMinutes(1), maxResponseSize),
                MAX_SIZE,
                new Retry(-1, Duration.ofMillis(1), () -> 0.5),
                Runnable::run,
                CLOCK,
                NO_QUOTA,
                UNHEARD);
    }

    /** The text of the tokens. */
    String text() {
        return String.join("", tokens);
    }

    /**
     * In one line: tokens, thinking in brackets, then the whole text and how it ended ({@code stop 12+3=15}), or the failure
     * with its code and the partial text.
     */
    @Override
    public String toString() {
        String handedOn = String.join("|", tokens);
        String thought = thinking.isEmpty() ? "" : "(" + String.join("|", thinking) + ")";
        return thought + handedOn + " -> " + (completion == null ? failed() : summary(completion));
    }

    private String failed() {
        return failure.getSimpleName().replaceAll("^Clova|Exception$", "")
                + Optional.ofNullable(code).map(each -> " " + each).orElse("")
                + " '" + partialText + "'";
    }

    private static String summary(Completion completion) {
        List<String> facts = new ArrayList<>();
        facts.add("'" + completion.text() + "'");
        if (completion.first().thinking() != null) {
            facts.add("(" + completion.first().thinking() + ")");
        }
        if (completion.first().stopReason() != null) {
            facts.add(completion.first().stopReason().raw());
        }
        if (!completion.usage().equals(Usage.UNKNOWN)) {
            Usage usage = completion.usage();
            facts.add(usage.input() + "+" + usage.output() + "=" + usage.total());
        }
        if (!completion.first().toolCalls().isEmpty()) {
            facts.add(completion.first().toolCalls().stream()
                    .map(call -> call.id() + ":" + call.name() + call.arguments())
                    .collect(joining(",")));
        }
        if (completion.aiFilter() != null) {
            facts.add("filter"
                    + completion.aiFilter().stream()
                            .map(verdict -> verdict.score())
                            .toList());
        }
        if (!completion.citations().isEmpty()) {
            facts.add(completion.citations().size() + " links");
        }
        return String.join(" ", facts);
    }

    /** One read after the other, until the receiver wants no more. */
    private static final class Connection implements RunningCall {

        private final StreamAttempt attempt;
        private boolean over;

        Connection(StreamAttempt attempt) {
            this.attempt = attempt;
        }

        void brings(byte[] read) {
            if (over) {
                return;
            }
            byte[] buffer = read.clone();
            try {
                attempt.data(ByteBuffer.wrap(buffer), read.length);
            } catch (ClovaException refused) {
                over = true;
                attempt.failed(refused);
            }
            // As the next read of a connection would.
            Arrays.fill(buffer, (byte) '#');
        }

        void ends() {
            if (!over) {
                attempt.end();
            }
        }

        @Override
        public void cancel(ClovaException why) {
            over = true;
        }

        @Override
        public void grant(int bytes) {
            // Every read was made before.
        }
    }

    private static final class DeafListener implements StreamListener {

        @Override
        public void ready() {
            // It is polled anyway.
        }

        @Override
        public void cutOff(ClovaException why) {
            // Nobody cuts it off.
        }
    }
}
