package io.github.camelclova.documentation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.ClovaConstants;
import io.github.camelclova.testing.Reply;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@InEveryDsl
class DocumentedObservationTest extends DocumentedRoutes {

    private static final Path PAGE = Path.of(System.getProperty("basedir"), "../docs/guide/observe.md");

    private static Reply answer(int inputTokens) {
        return Reply.json("""
                {"status":{"code":"20000"},"result":{"message":{"content":"At nine."},"finishReason":"stop",
                 "usage":{"promptTokens":%d,"completionTokens":10,"totalTokens":0},
                 "aiFilter":[{"groupName":"curse","name":"insult","score":"0","result":"OK"}]}}""".formatted(inputTokens));
    }

    @Test
    void anAnswerThatCostsMuchIsReviewed() throws Exception {
        service().replays(answer(20), answer(40));
        load("cost");

        ask("short");
        ask("long");

        assertThat(exchangesAt("answers")).singleElement().satisfies(cheap -> assertThat(
                        cheap.getMessage().getHeader(ClovaConstants.ESTIMATED_COST))
                .isEqualTo(0.075));
        assertThat(exchangesAt("review")).singleElement().satisfies(dear -> assertThat(
                        dear.getMessage().getHeader(ClovaConstants.ESTIMATED_COST))
                .isEqualTo(0.1));
    }

    @Test
    void aRegistryInTheContextGetsTheMetersOfThePage() throws Exception {
        MeterRegistry meters = new SimpleMeterRegistry();
        // tag::meters[]
        context.getRegistry().bind("metricsRegistry", meters);
        // end::meters[]
        service().replays(answer(20).header("x-ratelimit-remaining-tokens", "7"));
        load("cost");

        ask("short");

        String page = Files.readString(PAGE, UTF_8);
        assertThat(meters.getMeters()).isNotEmpty().allSatisfy(meter -> {
            assertThat(page).contains("| `" + meter.getId().getName() + "` |");
            meter.getId().getTags().forEach(tag -> assertThat(page).contains("`" + tag.getKey() + "`"));
        });
    }
}
