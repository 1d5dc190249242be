package io.github.camelclova.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;
import org.jspecify.annotations.Nullable;

/** What the same work costs without Camel and without care: Apache's asynchronous client and a parser made by hand. */
final class BareClient {

    private static final int MANY = 10_000;

    private final CloseableHttpAsyncClient client;
    private final String baseUrl;

    BareClient(String baseUrl) {
        this.baseUrl = baseUrl;
        this.client = HttpAsyncClients.custom()
                .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create()
                        .setMaxConnTotal(MANY)
                        .setMaxConnPerRoute(MANY)
                        .build())
                .disableCookieManagement()
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .build();
    }

    /** Its threads count where threads are counted, so it starts only where it is needed. */
    void start() {
        client.start();
    }

    /** Tokens come on an I/O thread. */
    CompletableFuture<Void> stream(Plan plan, Consumer<String> tokens) {
        HandParser parser = new HandParser(tokens);
        return ask(plan, "text/event-stream", new Response<Void>() {
            @Override
            protected void data(ByteBuffer piece, boolean endOfStream) {
                parser.feed(piece);
            }

            @Override
            protected @Nullable Void buildResult() {
                return null;
            }
        });
    }

    CompletableFuture<String> complete() {
        return ask(Plan.WHOLE, "application/json", new Response<String>() {

            private final ByteArrayOutputStream body = new ByteArrayOutputStream();

            @Override
            protected void data(ByteBuffer piece, boolean endOfStream) {
                byte[] bytes = new byte[piece.remaining()];
                piece.get(bytes);
                body.writeBytes(bytes);
            }

            @Override
            protected String buildResult() {
                byte[] document = body.toByteArray();
                return HandParser.content(document, 0, document.length);
            }
        });
    }

    private <T> CompletableFuture<T> ask(Plan plan, String accept, Response<T> response) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        BasicHttpRequest request =
                new BasicHttpRequest("POST", URI.create(baseUrl + "/v3/chat-completions/" + plan.model()));
        request.addHeader("Accept", accept);
        request.addHeader("Authorization", "Bearer " + CamelSides.KEY);
        String body = "{\"messages\":[{\"role\":\"user\",\"content\":\"" + CamelSides.PROMPT + "\"}]}";
        client.execute(
                new BasicRequestProducer(
                        request, new BasicAsyncEntityProducer(body.getBytes(UTF_8), ContentType.APPLICATION_JSON)),
                response,
                new FutureCallback<T>() {
                    @Override
                    public void completed(T result) {
                        answer.complete(result);
                    }

                    @Override
                    public void failed(Exception cause) {
                        answer.completeExceptionally(cause);
                    }

                    @Override
                    public void cancelled() {
                        answer.cancel(false);
                    }
                });
        return answer;
    }

    private abstract static class Response<T> extends AbstractBinResponseConsumer<T> {

        @Override
        protected void start(HttpResponse response, @Nullable ContentType contentType) {
            if (response.getCode() != 200) {
                throw new IllegalStateException("status " + response.getCode());
            }
        }

        @Override
        protected int capacityIncrement() {
            return Integer.MAX_VALUE;
        }

        @Override
        public void releaseResources() {
            // Holds none.
        }
    }
}
