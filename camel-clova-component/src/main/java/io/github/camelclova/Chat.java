package io.github.camelclova;

import static java.util.concurrent.CompletableFuture.completedFuture;

import io.github.camelclova.chat.Answer;
import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.Completion;
import io.github.camelclova.observation.CallRecorder;
import io.github.camelclova.protocol.ChatClient;
import io.github.camelclova.protocol.CompletionStream;
import io.github.camelclova.protocol.Operation;
import io.github.camelclova.protocol.StreamHead;
import io.github.camelclova.protocol.StreamListener;
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
    private final @Nullable ToolLoop tools;

    private Chat(
            ChatSettings settings,
            Engine engine,
            CallRecorder recorder,
            @Nullable TokenTarget target,
            @Nullable ToolLoop tools) {
        this.tools = tools;
        this.engine = engine;
        this.settings = settings;
        this.target = target;
        this.requests = new Requests(settings);
        this.replies = new Replies(settings, recorder);
        this.conversations = settings.conversations();
        this.executor = engine.dispatcher();
        this.client = new ChatClient(
                settings.service(),
                engine.transport(settings.connections()),
                settings.limits(),
                settings.maxEventSize(),
                settings.retry(),
                roundsRunOn(settings),
                engine.clock(),
                EndpointQuotas.join(settings),
                recorder);
        engine.serves(client);
    }

    /** Whoever pulls holds a thread of route code, so a later round must not wait for one of those. */
    private Executor roundsRunOn(ChatSettings checked) {
        boolean pulls = checked.streaming() != null && target == null;
        return pulls && tools != null ? tools.executor() : executor;
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
        return new Chat(
                settings,
                endpoint.component().engine(),
                Observers.of(endpoint, Operation.CHAT),
                target,
                ToolLoop.start(endpoint, settings.tools()));
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        ChatRequest request;
        Rounds rounds;
        String conversation;
        try {
            request = requests.from(exchange);
            rounds = new Rounds(request, tools, exchange, Deadline.in(settings.requestTimeout()));
            conversation = conversations.idOf(exchange);
        } catch (RuntimeException refused) {
            return refuse(exchange, callback, refused, true);
        }
        if (conversation == null) {
            answer(rounds, answer -> {}, exchange, callback);
        } else {
            executor.execute(() -> recall(conversation, request, rounds, exchange, callback));
        }
        return false;
    }

    private void recall(
            String conversation, ChatRequest request, Rounds rounds, Exchange exchange, AsyncCallback callback) {
        Recollection recollection;
        try {
            recollection = conversations.recall(conversation);
            rounds.remind(recollection.remind(request).messages());
        } catch (RuntimeException unreadable) {
            refuse(exchange, callback, unreadable, false);
            return;
        }
        answer(
                rounds,
                answer -> recollection.keep(rounds.said(), answer, rounds.lastUsage(answer)),
                exchange,
                callback);
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

    private void answer(Rounds rounds, Consumer<Answer> memory, Exchange exchange, AsyncCallback callback) {
        StreamSettings streaming = settings.streaming();
        Judge judge = new Judge(replies, memory);
        if (streaming == null) {
            ask(rounds, judge, exchange, callback);
        } else if (target == null) {
            pull(rounds, streaming, judge, exchange, callback);
        } else {
            String requestId = rounds.request().requestId();
            PushedStream pushed = push(exchange, requestId, callback, streaming, judge, target);
            pushed.start(stream(rounds, streaming, judge, pushed));
        }
    }

    private void ask(Rounds rounds, Judge judge, Exchange exchange, AsyncCallback callback) {
        AskingThread thread = new AskingThread(executor);
        fitting(rounds, judge, settings.structuredRetries())
                .thenAccept(answer -> {
                    Object body = judge.body(answer);
                    judge.keep(answer);
                    judge.write(answer, body, exchange.getMessage());
                })
                .whenCompleteAsync((written, failure) -> goOn(exchange, failure, callback), thread);
        thread.hasAsked();
    }

    /** The answer, or that to a second question after one that did not fit the schema. */
    private CompletableFuture<Answer> fitting(Rounds rounds, Judge judge, int retries) {
        return answer(rounds).thenCompose(answer -> {
            Optional<String> problem = retries == 0 ? Optional.empty() : judge.problem(answer.completion());
            if (problem.isEmpty()) {
                return completedFuture(answer);
            }
            rounds.again(answer, AGAIN + problem.get());
            return fitting(rounds, judge, retries - 1);
        });
    }

    /** The answer that is none of a round of tools. */
    private CompletableFuture<Answer> answer(Rounds rounds) {
        return client.complete(rounds.request(), rounds.deadline()).thenCompose(answer -> {
            if (!rounds.callsTools(answer.completion())) {
                return completedFuture(rounds.whole(answer));
            }
            ToolRun run = rounds.run(answer);
            run.start();
            return run.results().thenCompose(results -> {
                rounds.next(results);
                return answer(rounds);
            });
        });
    }

    private void pull(Rounds rounds, StreamSettings streaming, Judge judge, Exchange exchange, AsyncCallback callback) {
        PulledStream pulled = new PulledStream(exchange, rounds.request().requestId(), judge);
        CompletionStream stream = stream(rounds, streaming, judge, pulled);
        Executor goesOnWith = tools == null ? Runnable::run : executor;
        stream.opened()
                .thenAcceptAsync(head -> begin(head, pulled, exchange), goesOnWith)
                .whenComplete((begun, failure) -> goOn(exchange, failure, callback));
        pulled.start(stream);
    }

    private CompletionStream stream(Rounds rounds, StreamSettings streaming, Judge judge, StreamListener listener) {
        // What a round of tools says is no part of the answer, so there is nothing to judge either.
        Predicate<Completion> clears = completion -> !rounds.callsTools(completion) && judge.clears(completion);
        ToolStream.Opener opener = (request, heard) ->
                client.stream(request, rounds.deadline(), streaming.options(), streaming.hold() ? clears : null, heard);
        return tools == null ? opener.open(rounds.request(), listener) : new ToolStream(rounds, opener, listener);
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
        if (tools != null) {
            tools.close();
        }
        if (target != null) {
            target.close();
        }
    }
}
