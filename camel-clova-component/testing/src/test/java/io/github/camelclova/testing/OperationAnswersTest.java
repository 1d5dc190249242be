package io.github.camelclova.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the operations beside chat are answered without a script. */
class OperationAnswersTest {

    @RegisterExtension
    static final ClovaStandInExtension STAND_IN = new ClovaStandInExtension();

    @Test
    void equalTextsHaveEqualVectorsOfLengthOne() throws Exception {
        List<Double> one =
                numbers(post("/v1/api-tools/embedding/v2", "{\"text\":\"부산항\"}").at("/result/embedding"));
        List<Double> same =
                numbers(post("/v1/api-tools/embedding/v2", "{\"text\":\"부산항\"}").at("/result/embedding"));
        List<Double> other =
                numbers(post("/v1/api-tools/embedding/v2", "{\"text\":\"인천항\"}").at("/result/embedding"));

        assertThat(one).hasSize(1024).isEqualTo(same).isNotEqualTo(other);
        assertThat(one.stream().mapToDouble(number -> number * number).sum()).isCloseTo(1, within(1e-4));
    }

    @Test
    void aBatchHasTheVectorsOfItsTexts() throws Exception {
        JsonNode batch = post("/v1/embeddings", "{\"model\":\"m\",\"input\":[\"부산항\",\"인천항\"]}");
        JsonNode single = post("/v1/api-tools/embedding/v2", "{\"text\":\"인천항\"}");

        assertThat(batch.path("data")).hasSize(2);
        assertThat(batch.at("/data/1/index").intValue()).isEqualTo(1);
        assertThat(batch.at("/data/1/embedding")).isEqualTo(single.at("/result/embedding"));
        assertThat(batch.at("/usage/prompt_tokens").intValue()).isPositive();
    }

    @Test
    void tokensAreCountedAsAChatCountsThem() throws Exception {
        String messages = "{\"messages\":[{\"role\":\"user\",\"content\":\"one two\"}]}";

        int asked = post("/v3/chat-completions/HCX-005", messages)
                .at("/result/usage/promptTokens")
                .intValue();

        assertThat(asked).isPositive();
        assertThat(post("/v1/api-tools/chat-tokenize/HCX-003", messages)
                        .at("/result/messages/0/count")
                        .intValue())
                .isEqualTo(asked);
        assertThat(post("/v3/api-tools/chat-tokenize/HCX-005", messages)
                        .at("/result/messages/0/content/count")
                        .intValue())
                .isEqualTo(asked);
    }

    @Test
    void textsAreCutIntoSentencesAndTopics() throws Exception {
        JsonNode summary = post("/v1/api-tools/summarization/v2", "{\"texts\":[\"One. Two.\",\"Three.\"]}");
        JsonNode topics = post("/v1/api-tools/segmentation", "{\"text\":\"One. Two.\\n\\nThree.\"}");

        assertThat(summary.at("/result/text").textValue()).isEqualTo("One.");
        assertThat(topics.at("/result/topicSeg")).hasToString("[[\"One.\",\"Two.\"],[\"Three.\"]]");
        assertThat(topics.at("/result/span")).hasToString("[[0,1],[2]]");
    }

    @Test
    void anAnswerCitesTheFirstDocument() throws Exception {
        JsonNode answer = post(
                "/v1/api-tools/reranker",
                "{\"query\":\"when\",\"documents\":[{\"id\":\"b7\",\"doc\":\"At nine.\"},{\"id\":\"b8\",\"doc\":\"At ten.\"}]}");

        assertThat(answer.at("/result/result").textValue()).isEqualTo("At nine. <docb7>");
        assertThat(answer.at("/result/citedDocuments/0/id").textValue()).isEqualTo("b7");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/v1/api-tools/embedding/v2     | {\"text\":\" \"} | 40004",
                "/v1/api-tools/summarization/v2 | {\"texts\":[]}   | 40004",
                "/v1/api-tools/reranker         | {\"query\":\"a\"}  | 40004",
                "/v1/api-tools/segmentation     | {                | 40000",
                "/v1/api-tools/juggling         | {}               | 40400"
            })
    void whatCannotBeAnsweredIsRefused(String path, String body, String code) throws Exception {
        assertThat(post(path, body).at("/status/code").textValue()).isEqualTo(code);
    }

    private static List<Double> numbers(JsonNode array) {
        List<Double> numbers = new ArrayList<>();
        array.forEach(number -> numbers.add(number.doubleValue()));
        return numbers;
    }

    private static JsonNode post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(STAND_IN.get().baseUrl() + path))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return Json.read(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body()
                .getBytes(StandardCharsets.UTF_8));
    }
}
