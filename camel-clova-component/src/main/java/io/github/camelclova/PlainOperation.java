package io.github.camelclova;

import static java.util.Objects.requireNonNull;

import io.github.camelclova.chat.OperationAnswer;
import io.github.camelclova.protocol.ChatClient;
import io.github.camelclova.protocol.Operation;
import io.github.camelclova.protocol.OperationCall;
import io.github.camelclova.protocol.Service;
import io.github.camelclova.transport.Deadline;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** An operation other than chat of a started endpoint: a body in, a value out. */
final class PlainOperation implements RunningOperation {

    private static final int LONGEST_SUMMARIZED = 35_000;
    private static final int LONGEST_SEGMENTED = 120_000;

    private final Operation operation;
    private final Service service;
    private final CallHeaders headers;
    private final @Nullable Requests chatRequests;
    private final RerankInput rerank;
    private final Prices prices;
    private final Duration requestTimeout;
    private final ChatClient client;
    private final Engine engine;

    private PlainOperation(ClovaEndpoint endpoint, Operation operation) {
        ClovaConfiguration options = endpoint.getConfiguration();
        this.operation = operation;
        this.service = ServiceOptions.check(options, operation);
        HeaderGroups overrides = HeaderGroups.of(options.getAllowedHeaderOverrides());
        this.headers =
                new CallHeaders(service, options.getModel(), overrides, EndpointOptions.requestIdPrefix(options));
        this.chatRequests = operation == Operation.COUNT_TOKENS ? new Requests(EndpointOptions.check(endpoint)) : null;
        this.rerank = new RerankInput(options.getQuery(), overrides);
        this.prices = Prices.check(options);
        requireModel(overrides);
        NetworkOptions network = new NetworkOptions(endpoint, service.baseUrl());
        this.requestTimeout = network.requestTimeout();
        this.engine = endpoint.component().engine();
        this.client = new ChatClient(
                service,
                engine.transport(network.connections()),
                network.limits(),
                network.maxEventSize(),
                network.retry(),
                engine.dispatcher(),
                engine.clock(),
                EndpointQuotas.of(service, network.quota()),
                Observers.of(endpoint, operation));
        engine.serves(client);
    }

    /** @throws IllegalArgumentException naming the option that is wrong */
    static PlainOperation start(ClovaEndpoint endpoint, Operation operation) {
        return new PlainOperation(endpoint, operation);
    }

    private void requireModel(HeaderGroups overrides) {
        boolean needsModel =
                operation == Operation.EMBEDDINGS && !service.dialect().isNative();
        if (needsModel && headers.model() == null && !overrides.model()) {
            throw OptionValue.refused(
                    "model", "is missing; set it, or allow the header %s to name it".formatted(ClovaConstants.MODEL));
        }
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        List<OperationCall> calls;
        try {
            calls = calls(exchange);
        } catch (RuntimeException refused) {
            exchange.setException(refused);
            callback.done(true);
            return true;
        }
        boolean oneText = !(exchange.getMessage().getBody() instanceof Collection<?>);
        AskingThread thread = new AskingThread(engine.dispatcher());
        inTurn(calls, Deadline.in(requestTimeout))
                .whenCompleteAsync(
                        (answer, failure) -> {
                            if (failure == null) {
                                Replies.write(answer, body(answer, oneText), prices, exchange.getMessage());
                            } else {
                                exchange.setException(
                                        failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
                            }
                            callback.done(false);
                        },
                        thread);
        thread.hasAsked();
        return false;
    }

    private List<OperationCall> calls(Exchange exchange) {
        Message message = exchange.getMessage();
        String id = headers.requestId(message);
        return switch (operation) {
            case EMBEDDINGS -> OperationCall.embeddings(service, id, embeddingModel(message), TextBody.texts(exchange));
            case COUNT_TOKENS ->
                List.of(OperationCall.countTokens(
                        service, requireNonNull(chatRequests).from(exchange)));
            case SUMMARIZE ->
                List.of(OperationCall.summarize(
                        service, id, TextBody.atMost(LONGEST_SUMMARIZED, TextBody.texts(exchange))));
            case SEGMENT ->
                List.of(OperationCall.segment(
                        service,
                        id,
                        TextBody.atMost(LONGEST_SEGMENTED, List.of(TextBody.text(exchange)))
                                .get(0)));
            case RERANK -> List.of(rerank.call(service, id, exchange));
            case MODELS -> List.of(OperationCall.models(service, id));
            case CHAT -> throw new IllegalStateException("chat is no plain operation");
        };
    }

    private @Nullable String embeddingModel(Message message) {
        String model = headers.model(message);
        if (model == null && !service.dialect().isNative()) {
            throw CallHeaders.missingModel();
        }
        return model;
    }

    /** One after the other, so that a long list costs a quota no more than one request at a time. */
    private CompletableFuture<OperationAnswer> inTurn(List<OperationCall> calls, Deadline deadline) {
        CompletableFuture<OperationAnswer> answer = client.ask(calls.get(0), deadline);
        for (OperationCall next : calls.subList(1, calls.size())) {
            answer = answer.thenCompose(earlier -> client.ask(next, deadline).thenApply(later -> later.after(earlier)));
        }
        return answer;
    }

    /** A text becomes its vector, a list of texts a list of vectors. */
    private Object body(OperationAnswer answer, boolean oneText) {
        Object value = answer.result().value();
        return operation == Operation.EMBEDDINGS && oneText ? ((List<?>) value).get(0) : value;
    }

    @Override
    public void close() {
        engine.forgets(client);
        client.close();
    }
}
