package io.github.camelclova;

import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.apache.camel.AsyncProducer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.UnitOfWorkHelper;
import org.apache.camel.support.service.ServiceHelper;

/** Makes calls with every face and keeps everything that a route could see of each. */
final class FaultCalls implements AutoCloseable {

    enum Face {
        JSON,
        PUSH,
        PULL
    }

    static final String KEY = "nv-0123456789abcdef";

    private static final String CALL = "call";
    private static final Duration LONGEST = Duration.ofSeconds(8);

    /** One call. Messages are kept as they were when they were sent. */
    static final class Seen {
        final List<String> tokens = new CopyOnWriteArrayList<>();
        final List<Integer> indexes = new CopyOnWriteArrayList<>();
        final List<Message> closing = new CopyOnWriteArrayList<>();
        final List<Object> caught = new CopyOnWriteArrayList<>();
        final AtomicInteger callbacks = new AtomicInteger();
        final AtomicInteger calls = new AtomicInteger();
        final CountDownLatch called = new CountDownLatch(1);
        final CountDownLatch closed = new CountDownLatch(1);
        private final IntFunction<Reply> service;
        volatile Exception failure;
        volatile Object body;
        volatile Duration took;

        Seen(IntFunction<Reply> service) {
            this.service = service;
        }

        String text() {
            return String.join("", tokens);
        }

        private void sees(Exchange exchange, Message message) {
            if (Boolean.TRUE.equals(message.getHeader(ClovaConstants.STREAM_COMPLETE))) {
                closing.add(message);
                Object exception = exchange.getProperty(Exchange.EXCEPTION_CAUGHT);
                if (exception != null) {
                    caught.add(exception);
                }
                closed.countDown();
            } else {
                tokens.add(message.getBody(String.class));
                indexes.add(message.getHeader(ClovaConstants.TOKEN_INDEX, Integer.class));
            }
        }
    }

    private final ClovaStandIn standIn = ClovaStandIn.start();
    private final FaultPlaces places = new FaultPlaces();
    private final CamelContext context = new DefaultCamelContext();
    private final Map<String, AsyncProducer> producers = new ConcurrentHashMap<>();
    private final Map<String, Seen> running = new ConcurrentHashMap<>();

    FaultCalls() throws Exception {
        standIn.answers(this::answer);
        context.getComponent("clova", ClovaComponent.class).getConfiguration().setApiKey(KEY);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:tokens")
                        .process(exchange -> running.get(exchange.getMessage().getHeader(CALL, String.class))
                                .sees(exchange, exchange.getMessage().copy()));
            }
        });
        places.prepare(context);
        context.start();
    }

    private Reply answer(ReceivedRequest request) {
        Seen seen = running.get(request.header("X-NCP-CLOVASTUDIO-REQUEST-ID").orElseThrow());
        return seen.service.apply(seen.calls.getAndIncrement());
    }

    ClovaStandIn standIn() {
        return standIn;
    }

    /** Lets go of what was seen and received so far. Not to be called while a call is on its way. */
    void forget() {
        running.clear();
        standIn.reset();
        standIn.answers(this::answer);
    }

    FaultPlaces places() {
        return places;
    }

    /** How many clocks of the component run. */
    int timers() {
        Engine engine = context.getComponent("clova", ClovaComponent.class).engine();
        return ((ScheduledThreadPoolExecutor) engine.clock()).getQueue().size();
    }

    /** Makes the call of a row and waits for its end. */
    Seen call(Face face, Spoken spoken, Fault row) {
        Map<String, String> options = new TreeMap<>(row.options());
        options.putAll(places.options(row.place()));
        return call(face, spoken, options, row.prompt(), call -> row.reply(spoken, face, places, call));
    }

    /** Makes a call with which nothing goes wrong, and waits for its end. */
    Seen good(Face face, Spoken spoken) {
        return call(face, spoken, Map.of(), "hello", call -> Faults.good(spoken, face));
    }

    private Seen call(
            Face face, Spoken spoken, Map<String, String> options, String prompt, IntFunction<Reply> service) {
        String id = UUID.randomUUID().toString();
        Seen seen = new Seen(service);
        running.put(id, seen);
        AsyncProducer producer = producers.computeIfAbsent(uri(face, spoken, options), this::start);
        Exchange exchange = producer.getEndpoint().createExchange();
        exchange.getMessage().setBody(prompt);
        exchange.getMessage().setHeader(CALL, id);
        exchange.getMessage().setHeader(ClovaConstants.REQUEST_ID, id);
        UnitOfWork unit = PluginHelper.getUnitOfWorkFactory(context).createUnitOfWork(exchange);
        exchange.getExchangeExtension().setUnitOfWork(unit);
        long begin = System.nanoTime();
        producer.process(exchange, doneSync -> {
            seen.callbacks.incrementAndGet();
            seen.called.countDown();
        });
        await(seen.called, "callback");
        try {
            if (face == Face.PULL) {
                iterate(exchange, seen);
            } else if (face == Face.PUSH) {
                await(seen.closed, "closing exchange");
            } else if (exchange.getException() == null) {
                seen.closing.add(exchange.getMessage().copy());
            }
        } finally {
            seen.took = Duration.ofNanos(System.nanoTime() - begin);
            seen.failure = seen.failure == null ? exchange.getException() : seen.failure;
            seen.body = exchange.getMessage().getBody();
            UnitOfWorkHelper.doneUow(unit, exchange);
        }
        return seen;
    }

    private static void iterate(Exchange exchange, Seen seen) {
        if (exchange.getException() != null) {
            return;
        }
        try {
            for (Iterator<?> parts = exchange.getMessage().getBody(Iterator.class); parts.hasNext(); ) {
                seen.sees(exchange, (Message) parts.next());
            }
        } catch (RuntimeException thrown) {
            seen.failure = thrown;
        }
    }

    private static void await(CountDownLatch latch, String what) {
        try {
            if (!latch.await(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("no " + what + " within " + LONGEST);
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private String uri(Face face, Spoken spoken, Map<String, String> options) {
        Map<String, String> all = new TreeMap<>(options);
        all.put("dialect", spoken.dialect());
        all.put("model", spoken.model());
        all.putIfAbsent("baseUrl", spoken.isNative() ? standIn.baseUrl() : standIn.openAiBaseUrl());
        all.putIfAbsent("retryDelay", "1");
        all.putIfAbsent("responseTimeout", "4000");
        all.putIfAbsent("idleTimeout", "4000");
        switch (face) {
            case JSON -> all.put("streaming", "false");
            case PULL -> all.put("streaming", "true");
            case PUSH -> all.put("streamTo", "direct:tokens");
        }
        StringBuilder uri = new StringBuilder("clova:chat");
        all.forEach((name, value) -> uri.append(uri.indexOf("?") < 0 ? '?' : '&')
                .append(name)
                .append('=')
                .append(value));
        return uri.toString();
    }

    private AsyncProducer start(String uri) {
        try {
            Endpoint endpoint = context.getEndpoint(uri);
            AsyncProducer producer = endpoint.createAsyncProducer();
            ServiceHelper.startService(producer);
            return producer;
        } catch (Exception refused) {
            throw new AssertionError(uri, refused);
        }
    }

    @Override
    public void close() throws IOException {
        producers.values().forEach(ServiceHelper::stopAndShutdownService);
        context.stop();
        standIn.close();
        places.close();
    }
}
