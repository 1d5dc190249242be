package io.github.camelclova.testing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A service on the loopback interface that stands in for CLOVA Studio and for OpenAI-compatible services.
 *
 * <p>It answers a request with the next reply of its script, if it was given one; otherwise with a text that is made from the
 * prompt and says that it comes from a stand-in, never from a model. The same prompt gets the same answer, in Korean if it
 * holds Hangul and else in English, in the dialect that the path asks for:
 *
 * <table>
 *   <caption>Paths that are answered without a script; each may have any prefix</caption>
 *   <tr><td>{@code /v1/chat-completions/{model}}, {@code /v1/tasks/{id}/chat-completions},
 *     {@code /v2/tasks/{id}/chat-completions}</td><td>CLOVA Studio v1</td></tr>
 *   <tr><td>{@code /v3/chat-completions/{model}}, {@code /v3/tasks/{id}/chat-completions}</td><td>CLOVA Studio v3</td></tr>
 *   <tr><td>{@code /chat/completions}, {@code /embeddings}, {@code GET /models}</td><td>OpenAI</td></tr>
 *   <tr><td>{@code /v1/api-tools/embedding}, {@code summarization}, {@code segmentation}, {@code reranker};
 *     {@code chat-tokenize} in {@code /v1} and {@code /v3}</td><td>CLOVA Studio's other operations</td></tr>
 * </table>
 *
 * <p>Such an answer heeds the switch between document and stream of its dialect, the caps on tokens (a token is one event of
 * a stream), {@code seed}, {@code includeAiFilters}, and where the dialect has them {@code thinking.effort} (no thinking unless
 * it is named), {@code n}, {@code logprobs} and {@code stream_options.include_usage}; everything else in the request is
 * ignored. Ids and counts follow from the prompt too, only {@code created} is the time of the call.
 *
 * <p>Of the other operations, equal texts have equal vectors of 1024 numbers and of length 1, a summary is the first sentence,
 * a topic is a paragraph, and an answer from documents is the text of the first one.
 *
 * <p>Words in a user message steer what the AI filter says and how a call fails, see {@link Markers}.
 *
 * <p>It has two threads of its own, both daemons, however many connections are open. All methods may be called from any
 * thread. Whoever starts it closes it.
 */
public final class ClovaStandIn implements AutoCloseable {

    private final Traffic traffic = new Traffic();
    private final RequestLog log = new RequestLog();
    private final Script script;
    private final Server server;
    private final String baseUrl;

    private ClovaStandIn(Builder builder) {
        script = new Script(
                new UnscriptedAnswers(builder.requiredKey, builder.answerDelay, builder.tokenDelay, builder.text));
        server = new Server(builder.port, builder.tls, traffic, request -> {
            log.add(request);
            return script.replyTo(request);
        });
        baseUrl = (builder.tls == null ? "http" : "https") + "://localhost:" + server.port();
    }

    /** Starts one on a free port, without TLS. */
    public static ClovaStandIn start() {
        return builder().start();
    }

    /** For a port, TLS, a pace or a key of one's own. */
    public static Builder builder() {
        return new Builder();
    }

    /** The root of the CLOVA Studio dialects, without a slash at the end. */
    public String baseUrl() {
        return baseUrl;
    }

    /** The root of the OpenAI dialect, {@code /v1} included, without a slash at the end. */
    public String openAiBaseUrl() {
        return baseUrl + "/v1";
    }

    /** The port it listens on, also after it was closed. */
    public int port() {
        return server.port();
    }

    /** Adds replies to the script, each for one request, in this order. */
    public ClovaStandIn replays(Reply... replies) {
        script.queue(List.of(replies));
        return this;
    }

    /** Answers every request that the queued replies leave over with this one. */
    public ClovaStandIn replaysAlways(Reply reply) {
        requireNonNull(reply, "reply");
        return answers(request -> reply);
    }

    /**
     * Answers every request that the queued replies leave over with what the script makes of it. The script runs on the threads
     * of the stand-in and must not wait; if it throws, the client gets status 500.
     */
    public ClovaStandIn answers(Function<ReceivedRequest, Reply> answers) {
        script.fallBackOn(answers);
        return this;
    }

    /** The requests that came in so far, in order; also those that were refused, but none that is no HTTP. */
    public List<ReceivedRequest> requests() {
        return log.all();
    }

    /** Waits for the request of this index, counted from 0, and fails with {@link AssertionError} when it does not come in time. */
    public ReceivedRequest awaitRequest(int index, Duration timeout) {
        return log.await(index, timeout);
    }

    /** How many connections are open now, with or without a request on them. */
    public int openConnections() {
        return traffic.openConnections();
    }

    /** How many requests have not got their whole reply yet. One that stalls counts until its connection is gone. */
    public int openReplies() {
        return traffic.openReplies();
    }

    /**
     * How many bytes of replies wait in memory for clients to read on, over all connections. It stays below some 80 KiB for
     * each, whatever the size of the replies.
     */
    public long unwrittenBytes() {
        return traffic.unwrittenBytes();
    }

    /**
     * Forgets script and recordings and closes the connections that still wait for their reply; idle ones stay, and numbers of
     * connections go on. Not to be called from a script.
     */
    public void reset() {
        // First, so that a request that is being answered still finds the script it came for.
        traffic.closeUnfinished();
        script.clear();
        log.clear();
    }

    /** Closes every connection and the port. Does nothing when closed before. Not to be called from a script. */
    @Override
    public void close() {
        server.close();
    }

    /** How a stand-in is started. Not for several threads at once; may start more than one. */
    public static final class Builder {

        private int port;
        private @Nullable SSLContext tls;
        private Duration answerDelay = Duration.ZERO;
        private Duration tokenDelay = Duration.ZERO;
        private @Nullable String requiredKey;
        private UnaryOperator<String> text = AnswerText::to;

        private Builder() {}

        /** The port to listen on; by default, and with 0, a free one. */
        public Builder port(int port) {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("not a port: " + port);
            }
            this.port = port;
            return this;
        }

        /** Speaks TLS with the key of this context; by default it speaks plain HTTP. */
        public Builder tls(SSLContext context) {
            this.tls = requireNonNull(context, "context");
            return this;
        }

        /** The pause between a request and the head of its unscripted answer; by default none. */
        public Builder answerDelay(Duration delay) {
            this.answerDelay = Pacing.requireNotNegative(delay, "delay");
            return this;
        }

        /** The pause between two events of a streamed unscripted answer; by default none. */
        public Builder tokenDelay(Duration delay) {
            this.tokenDelay = Pacing.requireNotNegative(delay, "delay");
            return this;
        }

        /**
         * What unscripted answers say to the last user message, which comes without its markers; by default who answers and
         * what was read. Everything else stays as it is: dialects, streams, the AI filter, markers. It runs on the threads of the
         * stand-in and must not wait; if it throws, the client gets status 500.
         */
        public Builder text(UnaryOperator<String> text) {
            requireNonNull(text, "text");
            this.text = message -> requireNonNull(text.apply(Markers.removedFrom(message)), "text");
            return this;
        }

        /**
         * Refuses unscripted answers to requests that carry this key neither as a bearer token nor in
         * {@code X-NCP-CLOVASTUDIO-API-KEY}, with 401 and code 40104. By default no key is asked for.
         */
        public Builder requireKey(String key) {
            this.requiredKey = requireNonNull(key, "key");
            return this;
        }

        /** Starts listening. Throws {@link IllegalStateException} when the port is taken. */
        public ClovaStandIn start() {
            return new ClovaStandIn(this);
        }
    }
}
