package io.github.camelclova.examples.moderatedchat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelclova.examples.moderatedchat.Visitor.Event;
import io.github.camelclova.examples.moderatedchat.Visitor.Incoming;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.LiveReply;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes over HTTP, without a browser. */
@Timeout(60)
class ChatServerTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private static ChatServer server;

    private final Visitor visitor = new Visitor(server);

    @BeforeAll
    static void open() throws Exception {
        server = ChatServer.start(0, "HCX-005", SERVICE.get().baseUrl());
    }

    @AfterAll
    static void close() {
        server.close();
    }

    @Test
    void sendsEachTokenOnBeforeTheServiceHasMadeTheNext() throws Exception {
        LiveReply answer = liveAnswer();

        try (Incoming incoming = visitor.ask("hello", Mode.LIVE)) {
            for (String token : List.of("안", "녕", "\n\nevent: verdict\ndata: {}\n\n")) {
                answer.send(Service.token(token));

                assertThat(incoming.next().text()).isEqualTo(token);
            }
            Service.finish(answer, "whatever", 2);

            Event verdict = incoming.next();
            assertThat(verdict.name()).isEqualTo("verdict");
            assertThat(verdict.data().path("flagged").asBoolean()).isFalse();
            assertThat(verdict.data().path("verdict").asText()).isEqualTo("safe");
            assertThat(incoming.next()).isNull();
        }
        await().untilAsserted(() -> assertThat(server.openChats()).isZero());
    }

    @Test
    void sendsNoTokenInSafeModeBeforeTheVerdictAndThenAllInOrder() throws Exception {
        LiveReply answer = liveAnswer();

        try (Incoming incoming = visitor.ask("hello", Mode.SAFE)) {
            answer.send(Service.token("안") + Service.token("녕"));
            await().untilAsserted(() -> assertThat(answer.unwrittenBytes()).isZero());
            Service.finish(answer, "안녕", 2);

            assertThat(incoming.rest()).extracting(Event::name).containsExactly("token", "token", "verdict");
        }
    }

    @Test
    void neverSendsTheTextOfAFlaggedAnswerInSafeModeButToAReviewer() throws Exception {
        LiveReply answer = new LiveReply();
        SERVICE.get().replays(answer.reply());
        answer.send(Service.token("you ") + Service.token("fool"));
        Service.finish(answer, "you fool", 0);

        HttpResponse<String> response = visitor.askForAll("안전 safe and flagged", Mode.SAFE);

        assertThat(response.body()).doesNotContain("event: token", "fool").contains("\"reasons\":[\"insult\"]");
        JsonNode entry = visitor.review().get(0);
        assertThat(entry.path("question").asText()).isEqualTo("안전 safe and flagged");
        assertThat(entry.path("verdict").asText()).isEqualTo("unsafe");
        assertThat(entry.path("reasons").toString()).isEqualTo("[\"insult\"]");
        assertThat(Instant.parse(entry.path("time").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(entry.has("text")).isFalse();
        String key = URI.create(server.reviewerUrl()).getFragment().replace("review=", "");
        assertThat(visitor.review("Authorization", "Bearer " + key)
                        .get(0)
                        .path("text")
                        .asText())
                .isEqualTo("you fool");
        assertThat(visitor.send(visitor.to("review").header("Authorization", "Bearer x"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void tellsInLiveModeThatWhatItSentWasFlagged() throws Exception {
        try (Incoming incoming = visitor.ask("live #insult:0", Mode.LIVE)) {
            List<Event> events = incoming.rest();

            assertThat(events).filteredOn(event -> event.name().equals("token")).hasSizeGreaterThan(3);
            assertThat(events.get(events.size() - 1).data().path("flagged").asBoolean())
                    .isTrue();
        }
        assertThat(visitor.review().get(0).path("question").asText()).isEqualTo("live #insult:0");
    }

    @Test
    void withholdsAnAnswerThatTheFilterDidNotJudge() throws Exception {
        assertThat(visitor.askForAll("#no-filter hello", Mode.SAFE).body())
                .doesNotContain("event: token")
                .contains("\"flagged\":true", "\"unjudged\"");
    }

    @Test
    void withholdsInSafeModeWhatIsLongerThanTheFilterReads() throws Exception {
        String text = "long ".repeat(120);
        LiveReply answer = new LiveReply();
        SERVICE.get().replays(answer.reply());
        Service.finish(answer, text, 2);

        assertThat(visitor.askForAll("long", Mode.SAFE).body())
                .doesNotContain("event: token")
                .contains("\"partial\"");
    }

    @ParameterizedTest
    @EnumSource
    void stopsTheServiceAtOnceWhenTheAnswerIsCancelled(Mode mode) throws Exception {
        LiveReply answer = liveAnswer();
        try (Incoming incoming = visitor.ask("hello", mode)) {
            answer.awaitStarted(SOON);
            answer.send(Service.token("안"));
            if (mode == Mode.LIVE) {
                assertThat(incoming.next().text()).isEqualTo("안");
            }

            Instant begin = Instant.now();
            assertThat(visitor.cancel(incoming.id()).statusCode()).isEqualTo(204);

            answer.awaitClientGone(SOON);
            Duration latency = Duration.between(begin, answer.clientGoneAt().orElseThrow());
            assertThat(latency).isLessThan(Duration.ofSeconds(1));
            assertThat(incoming.rest()).extracting(Event::name).containsExactly("cancelled");
            assertThat(visitor.cancel(incoming.id()).statusCode()).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @EnumSource
    void stopsASilentServiceWhenTheBrowserHasGone(Mode mode) throws Exception {
        LiveReply answer = liveAnswer();

        Incoming incoming = visitor.ask("hello", mode);
        answer.awaitStarted(SOON);
        incoming.close();

        answer.awaitClientGone(SOON);
        await().untilAsserted(() -> assertThat(server.openChats()).isZero());
    }

    @Test
    void servesTwoVisitorsAtOnceAndEachItsOwnAnswer() throws Exception {
        LiveReply first = liveAnswer();
        LiveReply second = liveAnswer();

        try (Incoming one = visitor.ask("one", Mode.LIVE)) {
            first.awaitStarted(SOON);
            try (Incoming other = visitor.ask("two", Mode.LIVE)) {
                second.awaitStarted(SOON);
                second.send(Service.token("b1"));
                first.send(Service.token("a1"));
                assertThat(one.next().text()).isEqualTo("a1");
                assertThat(other.next().text()).isEqualTo("b1");

                visitor.cancel(one.id());
                first.awaitClientGone(SOON);
                second.send(Service.token("b2"));
                Service.finish(second, "b1b2", 2);

                assertThat(one.rest()).extracting(Event::name).containsExactly("cancelled");
                assertThat(other.rest()).extracting(Event::name).containsExactly("token", "verdict");
            }
        }
    }

    @Test
    void makesTheServiceWaitForABrowserThatDoesNotRead() throws Exception {
        LiveReply answer = liveAnswer();
        String text = "x".repeat(8 * 1024);
        try (Socket browser = new Socket()) {
            browser.setReceiveBufferSize(4 * 1024);
            browser.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
            String question = "{\"question\":\"much\",\"mode\":\"live\"}";
            write(
                    browser,
                    "POST /chat HTTP/1.1\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                            .formatted(host("127.0.0.1"), question.length(), question));
            answer.awaitStarted(SOON);

            int sent = 0;
            while (writableSoon(answer)) {
                answer.send(Service.token(text));
                sent++;
            }
            answer.send(Service.token("THE-END"));
            answer.finish();

            // What is on its way fits into a few sockets' buffers, and nothing of it is lost.
            assertThat(sent).isBetween(10, 1_900);
            assertThat(tokensBeforeTheEnd(browser.getInputStream(), text)).isEqualTo(sent);
        }
    }

    /** False when the service has had to wait for a second. */
    private static boolean writableSoon(LiveReply answer) {
        try {
            await().atMost(ofSeconds(1)).until(answer::isWritable);
            return true;
        } catch (ConditionTimeoutException full) {
            return false;
        }
    }

    private static int tokensBeforeTheEnd(InputStream response, String text) throws IOException {
        StringBuilder read = new StringBuilder();
        int tokens = 0;
        byte[] bytes = new byte[64 * 1024];
        for (int count = response.read(bytes); count != -1; count = response.read(bytes)) {
            read.append(new String(bytes, 0, count, UTF_8).replaceAll("\r\n[0-9a-f]+\r\n", ""));
            int from = read.lastIndexOf("event: token");
            for (int at = read.indexOf("event: token");
                    at != -1 && at < from;
                    at = read.indexOf("event: token", at + 1)) {
                tokens++;
            }
            if (from > 0) {
                read.delete(0, from);
            }
            if (read.indexOf("THE-END") != -1) {
                return tokens;
            }
        }
        throw new AssertionError("the answer has no end; it was " + text.length());
    }

    @Test
    void refusesOneAnswerTooManyButStillCancelsAndFinishesTheOthers() throws Exception {
        List<LiveReply> answers = new ArrayList<>();
        List<Incoming> incoming = new ArrayList<>();
        for (int i = 0; i < Chats.MOST; i++) {
            answers.add(liveAnswer());
            incoming.add(visitor.ask("number " + i, Mode.SAFE));
            answers.get(i).awaitStarted(SOON);
        }

        assertThat(visitor.askForAll("one more", Mode.SAFE).statusCode()).isEqualTo(503);
        assertThat(visitor.cancel(incoming.get(0).id()).statusCode()).isEqualTo(204);
        answers.get(0).awaitClientGone(SOON);
        answers.stream().skip(1).forEach(answer -> Service.finish(answer, "fine", 2));

        assertThat(incoming.stream().skip(1))
                .allSatisfy(answer ->
                        assertThat(answer.rest()).extracting(Event::name).containsExactly("token", "verdict"));
    }

    @Test
    void tellsThePageThatTheServiceFailedAndNotWhatItSaid() throws Exception {
        assertThat(visitor.askForAll("#status:400 hello", Mode.LIVE).body())
                .contains("event: error\ndata: {\"retryable\":false}")
                .doesNotContain("40000");
    }

    @Test
    void handsNoHeaderOfTheBrowserToTheService() throws Exception {
        try (Incoming incoming = visitor.ask(
                "hello", Mode.LIVE, "CamelClovaMaxTokens", "7", "Cookie", "secret=1", "X-Secret", "secret")) {
            incoming.rest();
        }

        assertThat(SERVICE.get().requests()).singleElement().satisfies(request -> {
            assertThat(request.json().path("maxTokens").asInt()).isEqualTo(300);
            assertThat(request.headers().toString()).doesNotContain("secret");
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"question\":\"  \",\"mode\":\"safe\"} | 400 | empty",
                "{\"question\":\"hello\",\"mode\":\"off\"} | 400 | mode",
                "{\"question\":\"hello\" | 400 | unreadable",
                "[] | 400 | empty"
            })
    void refusesWhatThePageDoesNotSend(String request, int status, String word) throws Exception {
        HttpResponse<String> response = visitor.send(visitor.post("chat", request));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo("{\"error\":\"%s\"}".formatted(word));
        assertThat(SERVICE.get().requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2001", "20000"})
    void refusesAQuestionThatIsTooLong(int length) throws Exception {
        assertThat(visitor.askForAll("?".repeat(length), Mode.SAFE).statusCode())
                .isEqualTo(413);
        assertThat(SERVICE.get().requests()).isEmpty();
    }

    @Test
    void refusesRequestsThatAnotherSiteMakesTheBrowserSend() throws Exception {
        String question = Json.of(Map.of("question", "hello", "mode", "live"));

        assertThat(visitor.send(visitor.post("chat", question).header("Origin", "http://elsewhere.example"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(visitor.send(visitor.to("chat")
                                .header("Content-Type", "text/plain")
                                .POST(BodyPublishers.ofString(question)))
                        .statusCode())
                .isEqualTo(415);
        assertThat(statusOf("GET /review HTTP/1.1\r\n" + host("elsewhere.example") + "\r\n"))
                .isEqualTo(403);
        assertThat(statusOf("GET /review HTTP/1.1\r\n" + host("localhost") + "\r\n"))
                .isEqualTo(200);
        assertThat(SERVICE.get().requests()).isEmpty();
    }

    private static String host(String name) {
        return "Host: %s:%d\r\n".formatted(name, port());
    }

    private static int port() {
        return URI.create(server.url()).getPort();
    }

    private static int statusOf(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            write(socket, request);
            return Integer.parseInt(new String(socket.getInputStream().readNBytes(12), UTF_8).substring(9));
        }
    }

    private static void write(Socket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    @Test
    void servesItsPageAndNoOtherFile() throws Exception {
        HttpResponse<String> page = visitor.send(visitor.to(""));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<title>Moderated chat</title>").doesNotContain("http://", "https://");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        for (String other : List.of("instructions.txt", "../instructions.txt", "%2e%2e/instructions.txt", "chat")) {
            assertThat(visitor.send(visitor.to(other)).statusCode()).as(other).isBetween(404, 405);
        }
    }

    @Test
    void endsWithoutWaitingForAnswersOnTheirWay() throws Exception {
        try (ClovaStandIn service = ClovaStandIn.start()) {
            LiveReply answer = new LiveReply();
            service.replays(answer.reply());
            ChatServer other = ChatServer.start(0, "HCX-005", service.baseUrl());
            try (Incoming incoming = new Visitor(other).ask("hello", Mode.SAFE)) {
                answer.awaitStarted(SOON);

                long begin = System.nanoTime();
                other.close();

                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
                answer.awaitClientGone(SOON);
                assertThat(incoming.rest()).extracting(Event::name).containsExactly("cancelled");
            }
        }
    }

    private static LiveReply liveAnswer() {
        LiveReply answer = new LiveReply();
        SERVICE.get().replays(answer.reply());
        return answer;
    }
}
