package io.github.camelclova.examples.springboot;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.LiveReply;
import io.github.camelclova.testing.ReceivedRequest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.Environment;

/** Asks the application over HTTP, as its users do. */
class ApplicationTest {

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    static Path secrets;

    private static ConfigurableApplicationContext application;

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(secrets.resolve("sales.api-key"), "the-key-of-sales\n");
        application = run(
                "--example.secrets=" + secrets,
                "--camel.component.clova.base-url=" + SERVICE.get().baseUrl(),
                "--camel.component.clova.api-key=the-key-of-support",
                "--answers.probe-delay=50ms");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void handsEachTokenOnBeforeTheServiceHasWrittenTheNext() throws Exception {
        LiveReply service = new LiveReply();
        SERVICE.get().replays(service.reply());

        try (Answer answer = ask(application, "support", "Is it in stock?")) {
            for (String text : List.of("네, ", "있습니다.\n", "  내일 옵니다.")) {
                service.send(token(text));
                assertThat(answer.next()).isEqualTo(event("token", "{\"text\":%s}", text));
            }
            service.send(result("네, 있습니다.\n  내일 옵니다."));
            service.finish();

            assertThat(answer.next()).isEqualTo("event:result data:{\"stopReason\":\"stop\",\"totalTokens\":17}");
            assertThat(answer.next()).as("the end").isNull();
        }
    }

    @Test
    void stopsTheServiceWhenNobodyListensAnyMore() throws Exception {
        LiveReply service = new LiveReply();
        SERVICE.get().replays(service.reply());
        Answer answer = ask(application, "support", "Tell me a long story");
        service.send(token("Once "));
        answer.next();

        answer.close();
        await().untilAsserted(() ->
                assertThat(application.getBean(Listeners.class).size()).isZero());
        service.send(token("upon "));

        service.awaitClientGone(LONG);
    }

    @Test
    void asksForEachDepartmentWithItsOwnKeyAlsoAtTheSameTime() throws Exception {
        LiveReply[] services = {new LiveReply(), new LiveReply()};
        SERVICE.get().replays(services[0].reply(), services[1].reply());

        try (Answer support = ask(application, "support", "from support")) {
            services[0].awaitStarted(LONG);
            try (Answer sales = ask(application, "sales", "from sales")) {
                services[1].send(token("for sales"));
                services[0].send(token("for support"));

                assertThat(sales.next()).contains("for sales");
                assertThat(support.next()).contains("for support");
            }
        }

        List<ReceivedRequest> requests = SERVICE.get().requests();
        assertThat(requests).hasSize(2);
        assertThat(requests.get(0).header("Authorization")).contains("Bearer the-key-of-support");
        assertThat(requests.get(0).path()).endsWith("/HCX-005");
        assertThat(requests.get(0).body()).contains("from support").doesNotContain("from sales");
        assertThat(requests.get(1).header("Authorization")).contains("Bearer the-key-of-sales");
        assertThat(requests.get(1).path()).endsWith("/HCX-DASH-002");
        assertThat(requests.get(1).body()).contains("from sales").doesNotContain("from support");
    }

    @Test
    void tellsThatAnAnswerBrokeOffAndNotWhy() throws Exception {
        try (Answer answer = ask(application, "sales", "How loud is it? #status:400")) {
            assertThat(answer.next()).isEqualTo("event:error data:{\"message\":\"The answer broke off.\"}");
            assertThat(answer.next()).isNull();
        }
    }

    @Test
    void refusesAQuestionWithoutWordsAndAsksNobody() throws Exception {
        HttpResponse<String> refused = CLIENT.send(question(application, "support", " "), BodyHandlers.ofString());

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("question: 1 to 2000 characters");
        assertThat(SERVICE.get().requests()).isEmpty();
    }

    @Test
    void tellsHowItIsAndHowMuchItDoes() throws Exception {
        try (Answer answer = ask(application, "sales", "Which one is the quietest?")) {
            answer.rest();
        }

        await().untilAsserted(
                        () -> assertThat(get("metrics/camel.exchanges.succeeded?tag=kind:CamelRoute&tag=routeId:sales")
                                        .at("/measurements/0/value")
                                        .asDouble())
                                .isPositive());
        JsonNode health = get("health");
        assertThat(health.path("status").asText()).isEqualTo("UP");
        assertThat(health.at("/components/camelHealth/details/context").asText())
                .isEqualTo("UP");
        assertThat(get("health/readiness")
                        .at("/components/camelReadinessState/status")
                        .asText())
                .isEqualTo("UP");
    }

    @Test
    void asksAnOpenAiCompatibleServiceForBothDepartments() throws Exception {
        try (ConfigurableApplicationContext other = run(
                "--example.secrets=" + secrets,
                "--camel.component.clova.base-url=" + SERVICE.get().openAiBaseUrl(),
                "--camel.component.clova.dialect=openai",
                "--camel.component.clova.model=my-model",
                "--sales.model=my-model")) {
            for (String department : List.of("support", "sales")) {
                try (Answer answer = ask(other, department, "Is it in stock?")) {
                    assertThat(answer.rest())
                            .last()
                            .asString()
                            .startsWith("event:result data:{\"stopReason\":\"stop\"");
                }
            }
        }

        assertThat(SERVICE.get().requests()).hasSize(2).allSatisfy(request -> {
            assertThat(request.path()).isEqualTo("/v1/chat/completions");
            assertThat(request.json().path("model").asText()).isEqualTo("my-model");
        });
    }

    @Test
    void answersWithAStandInOfItsOwnWhenItIsGivenNeitherKeyNorAddress() throws Exception {
        assertThat(Charset.defaultCharset()).as("as the build sets it").isEqualTo(ISO_8859_1);
        List<String> readme = Files.readAllLines(example().resolve("README.md"), UTF_8);

        try (ConfigurableApplicationContext alone = run("--example.secrets=" + secrets.resolve("none"));
                Answer answer = ask(alone, "support", "내일 배송되나요?")) {
            List<String> events = answer.rest();

            assertThat(readme).containsSubsequence(events.get(0).split(" ", 2));
            assertThat(readme).containsSubsequence(events.get(events.size() - 1).split(" ", 2));
            assertThat(String.join("", events)).contains("배송");
        }
        assertThat(SERVICE.get().requests()).isEmpty();
    }

    @Test
    void isStartedByTheCommandThatItsReadmePrints() {
        assertThat(example().resolve("README.md"))
                .content(UTF_8)
                .contains("\nmvn -q -pl examples/spring-boot -am process-classes exec:java\n");
    }

    private static ConfigurableApplicationContext run(String... more) {
        String[] arguments = {"--server.port=0", "--logging.level.root=off"};
        return Application.application()
                .run(Stream.of(arguments, more).flatMap(Arrays::stream).toArray(String[]::new));
    }

    /** An answer on its way. Closing it closes the connection. */
    private static final class Answer implements AutoCloseable {

        private final BufferedReader lines;

        private Answer(BufferedReader lines) {
            this.lines = lines;
        }

        /** Waits for the next event, its name and its data in one line; null at the end. */
        String next() throws IOException {
            String name = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event:")) {
                    name = line;
                } else if (line.startsWith("data:")) {
                    return name + " " + line;
                }
            }
            return null;
        }

        List<String> rest() throws IOException {
            List<String> events = new ArrayList<>();
            for (String event = next(); event != null; event = next()) {
                events.add(event);
            }
            return events;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private static Answer ask(ConfigurableApplicationContext whom, String department, String question)
            throws Exception {
        HttpResponse<InputStream> response =
                CLIENT.send(question(whom, department, question), BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        return new Answer(new BufferedReader(new InputStreamReader(response.body(), UTF_8)));
    }

    private static HttpRequest question(ConfigurableApplicationContext whom, String department, String question) {
        return HttpRequest.newBuilder(uri(whom, department + "/answers"))
                .version(HttpClient.Version.HTTP_1_1)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"question\":%s}".formatted(json(question))))
                .timeout(LONG)
                .build();
    }

    private static JsonNode get(String page) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(uri(application, "actuator/" + page)).build();
        return new ObjectMapper()
                .readTree(CLIENT.send(request, BodyHandlers.ofString()).body());
    }

    private static URI uri(ConfigurableApplicationContext whom, String path) {
        Environment environment = whom.getEnvironment();
        return URI.create("http://127.0.0.1:%s/%s".formatted(environment.getProperty("local.server.port"), path));
    }

    private static String event(String name, String data, String text) {
        return "event:%s data:%s".formatted(name, data.formatted(json(text)));
    }

    private static String json(String text) {
        return new ObjectMapper().valueToTree(text).toString();
    }

    private static String token(String text) {
        return "event: token\ndata: {\"message\":{\"role\":\"assistant\",\"content\":%s},\"finishReason\":null}\n\n"
                .formatted(json(text));
    }

    private static String result(String text) {
        return """
                event: result
                data: {"message":{"role":"assistant","content":%s},"finishReason":"stop",\
                "usage":{"promptTokens":14,"completionTokens":3,"totalTokens":17}}

                event: signal
                data: {"data":"[DONE]"}

                """.formatted(json(text));
    }

    private static Path example() {
        return Path.of(System.getProperty("example.home"));
    }
}
