package io.github.camelclova;

import io.github.camelclova.conversation.ConversationStore;
import io.github.camelclova.conversation.MemoryConversationStore;
import io.github.camelclova.protocol.ChatClient;
import io.github.camelclova.transport.HttpSettings;
import io.github.camelclova.transport.HttpTransport;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.util.concurrent.CamelThreadFactory;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/** What all endpoints of a started component share: HTTP clients, the threads of route code, and a clock. */
final class Engine implements AutoCloseable {

    /** The id of the thread pool profile; a profile of that id in the context takes the place of ours. */
    static final String PROFILE = "clova";

    private static final int POOL_SIZE = 10;
    private static final int MAX_POOL_SIZE = 20;
    private static final int QUEUE_SIZE = 1000;

    private final CamelContext context;
    private final ExecutorServiceManager threads;
    private final ExecutorService pool;
    private final ScheduledExecutorService clock;
    private final Dispatcher dispatcher;
    private final ThreadFactory ioThreads;
    private final Set<ChatClient> clients = ConcurrentHashMap.newKeySet();
    private final Map<HttpSettings, HttpTransport> transports = new ConcurrentHashMap<>();
    private final Map<SSLContextParameters, SSLContext> sslContexts = new ConcurrentHashMap<>();
    private final ConversationStore conversations = new MemoryConversationStore();

    private Engine(CamelContext context, ExecutorService pool, ScheduledExecutorService clock) {
        this.context = context;
        this.threads = context.getExecutorServiceManager();
        this.pool = pool;
        this.clock = clock;
        this.dispatcher = new Dispatcher(pool, clock);
        this.ioThreads = new CamelThreadFactory(threads.getThreadNamePattern(), "clova-io", true);
    }

    static Engine start(ClovaComponent component) {
        ExecutorServiceManager threads = component.getCamelContext().getExecutorServiceManager();
        ExecutorService pool = threads.newThreadPool(component, PROFILE, profile(threads));
        ThreadPoolProfile one = new ThreadPoolProfile("clova-clock");
        one.setPoolSize(1);
        // Camel bounds the queue of a scheduler that has a maximum size, and timeouts must not be refused.
        one.setMaxPoolSize(0);
        return new Engine(
                component.getCamelContext(), pool, threads.newScheduledThreadPool(component, "clova-clock", one));
    }

    private static ThreadPoolProfile profile(ExecutorServiceManager threads) {
        ThreadPoolProfile theirs = threads.getThreadPoolProfile(PROFILE);
        ThreadPoolProfile profile = theirs == null ? ours() : theirs.clone();
        // Not "caller runs": the caller may be an I/O thread.
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }

    private static ThreadPoolProfile ours() {
        ThreadPoolProfile profile = new ThreadPoolProfile(PROFILE);
        profile.setPoolSize(POOL_SIZE);
        profile.setMaxPoolSize(MAX_POOL_SIZE);
        profile.setMaxQueueSize(QUEUE_SIZE);
        return profile;
    }

    /** Runs route code. */
    Dispatcher dispatcher() {
        return dispatcher;
    }

    ScheduledExecutorService clock() {
        return clock;
    }

    /** Where conversations are kept unless an option says where. */
    ConversationStore conversations() {
        return conversations;
    }

    /** Will be closed with the engine, should nobody stop its producer. */
    void serves(ChatClient client) {
        clients.add(client);
    }

    void forgets(ChatClient client) {
        clients.remove(client);
    }

    /** The client for these settings; endpoints with equal ones share it. */
    HttpTransport transport(HttpSettings settings) {
        return transports.computeIfAbsent(settings, each -> new HttpTransport(each, clock, ioThreads));
    }

    /** The same parameters give the same context, so that endpoints that share them share connections. */
    SSLContext sslContext(SSLContextParameters parameters) {
        return sslContexts.computeIfAbsent(parameters, this::create);
    }

    private SSLContext create(SSLContextParameters parameters) {
        try {
            return parameters.createSSLContext(context);
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalArgumentException("Option sslContextParameters: " + unusable.getMessage(), unusable);
        }
    }

    @Override
    public void close() {
        // First, while there are threads to go on with.
        clients.forEach(ChatClient::close);
        transports.values().forEach(HttpTransport::close);
        threads.shutdownGraceful(pool);
        threads.shutdownNow(clock);
    }
}
