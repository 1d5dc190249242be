package io.github.camelclova.protocol;

import io.github.camelclova.chat.Answer;
import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.transport.CallLimits;
import io.github.camelclova.transport.Deadline;
import io.github.camelclova.transport.HttpCall;
import io.github.camelclova.transport.HttpTransport;
import io.github.camelclova.transport.Retry;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Asks a service and brings its answer, with the retries that the endpoint allows. Holds no thread while it waits.
 *
 * <p>Thread-safe. Answers and failures are delivered on the executor it was made with.
 */
public final class ChatClient implements AutoCloseable {

    /** NAVER's own clients send it on the OpenAI-compatible path, too; other services ignore it. */
    private static final String REQUEST_ID_HEADER = "X-NCP-CLOVASTUDIO-REQUEST-ID";

    final Codec codec;
    final HttpTransport transport;
    final CallLimits limits;
    final Retry retry;
    final Executor executor;
    final ScheduledExecutorService clock;
    private final Service service;
    private final Set<PendingAnswer> pending = ConcurrentHashMap.newKeySet();

    /**
     * @param transport stays the caller's
     * @param executor runs decoding and everything that follows an answer
     * @param clock times the pauses between tries
     */
    public ChatClient(
            Service service,
            HttpTransport transport,
            CallLimits limits,
            Retry retry,
            Executor executor,
            ScheduledExecutorService clock) {
        this.service = service;
        this.codec = Codec.of(service.dialect());
        this.transport = transport;
        this.limits = limits;
        this.retry = retry;
        this.executor = executor;
        this.clock = clock;
    }

    /** Fails with a {@link ClovaException}. Ending the future early gives the call up and closes its connection. */
    public CompletableFuture<Answer> complete(ChatRequest request, Deadline deadline) {
        PendingAnswer answer = new PendingAnswer(httpCall(request), deadline, this);
        pending.add(answer);
        answer.whenComplete((done, failure) -> pending.remove(answer));
        answer.start();
        return answer;
    }

    private HttpCall httpCall(ChatRequest request) {
        URI address = service.chatAddress(request.model());
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", "application/json");
        headers.put("Accept-Encoding", "identity");
        headers.put(REQUEST_ID_HEADER, request.requestId());
        Map<String, String> secretHeaders = new HashMap<>(service.credentials());
        secretHeaders.putAll(service.additionalHeaders());
        return new HttpCall(request.requestId(), address, headers, secretHeaders, codec.encode(request, service));
    }

    /** Gives up what is still on its way. */
    @Override
    public void close() {
        for (PendingAnswer answer : pending) {
            answer.cancel("the component stops");
        }
    }
}
