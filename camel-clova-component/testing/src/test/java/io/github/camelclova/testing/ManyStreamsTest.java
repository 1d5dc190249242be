package io.github.camelclova.testing;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ManyStreamsTest {

    private static final int STREAMS = 1_000;

    @RegisterExtension
    final ClovaStandInExtension service =
            new ClovaStandInExtension(ClovaStandIn.builder().tokenDelay(Duration.ofMillis(2)));

    @Test
    void holdsAThousandOpenStreamsOnItsTwoThreads() throws Exception {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        List<LiveReply> replies = new ArrayList<>();
        List<RawClient> clients = new ArrayList<>();
        try {
            for (int i = 0; i < STREAMS; i++) {
                LiveReply live = new LiveReply();
                replies.add(live);
                service.get().replays(live.reply());
                clients.add(new RawClient(service.get().port()).post("/v3/chat-completions/HCX-005", "{}"));
            }
            await().untilAsserted(() -> assertThat(service.get().openReplies()).isEqualTo(STREAMS));
            assertThat(service.get().openConnections()).isEqualTo(STREAMS);
            replies.forEach(live -> live.send("data:{}\n\n"));

            assertThat(threadsSince(before)).hasSizeLessThanOrEqualTo(4);
            replies.forEach(LiveReply::finish);
            for (RawClient client : clients) {
                assertThat(client.readUntil("0\r\n\r\n")).contains("data:{}\n\n");
            }
            assertThat(service.get().openReplies()).isZero();
            slowStreamsAllComplete(clients);
        } finally {
            for (RawClient client : clients) {
                client.close();
            }
        }
    }

    private static void slowStreamsAllComplete(List<RawClient> clients) throws Exception {
        for (RawClient client : clients) {
            client.post(
                    "/v3/chat-completions/HCX-005", UnscriptedAnswersTest.user("Hello"), "Accept: text/event-stream");
        }
        for (RawClient client : clients) {
            assertThat(client.readUntil("0\r\n\r\n")).contains("event:signal\n");
        }
    }

    private static Set<String> threadsSince(Set<Thread> before) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread))
                .map(Thread::getName)
                .collect(toSet());
    }
}
