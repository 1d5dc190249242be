package io.github.camelclova;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.github.camelclova.chat.Answer;
import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.Completion;
import io.github.camelclova.protocol.ChatClient;
import io.github.camelclova.protocol.ChatStream;
import io.github.camelclova.protocol.StreamHead;
import io.github.camelclova.transport.Deadline;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The operation {@code chat} of a started endpoint: asks with an exchange and continues it with the answer. */
final class Chat implements RunningOperation {

    private static final String AGAIN =
            "This does not fit the JSON schema. Answer again, with nothing but JSON that fits it. ";

    private final ChatSettings settings;
    private final Requests requests;
    private final Replies replies;
    private final Conversations conversations;
    private final ChatClient client;
    private final Executor executor;
    private final Engine engine;
    private final @Nullable TokenTarget target;

    private Chat(ChatSettings settings, Engine engine, @Nullable TokenTarget target) {
        this.engine = engine;
        this.settings = settings;
        this.target = target;
        this.requests = new Requests(settings);
        this.replies = new Replies(settings);
        this.conversations = settings.conversations();
        this.executor = engine.dispatcher();
        this.client = new ChatClient(
                settings.service(),
                engine.transport(settings.connections()),
                settings.limits(),
                settings.maxEventSize(),
                settings.retry(),
                engine.dispatcher(),
                engine.clock(),
                EndpointQuotas.join(settings));
        engine.serves(client);
    }

    /**
     * Checks the endpoint's options.
     *
     * @throws IllegalArgumentException naming the option that is wrong
     */
    static Chat start(ClovaEndpoint endpoint) throws Exception {
        ChatSettings settings = EndpointOptions.check(endpoint);
        StreamSettings streaming = settings.streaming();
        TokenTarget target = streaming == null || streaming.streamTo() == null
                ? null
                : TokenTarget.start(endpoint, streaming.streamTo());
        return new Chat(settings, endpoint.component().engine(), target);
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        ChatRequest request;
        String conversation;
        try {
            request = requests.from(exchange);
            conversation = conversations.idOf(exchange);
        } catch (RuntimeException refused) {
            return refuse(exchange, callback, refused, true);
        }
        Deadline deadline = Deadline.in(settings.requestTimeout());
        if (conversation == null) {
            answer(request, answer -> {}, deadline, exchange, callback);
        } else {
            executor.execute(() -> recall(conversation, request, deadline, exchange, callback));
        }
        return false;
    }

    private void recall(
            String conversation, ChatRequest request, Deadline deadline, Exchange exchange, AsyncCallback callback) {
        Recollection recollection;
        ChatRequest reminded;
        try {
            recollection = conversations.recall(conversation);
            reminded = recollection.remind(request);
        } catch (RuntimeException unreadable) {
            refuse(exchange, callback, unreadable, false);
            return;
        }
        answer(reminded, answer -> recollection.keep(reminded, answer), deadline, exchange, callback);
    }

    private boolean refuse(Exchange exchange, AsyncCallback callback, RuntimeException refused, boolean doneSync) {
        StreamSettings streaming = settings.streaming();
        if (streaming != null && target != null) {
            push(exchange, null, callback, streaming, new Judge(replies, answer -> {}), target)
                    .refuse(refused);
            return false;
        }
        exchange.setException(refused);
        callback.done(doneSync);
        return doneSync;
    }

    private void answer(
            ChatRequest request,
            Consumer<Answer> memory,
            Deadline deadline,
            Exchange exchange,
            AsyncCallback callback) {
        StreamSettings streaming = settings.streaming();
        Judge judge = new Judge(replies, memory);
        if (streaming == null) {
            ask(request, deadline, judge, exchange, callback);
        } else if (target == null) {
            pull(request, deadline, streaming, judge, exchange, callback);
        } else {
            PushedStream pushed = push(exchange, request.requestId(), callback, streaming, judge, target);
            pushed.start(client.stream(request, deadline, streaming.options(), holds(streaming, judge), pushed));
        }
    }

    private void ask(ChatRequest request, Deadline deadline, Judge judge, Exchange exchange, AsyncCallback callback) {
        fitting(request, deadline, settings.structuredRetries())
                .thenAccept(answer -> {
                    judge.write(answer, exchange.getMessage());
                    judge.keep(answer);
                })
                .whenComplete((written, failure) -> goOn(exchange, failure, callback));
    }

    /** The answer, or that to a second question after one that did not fit the schema. */
    private CompletableFuture<Answer> fitting(ChatRequest request, Deadline deadline, int retries) {
        return client.complete(request, deadline).thenCompose(answer -> {
            Optional<String> problem = retries == 0 ? Optional.empty() : replies.problem(answer.completion());
            if (problem.isEmpty()) {
                return completedFuture(answer);
            }
            ChatRequest again = request.andThen(answer.completion().text(), AGAIN + problem.get());
            return fitting(again, deadline, retries - 1).thenApply(next -> next.after(answer));
        });
    }

    private void pull(
            ChatRequest request,
            Deadline deadline,
            StreamSettings streaming,
            Judge judge,
            Exchange exchange,
            AsyncCallback callback) {
        PulledStream pulled = new PulledStream(exchange, request.requestId(), judge);
        ChatStream stream = client.stream(request, deadline, streaming.options(), holds(streaming, judge), pulled);
        stream.opened()
                .thenAccept(head -> begin(head, pulled, exchange))
                .whenComplete((begun, failure) -> goOn(exchange, failure, callback));
        pulled.start(stream);
    }

    private static @Nullable Predicate<Completion> holds(StreamSettings streaming, Judge judge) {
        return streaming.hold() ? judge::clears : null;
    }

    private void begin(StreamHead head, PulledStream pulled, Exchange exchange) {
        replies.writeHead(head, exchange.getMessage());
        exchange.getMessage().setBody(pulled);
    }

    private PushedStream push(
            Exchange exchange,
            @Nullable String requestId,
            AsyncCallback callback,
            StreamSettings streaming,
            Judge judge,
            TokenTarget to) {
        return new PushedStream(exchange, requestId, callback, to, judge, streaming.onTokenFailure(), executor);
    }

    private static void goOn(Exchange exchange, @Nullable Throwable failure, AsyncCallback callback) {
        if (failure != null) {
            exchange.setException(failure instanceof CompletionException wrapped ? wrapped.getCause() : failure);
        }
        callback.done(false);
    }

    @Override
    public void close() {
        engine.forgets(client);
        client.close();
        if (target != null) {
            target.close();
        }
    }
}
