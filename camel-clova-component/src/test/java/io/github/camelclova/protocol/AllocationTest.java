package io.github.camelclova.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.ChatRequest;
import io.github.camelclova.chat.GenerationOptions;
import io.github.camelclova.transport.HttpReply;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a token and a request cost in memory between the bytes of a connection and the route, on one thread. */
class AllocationTest {

    private static final int TOKENS = 5_000;
    private static final int ROUNDS = 20;
    /** Less than twice what is measured; a second copy of a token's text or of its JSON would show. */
    private static final int MOST_FOR_A_TOKEN = 400;

    private static final int MOST_FOR_A_REQUEST = 8_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @ParameterizedTest
    @EnumSource
    void aTokenCostsLittle(Dialect dialect) {
        byte[] body = stream(dialect).getBytes(UTF_8);
        Runnable stream = () ->
                assertThat(HeardStream.of(dialect, List.of(body)).tokens()).hasSize(TOKENS);

        assertThat(allocated(stream) / TOKENS).isBetween(1L, (long) MOST_FOR_A_TOKEN);
    }

    @ParameterizedTest
    @EnumSource
    void aRequestCostsLittle(Dialect dialect) {
        Service service = new Service(dialect, URI.create("http://localhost"), "", null, Map.of(), Map.of(), Map.of());
        Codec codec = Codec.of(dialect);
        ChatRequest request =
                new ChatRequest("r", null, List.of(ChatMessage.user("안녕하세요")), GenerationOptions.NONE, null);
        HttpReply reply = new HttpReply(
                200, Map.of("content-type", "application/json"), answer(dialect).getBytes(UTF_8));
        Runnable call = () -> {
            assertThat(codec.encode(request, service, null)).isNotEmpty();
            assertThat(codec.decode(reply, "r").text()).isEqualTo("안녕");
        };

        assertThat(allocated(call)).isBetween(1L, (long) MOST_FOR_A_REQUEST);
    }

    /** Of one run, on average and once everything is compiled and cached. */
    private static long allocated(Runnable work) {
        for (int round = 0; round < ROUNDS; round++) {
            work.run();
        }
        long before = THREADS.getCurrentThreadAllocatedBytes();
        for (int round = 0; round < ROUNDS; round++) {
            work.run();
        }
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / ROUNDS;
    }

    private static String stream(Dialect dialect) {
        String token = dialect.isNative()
                ? "event:token\ndata:{\"message\":{\"role\":\"assistant\",\"content\":\"안녕\"}}\n\n"
                : "data: {\"choices\":[{\"delta\":{\"content\":\"안녕\"}}]}\n\n";
        String end = dialect.isNative() ? "event:signal\ndata:{\"data\":\"[DONE]\"}\n\n" : "data: [DONE]\n\n";
        return token.repeat(TOKENS) + end;
    }

    private static String answer(Dialect dialect) {
        String message = "{\"message\":{\"role\":\"assistant\",\"content\":\"안녕\"}}";
        return dialect.isNative()
                ? "{\"status\":{\"code\":\"20000\"},\"result\":" + message + "}"
                : "{\"choices\":[" + message + "]}";
    }
}
