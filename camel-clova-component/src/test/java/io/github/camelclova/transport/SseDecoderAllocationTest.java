package io.github.camelclova.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token costs in memory, counted for this thread alone, so that nothing else in the machine can change it. */
class SseDecoderAllocationTest {

    private static final int EVENTS = 100_000;
    private static final int MOST_BYTES_FOR_AN_EVENT = 16;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long characters;

    private static ByteBuffer body() {
        String token = """
                id:3f6d0011-5a1e-4b0c-9d77-%012x
                event:token
                data:{"message":{"role":"assistant","content":"안녕"},"index":0,"inputLength":21,"stopReason":null}

                """;
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            body.append(token.formatted(i));
        }
        return ByteBuffer.wrap(body.toString().getBytes(UTF_8));
    }

    /** In reads of a body of 100 events: all in one, one event or so, and pieces of an event. */
    @ParameterizedTest
    @ValueSource(ints = {20_000, 200, 64, 1})
    void aTokenCostsNoMemoryOfItsOwn(int readSize) {
        SseDecoder decoder = new SseDecoder(
                event -> characters += event.name().length() + event.array()[event.offset()] + event.length(),
                name -> name.equals("result") ? 16_000_000 : 4_000_000);
        ByteBuffer body = body();
        feed(decoder, body, readSize, 20_000);

        long before = THREADS.getCurrentThreadAllocatedBytes();
        feed(decoder, body, readSize, EVENTS);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).isLessThan((long) EVENTS * MOST_BYTES_FOR_AN_EVENT);
        assertThat(characters).isPositive();
    }

    @Test
    void theMeasureSeesTheTextsThatAreAskedFor() {
        SseDecoder decoder = new SseDecoder(event -> characters += event.text().length(), 4_000_000);
        ByteBuffer body = body();

        long before = THREADS.getCurrentThreadAllocatedBytes();
        feed(decoder, body, 20_000, EVENTS);
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;

        assertThat(allocated).isGreaterThan((long) EVENTS * MOST_BYTES_FOR_AN_EVENT);
    }

    private static void feed(SseDecoder decoder, ByteBuffer body, int readSize, int events) {
        for (int i = 0; i < events / 100; i++) {
            body.clear();
            int end = body.limit();
            while (body.position() < end) {
                body.limit(Math.min(end, body.position() + readSize));
                decoder.feed(body);
            }
        }
    }
}
