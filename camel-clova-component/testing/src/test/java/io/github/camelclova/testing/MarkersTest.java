package io.github.camelclova.testing;

import static io.github.camelclova.testing.UnscriptedAnswersTest.user;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkersTest {

    private static final String V1 = "/v1/chat-completions/HCX-003";
    private static final String V3 = "/v3/chat-completions/HCX-005";
    private static final String OPEN_AI = "/v1/chat/completions";

    @RegisterExtension
    static final ClovaStandInExtension service = new ClovaStandInExtension();

    @ParameterizedTest
    @ValueSource(strings = {V1, V3})
    void aMarkerSetsTheScoreOfItsCategory(String path) throws Exception {
        String text = "Hi " + Markers.score("discrimination", 1) + " " + Markers.score("sexualHarassment", -1);

        JsonNode filter = filter(post(path, user(text, "\"includeAiFilters\":true")));

        assertThat(filter)
                .hasToString(
                        "[{\"groupName\":\"curse\",\"name\":\"insult\",\"score\":\"2\",\"result\":\"OK\"},"
                                + "{\"groupName\":\"curse\",\"name\":\"discrimination\",\"score\":\"1\",\"result\":\"OK\"},"
                                + "{\"groupName\":\"unsafeContents\",\"name\":\"sexualHarassment\",\"score\":\"-1\",\"result\":\"ERROR\"}]");
    }

    @ParameterizedTest
    @CsvSource({
        "You idiot!,0",
        "Das ist STUPID.,0",
        "이 바보야,0",
        "이 idiot야,0",
        "stupidity is a topic,2",
        "A fine day,2",
        "You idiot! #insult:1,1"
    })
    void aRudeWordIsAnInsultUnlessAMarkerKnowsBetter(String text, String score) throws Exception {
        JsonNode filter = filter(post(V3, user(text, "\"includeAiFilters\":true")));

        assertThat(filter.at("/0/score").asText()).isEqualTo(score);
    }

    @Test
    void theFilterIsOnlyInTheResultOfAStream() throws Exception {
        String sse = post(V3, user("Hi", "\"includeAiFilters\":true"), "Accept", "text/event-stream")
                .body();

        assertThat(sse.split("aiFilter", -1)).hasSize(2);
        assertThat(sse.substring(0, sse.indexOf("event:result"))).doesNotContain("aiFilter");
    }

    @Test
    void theFilterIsAbsentOrEmptyAsAsked() throws Exception {
        String asked = "\"includeAiFilters\":true";

        assertThat(filter(post(V3, user("Hi"))).isMissingNode()).isTrue();
        assertThat(filter(post(V3, user("Hi " + Markers.NO_FILTER, asked))).isMissingNode())
                .isTrue();
        assertThat(filter(post(V3, user("Hi " + Markers.FILTER_EMPTY, asked)))).isEmpty();
    }

    @Test
    void markersAreNotQuoted() throws Exception {
        String answer = post(V3, user("Hello #insult:0 #no-filter")).body();

        assertThat(answer).contains("“Hello”");
    }

    @Test
    void aScoreOfZeroEndsAnOpenAiAnswerForItsContent() throws Exception {
        String body = post(OPEN_AI, user("Hi #insult:0")).body();

        assertThat(body).contains("\"finish_reason\":\"content_filter\"");
    }

    @Test
    void aStatusFailsTheCall() throws Exception {
        HttpResponse<String> clova = post(V3, user("Hi " + Markers.status(429)), "Accept", "text/event-stream");
        HttpResponse<String> openAi = post(OPEN_AI, user("Hi #status:500 #code:50001", "\"stream\":true"));

        assertThat(clova.statusCode()).isEqualTo(429);
        assertThat(clova.body()).isEqualTo("{\"status\":{\"code\":\"42900\",\"message\":\"Too many requests\"}}");
        assertThat(openAi.statusCode()).isEqualTo(500);
        assertThat(Json.read(openAi.body().getBytes(UTF_8)).at("/error/code").asText())
                .isEqualTo("50001");
    }

    @Test
    void aCodeAloneFailsTheCallBehindStatus200() throws Exception {
        String text = "Hi #status:200 " + Markers.code(40003);

        HttpResponse<String> whole = post(V3, user(text));
        HttpResponse<String> stream = post(V1, user(text), "Accept", "text/event-stream");
        HttpResponse<String> openAi = post(OPEN_AI, user(text, "\"stream\":true"));

        String envelope = "{\"status\":{\"code\":\"40003\",\"message\":\"Context length exceeded\"}}";
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(envelope);
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(stream.body()).endsWith("event:error\ndata:" + envelope + "\n\n");
        assertThat(openAi.body()).startsWith("data: {\"error\":{");
    }

    @Test
    void anUnknownCategoryIsRefused() {
        assertThatThrownBy(() -> Markers.score("spam", 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private static HttpResponse<String> post(String path, String body, String... headers) throws Exception {
        return Http.post(service.get().baseUrl() + path, body, headers);
    }

    private static JsonNode filter(HttpResponse<String> reply) {
        return Json.read(reply.body().getBytes(UTF_8)).at("/result/aiFilter");
    }
}
