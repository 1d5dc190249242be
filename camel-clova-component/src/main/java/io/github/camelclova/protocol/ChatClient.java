package io.github.camelclova.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.camelclova.chat.Answer;
import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.Completion;
import io.github.camelclova.chat.OperationAnswer;
import io.github.camelclova.quota.EndpointQuota;
import io.github.camelclova.quota.Place;
import io.github.camelclova.transport.CallLimits;
import io.github.camelclova.transport.Deadline;
import io.github.camelclova.transport.HttpCall;
import io.github.camelclova.transport.Retry;
import io.github.camelclova.transport.Transport;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Asks a service and brings its answer, with the retries that the endpoint allows. Holds no thread while it waits.
 *
 * <p>Thread-safe. Answers and failures are delivered on the executor it was made with.
 */
public final class ChatClient implements AutoCloseable {

    /** NAVER's own clients send it on the OpenAI-compatible path, too; other services ignore it. */
    private static final String REQUEST_ID_HEADER = "X-NCP-CLOVASTUDIO-REQUEST-ID";

    static final String STOPS = "the component stops";

    final Codec codec;
    final Transport transport;
    final CallLimits limits;
    final Retry retry;
    final Executor executor;
    final ScheduledExecutorService clock;
    private final CallListener listener;
    private final Service service;
    private final Map<String, String> secretHeaders;
    private final EndpointQuota quota;
    private final int maxEventSize;
    private final Set<PendingAnswer<?>> answers = ConcurrentHashMap.newKeySet();
    private final Set<ChatStream> streams = ConcurrentHashMap.newKeySet();
    /** Most endpoints ask the same model all the time. */
    private volatile @Nullable Address lastAddress;

    private volatile boolean closed;

    private record Address(@Nullable String model, URI uri) {}

    /**
     * @param transport stays the caller's
     * @param maxEventSize bytes of one event of a stream
     * @param executor runs decoding and everything that follows an answer
     * @param clock times the pauses between tries
     * @param quota where every try has to ask; closed with the client
     * @param listener hears of every call
     */
    public ChatClient(
            Service service,
            Transport transport,
            CallLimits limits,
            int maxEventSize,
            Retry retry,
            Executor executor,
            ScheduledExecutorService clock,
            EndpointQuota quota,
            CallListener listener) {
        this.service = service;
        Map<String, String> ofEveryCall = new HashMap<>(service.credentials());
        ofEveryCall.putAll(service.additionalHeaders());
        this.secretHeaders = Map.copyOf(ofEveryCall);
        this.codec = Codec.of(service.dialect());
        this.transport = transport;
        this.limits = limits;
        this.maxEventSize = maxEventSize;
        this.retry = retry;
        this.executor = executor;
        this.clock = clock;
        this.quota = quota;
        this.listener = listener;
    }

    /** Fails with a {@link ClovaException}. Ending the future early gives the call up and closes its connection. */
    public CompletableFuture<Answer> complete(ChatRequest request, Deadline deadline) {
        HttpCall call = call(request, null);
        CallListener.Call told = listener.begins(request.model(), false);
        return begin(new PendingAnswer<>(
                call,
                place(request),
                deadline,
                this,
                told,
                answer -> answer.completion().usage(),
                (reply, attempts) -> {
                    Answer answer = new Answer(
                            codec.decode(reply, request.requestId()),
                            request.requestId(),
                            reply.status(),
                            attempts,
                            PendingAnswer.rateLimit(reply.headers()));
                    Completion completion = answer.completion();
                    told.answered(completion.usage(), completion.model(), answer.rateLimit());
                    return answer;
                }));
    }

    /** The same for an operation other than chat. */
    public CompletableFuture<OperationAnswer> ask(OperationCall asked, Deadline deadline) {
        HttpCall call = call(asked.requestId, asked.address, asked.body, "application/json");
        CallListener.Call told = listener.begins(asked.model, false);
        return begin(new PendingAnswer<>(
                call,
                place(asked),
                deadline,
                this,
                told,
                answer -> answer.result().usage(),
                (reply, attempts) -> {
                    OperationAnswer answer = new OperationAnswer(
                            asked.decode(reply),
                            asked.requestId,
                            reply.status(),
                            attempts,
                            PendingAnswer.rateLimit(reply.headers()));
                    told.answered(answer.result().usage(), answer.result().model(), answer.rateLimit());
                    return answer;
                }));
    }

    private <T> PendingAnswer<T> begin(PendingAnswer<T> answer) {
        answers.add(answer);
        answer.whenComplete((done, failure) -> answers.remove(answer));
        if (closed) {
            answer.cancel(STOPS);
        } else {
            begin(answer.call(), answer::attempt);
        }
        return answer;
    }

    /**
     * Prepares a stream of tokens, which the caller starts.
     *
     * @param clears whether an answer may be handed on token by token; the tokens are then held back until it has been
     *     asked, on the thread that takes them. Absent for a stream that hands tokens on as they come
     */
    public ChatStream stream(
            ChatRequest request,
            Deadline deadline,
            StreamOptions options,
            @Nullable Predicate<Completion> clears,
            StreamListener listener) {
        HttpCall call = call(request, options);
        Place place = place(request);
        CallListener.Call told = this.listener.begins(request.model(), true);
        ChatStream stream = new ChatStream(call, place, deadline, options, clears, this, listener, told);
        streams.add(stream);
        return stream;
    }

    private HttpCall call(ChatRequest request, @Nullable StreamOptions streaming) {
        return call(
                request.requestId(),
                address(request.model()),
                codec.encode(request, service, streaming),
                streaming == null ? "application/json" : "text/event-stream");
    }

    private URI address(@Nullable String model) {
        Address last = lastAddress;
        if (last == null || !Objects.equals(model, last.model())) {
            last = new Address(model, service.chatAddress(model));
            lastAddress = last;
        }
        return last.uri();
    }

    private HttpCall call(String requestId, URI address, byte @Nullable [] body, String accept) {
        Map<String, String> headers =
                Map.of("Accept", accept, "Accept-Encoding", "identity", REQUEST_ID_HEADER, requestId);
        return new HttpCall(requestId, address, headers, secretHeaders, body);
    }

    private Place place(ChatRequest request) {
        return quota.place(
                service.quotaModel(request.model()),
                request.requestId(),
                () -> TokenEstimate.of(request, service.dialect()),
                this::in,
                executor);
    }

    /** An operation beside chat has limits of its own, whatever model is behind it. */
    private Place place(OperationCall asked) {
        return quota.place(
                asked.address.getPath(),
                asked.requestId,
                () -> asked.body == null ? 1 : TokenEstimate.text(new String(asked.body, UTF_8)),
                this::in,
                executor);
    }

    private Runnable in(Duration delay, Runnable work) {
        try {
            ScheduledFuture<?> timer = clock.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> timer.cancel(false);
        } catch (RejectedExecutionException stopped) {
            // Whoever waits is given up by whoever stops the clock.
            return () -> {};
        }
    }

    /** Looking a host name up may block, so that is not left to the caller's thread. */
    void begin(HttpCall call, Runnable attempt) {
        if (needsNoLookup(call.uri().getHost())) {
            attempt.run();
        } else {
            executor.execute(attempt);
        }
    }

    private static boolean needsNoLookup(String host) {
        return host.equals("localhost") || Character.isDigit(host.charAt(0)) || host.startsWith("[");
    }

    void later(Duration pause, Runnable work) {
        clock.schedule(() -> executor.execute(work), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Bytes that one event of a stream may have; the one with the whole answer may be as large as the answer. */
    int maxEventSize(String eventName) {
        return eventName.equals("result") ? Math.max(maxEventSize, limits.maxResponseSize()) : maxEventSize;
    }

    boolean isClosed() {
        return closed;
    }

    void ended(ChatStream stream) {
        streams.remove(stream);
    }

    /** Gives up what is still on its way, and what is asked later. */
    @Override
    public void close() {
        closed = true;
        answers.forEach(answer -> executor.execute(() -> answer.cancel(STOPS)));
        streams.forEach(stream -> stream.cancel(STOPS));
        quota.close();
    }
}
