package io.github.camelclova;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.ClovaAiFilterException;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ClovaStandInExtension;
import io.github.camelclova.testing.Ending;
import io.github.camelclova.testing.Reply;
import io.github.camelclova.testing.Transcript;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Ten times ten calls, whole and streamed, good and bad: the meters and the console tell of every one of them. */
class HundredCallsTest {

    @RegisterExtension
    static final ClovaStandInExtension SERVICE = new ClovaStandInExtension();

    private static final Reply HELLO = Target.reply(Target.V3_MODEL.hello())
            .header("x-ratelimit-remaining-requests", "59")
            .header("x-ratelimit-remaining-tokens", "4000");
    private static final Reply FLAGGED = Target.reply(Target.V3_MODEL.transcript("filtered"));
    private static final Reply STREAM = stream("hello-in-three-tokens");
    private static final Reply LOST = stream("lost-result");
    private static final Reply BUSY = Answers.envelope(429, "42901");
    private static final Reply WRONG_KEY = Answers.envelope(401, "40100");
    private static final Reply RESET = Reply.nothing().ending(Ending.RESET);

    private static Reply stream(String transcript) {
        return Reply.events(Transcript.load("transcripts/clova-v3/%s.sse".formatted(transcript)));
    }

    @Test
    void theMetersAndTheConsoleAgreeWithWhatHappened() throws Exception {
        ClovaStandIn service = SERVICE.get();
        try (ObservedRoutes routes = new ObservedRoutes(Map.of(
                "whole", ObservedRoutes.uri(service),
                "judged", ObservedRoutes.uri(service, "aiFilterPolicy=strict"),
                "blocked", ObservedRoutes.uri(service, "aiFilterPolicy=strict", "aiFilterAction=exception"),
                "pushed", ObservedRoutes.uri(service, "streamTo=direct:tokens")))) {
            for (int round = 0; round < 10; round++) {
                ask(routes, service, "whole", HELLO);
                ask(routes, service, "whole", HELLO);
                ask(routes, service, "whole", BUSY, HELLO);
                ask(routes, service, "whole", BUSY, BUSY);
                ask(routes, service, "whole", WRONG_KEY);
                ask(routes, service, "judged", FLAGGED);
                ask(routes, service, "blocked", FLAGGED);
                ask(routes, service, "pushed", STREAM);
                ask(routes, service, "pushed", LOST);
                ask(routes, service, "pushed", RESET, STREAM);
            }
            routes.awaitNoOpenStream();
            keep(routes);

            assertCalls(routes);
            assertTokens(routes);
            assertVerdicts(routes);
            assertConsole(routes.consoleJson());
            assertThat(routes.consoleText())
                    .contains("Component clova")
                    .contains("Calls: 100 (failed: 30, retries: 30)  Open streams: 0")
                    .contains("Endpoint chat clova-v3 HCX-005 at localhost")
                    .contains("ClovaAuthenticationException, HTTP 401, code 40100, request ");
        }
    }

    private static void ask(ObservedRoutes routes, ClovaStandIn service, String route, Reply... replies) {
        service.replays(replies);
        routes.ask(route);
    }

    private static void assertCalls(ObservedRoutes routes) {
        String duration = "gen_ai.client.operation.duration";
        assertThat(routes.total(duration)).isEqualTo(100);
        assertThat(routes.total(duration, "outcome", "success")).isEqualTo(70);
        assertThat(routes.total(duration, "outcome", "failure")).isEqualTo(30);
        assertThat(routes.total(duration, "error.type", "ClovaRateLimitException"))
                .isEqualTo(10);
        assertThat(routes.total(duration, "error.type", "ClovaAuthenticationException"))
                .isEqualTo(10);
        assertThat(routes.total(duration, "error.type", "ClovaTruncatedException"))
                .isEqualTo(10);
        assertThat(routes.tagValues(duration, "gen_ai.request.model")).containsExactly("HCX-005");
        assertThat(routes.tagValues(duration, "gen_ai.provider.name")).containsExactly("naver.clova_studio");
        assertThat(routes.tagValues(duration, "camel.clova.dialect")).containsExactly("clova-v3");
        assertThat(routes.tagValues(duration, "server.address")).containsExactly("localhost");
        assertThat(routes.total("camel.clova.retries")).isEqualTo(30);
        assertThat(routes.total("gen_ai.client.operation.time_to_first_chunk")).isEqualTo(30);
        assertThat(routes.total("camel.clova.ratelimit.remaining", "limit", "requests"))
                .isEqualTo(59);
        assertThat(routes.total("camel.clova.ratelimit.remaining", "limit", "tokens"))
                .isEqualTo(4000);
    }

    /** 30 whole answers of 37 and 9 tokens, 20 flagged ones of 12 and 5, 20 streams of 14 and 3. */
    private static void assertTokens(ObservedRoutes routes) {
        String usage = "gen_ai.client.token.usage";
        assertThat(routes.total(usage, "gen_ai.token.type", "input")).isEqualTo(70);
        assertThat(tokens(routes, "input")).isEqualTo(30 * 37 + 20 * 12 + 20 * 14);
        assertThat(tokens(routes, "output")).isEqualTo(30 * 9 + 20 * 5 + 20 * 3);
    }

    private static double tokens(ObservedRoutes routes, String type) {
        return routes.meters.find("gen_ai.client.token.usage").tag("gen_ai.token.type", type).summaries().stream()
                .mapToDouble(summary -> summary.totalAmount())
                .sum();
    }

    private static void assertVerdicts(ObservedRoutes routes) {
        assertThat(routes.total("camel.clova.answers.judged", "verdict", "suspect"))
                .isEqualTo(20);
        assertThat(routes.total("camel.clova.answers.flagged", "category", "insult"))
                .isEqualTo(20);
        assertThat(routes.total(
                        "camel.clova.answers.rejected", "error.type", ClovaAiFilterException.class.getSimpleName()))
                .isEqualTo(10);
    }

    private static void assertConsole(JsonObject clova) {
        assertThat(clova)
                .containsEntry("calls", 100L)
                .containsEntry("failedCalls", 30L)
                .containsEntry("retries", 30L)
                .containsEntry("openStreams", 0L)
                .containsEntry("inputTokens", 30L * 37 + 20 * 12 + 20 * 14)
                .containsEntry("flaggedAnswers", 20L)
                .containsEntry("rejectedAnswers", 10L)
                .containsEntry("verdicts", new JsonObject(Map.of("suspect", 20L)))
                .containsEntry("flaggedByReason", new JsonObject(Map.of("insult", 20L)));
        assertThat((List<?>) clova.get("lastErrors")).hasSize(20);
        assertThat((List<?>) clova.get("endpoints")).hasSize(4);
    }

    /** For whoever wants to see what a dashboard gets. */
    private static void keep(ObservedRoutes routes) throws Exception {
        Path target = Path.of("target", "observation.txt");
        Files.createDirectories(target.getParent());
        Files.writeString(target, routes.dump() + "\n" + routes.consoleText());
    }
}
