package io.github.camelclova.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.ClovaConstants;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many streams at once: none loses a token, none gets another's, and each ends once. */
class ManyStreamsTest extends StreamingTest {

    private static final int STREAMS = 50;
    private static final int TOKENS = 200;
    private static final int ROUNDS = 20;

    /** What a service that is asked for stream 7 says: {@code 7.0 7.1 7.2 ...}. */
    private static final Pattern ASKED_FOR = Pattern.compile("stream (\\d+)");

    private static final Map<String, String> SCRIPTS = new ConcurrentHashMap<>();

    private final Map<Object, Queue<Object>> bodies = new ConcurrentHashMap<>();
    private final Map<Object, Queue<Object>> endings = new ConcurrentHashMap<>();

    private final Processor collects = exchange -> {
        var message = exchange.getMessage();
        Map<Object, Queue<Object>> kind = message.getHeader(ClovaConstants.STREAM_COMPLETE) == null ? bodies : endings;
        kind.computeIfAbsent(message.getHeader("Stream"), stream -> new ConcurrentLinkedQueue<>())
                .add(message.getBody());
    };

    @ParameterizedTest
    @EnumSource(names = {"CLOVA_V3", "OPENAI"})
    void pushedStreamsKeepApartAndInOrder(Speaker speaker) {
        routes(route -> {
            route.from("direct:ask").to(speaker.endpoint(service()) + "&streamTo=direct:tokens");
            route.from("direct:tokens").process(collects);
        });

        assertStreamsKeepApart(speaker);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOVA_V3", "OPENAI"})
    void pulledStreamsKeepApartAndInOrder(Speaker speaker) {
        routes(route -> route.from("direct:ask")
                .to(speaker.endpoint(service(), "streaming=true"))
                .split(route.body())
                .streaming()
                .process(collects)
                .end());

        assertStreamsKeepApart(speaker);
    }

    private void assertStreamsKeepApart(Speaker speaker) {
        service().answers(request -> Reply.events(script(speaker, askedFor(request))));

        for (int round = 0; round < ROUNDS; round++) {
            bodies.clear();
            endings.clear();
            List<CompletableFuture<Exchange>> asking = new ArrayList<>();
            for (int stream = 0; stream < STREAMS; stream++) {
                asking.add(asking(stream));
            }

            asking.forEach(each -> assertThat(answered(each).getException()).isNull());
            for (int stream = 0; stream < STREAMS; stream++) {
                List<String> expected = texts(stream);
                assertThat(List.copyOf(bodies.get(stream)))
                        .as("stream %d", stream)
                        .isEqualTo(expected);
                assertThat(endings.get(stream)).containsExactly(String.join("", expected));
            }
        }
    }

    private CompletableFuture<Exchange> asking(int stream) {
        return template.asyncSend("direct:ask", exchange -> {
            exchange.getMessage().setBody("stream " + stream);
            exchange.getMessage().setHeader("Stream", stream);
        });
    }

    private static int askedFor(ReceivedRequest request) {
        Matcher number = ASKED_FOR.matcher(request.body());
        return number.find() ? Integer.parseInt(number.group(1)) : -1;
    }

    private static String script(Speaker speaker, int stream) {
        return SCRIPTS.computeIfAbsent(
                speaker.name() + stream, key -> speaker.stream(texts(stream).toArray(String[]::new)));
    }

    private static List<String> texts(int stream) {
        return IntStream.range(0, TOKENS)
                .mapToObj(token -> stream + "." + token + " ")
                .toList();
    }
}
