package io.github.camelclova.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.Streamed;
import io.github.camelclova.chat.TokenUnit;
import io.github.camelclova.protocol.Dialect;
import io.github.camelclova.protocol.ProtocolFacts;
import io.github.camelclova.protocol.StreamOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the page says of CLOVA Studio's OpenAI-compatible endpoint, where the component has a part in it. */
@InEveryDsl
class DocumentedOpenAiTest extends DocumentedRoutes {

    private static final Path PAGE = Path.of(System.getProperty("basedir"), "../docs/guide/openai-compatible.md");

    @Test
    void clovaStudiosEndpointIsAskedInItsOwnWords() throws Exception {
        load(
                "clova-openai",
                "https://clovastudio.stream.ntruss.com/v1/openai",
                service().baseUrl() + "/v1/openai");

        ask("hello");

        assertThat(bodiesAt("answers")).hasSize(1);
        assertThat(request().path()).isEqualTo("/v1/openai/chat/completions");
        assertThat(request().json().path("max_tokens").asInt()).isEqualTo(2048);
        assertThat(request().json().path("reasoning_effort").asText()).isEqualTo("low");
    }

    @Test
    void aRequestHasNothingThatIsRefusedUnlessAnOptionAsksForIt() {
        StreamOptions withoutUsage = new StreamOptions(TokenUnit.TOKEN, false, false);

        assertThat(ProtocolFacts.leastMembers(Dialect.OPENAI)).containsExactly("messages", "model");
        assertThat(ProtocolFacts.leastMembers(Dialect.OPENAI, withoutUsage))
                .containsExactly("messages", "model", "stream");
    }

    @ParameterizedTest
    @CsvSource({
        "https://clovastudio.stream.ntruss.com/v1/openai, '', false",
        "https://clovastudio.stream.gov-ntruss.com/v1/openai, '', false",
        "https://clovastudio.stream.ntruss.com/v1/openai, &streamUsage=true, true",
        "https://llm.example.org/v1, '', true",
    })
    void usageIsAskedForButNotOfClovaStudio(String baseUrl, String option, boolean asked) {
        assertThat(Streamed.asksForUsage(baseUrl, option)).isEqualTo(asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"frequency_penalty", "presence_penalty", "logprobs", "top_logprobs", "user"})
    void whatIsRefusedIsSentByTheOptionThatThePageNames(String member) throws IOException {
        String option = row(member).get(1);

        assertThat(ProtocolFacts.optionsThatSend(Dialect.OPENAI, member))
                .singleElement()
                .isEqualTo(option.replace("`", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audio",
                "logit_bias",
                "metadata",
                "modalities",
                "prediction",
                "prompt_cache_key",
                "safety_identifier",
                "service_tier",
                "store",
                "web_search_options"
            })
    void whatElseIsRefusedNoOptionSends(String member) throws IOException {
        assertThat(ProtocolFacts.optionsThatSend(Dialect.OPENAI, member)).isEmpty();
        assertThat(row(member).get(1)).isEqualTo("`additionalBodyProperty.NAME`");
    }

    /** The cells of the row that is about this member. */
    private static List<String> row(String member) throws IOException {
        String row = Files.readAllLines(PAGE, UTF_8).stream()
                .filter(line -> line.startsWith("| `"))
                .filter(line -> line.split("\\|", -1)[1].contains("`" + member + "`"))
                .findFirst()
                .orElseThrow();
        return List.of(row.split("\\|", -1)).subList(1, 4).stream()
                .map(String::strip)
                .toList();
    }
}
