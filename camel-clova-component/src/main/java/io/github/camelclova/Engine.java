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
import org.jspecify.annotations.Nullable;

/** What all endpoints of a started component share: HTTP clients, the threads of route code, and a clock. */
final class Engine implements AutoCloseable {

    /** The id of the thread pool profile; a profile of that id in the context takes the place of ours. */
    static final String PROFILE = "clova";

    /** The same for the pool of tools. */
    static final String TOOLS_PROFILE = "clova-tools";

    private static final int POOL_SIZE = 10;
    private static final int MAX_POOL_SIZE = 20;
    private static final int QUEUE_SIZE = 1000;

    private final CamelContext context;
    private final ExecutorServiceManager threads;
    private final ClovaComponent component;
    private final ExecutorService pool;
    private final ScheduledExecutorService clock;
    private final Dispatcher dispatcher;
    private final ThreadFactory ioThreads;
    private final Set<ChatClient> clients = ConcurrentHashMap.newKeySet();
    private final Map<HttpSettings, HttpTransport> transports = new ConcurrentHashMap<>();
    private final Map<SSLContextParameters, SSLContext> sslContexts = new ConcurrentHashMap<>();
    private final ConversationStore conversations = new MemoryConversationStore();

    private @Nullable ExecutorService toolsPool;
    private @Nullable Dispatcher tools;

    private Engine(ClovaComponent component, ExecutorService pool, ScheduledExecutorService clock) {
        this.component = component;
        this.context = component.getCamelContext();
        this.threads = context.getExecutorServiceManager();
        this.pool = pool;
        this.clock = clock;
        this.dispatcher = new Dispatcher(pool, clock);
        this.ioThreads = new CamelThreadFactory(threads.getThreadNamePattern(), "clova-io", true);
    }

    static Engine start(ClovaComponent component) {
        ExecutorServiceManager threads = component.getCamelContext().getExecutorServiceManager();
        ExecutorService pool = threads.newThreadPool(component, PROFILE, profile(threads, PROFILE));
        ThreadPoolProfile one = new ThreadPoolProfile("clova-clock");
        one.setPoolSize(1);
        // Camel bounds the queue of a scheduler that has a maximum size, and timeouts must not be refused.
        one.setMaxPoolSize(0);
        return new Engine(component, pool, threads.newScheduledThreadPool(component, "clova-clock", one));
    }

    private static ThreadPoolProfile profile(ExecutorServiceManager threads, String id) {
        ThreadPoolProfile theirs = threads.getThreadPoolProfile(id);
        ThreadPoolProfile profile = theirs == null ? ours(id) : theirs.clone();
        // Not "caller runs": the caller may be an I/O thread.
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }

    private static ThreadPoolProfile ours(String id) {
        ThreadPoolProfile profile = new ThreadPoolProfile(id);
        profile.setPoolSize(POOL_SIZE);
        profile.setMaxPoolSize(MAX_POOL_SIZE);
        profile.setMaxQueueSize(QUEUE_SIZE);
        return profile;
    }

    /** Runs route code. */
    Dispatcher dispatcher() {
        return dispatcher;
    }

    /**
     * Runs the routes that are tools. Not the pool of other route code: a pulled stream holds a thread of that while it waits
     * for its tool, which would then have none to run on.
     */
    synchronized Dispatcher tools() {
        if (tools == null) {
            toolsPool = threads.newThreadPool(component, TOOLS_PROFILE, profile(threads, TOOLS_PROFILE));
            tools = new Dispatcher(toolsPool, clock);
        }
        return tools;
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
    public synchronized void close() {
        // First, while there are threads to go on with.
        clients.forEach(ChatClient::close);
        transports.values().forEach(HttpTransport::close);
        if (toolsPool != null) {
            threads.shutdownGraceful(toolsPool);
        }
        threads.shutdownGraceful(pool);
        threads.shutdownNow(clock);
        if (tools != null) {
            tools.finish();
        }
        dispatcher.finish();
    }
}
