package io.github.camelclova.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.testing.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

@InEveryDsl
class DocumentedOperationsTest extends DocumentedRoutes {

    @Test
    void aTextBecomesAVector() throws Exception {
        service().replays(ok("{\"embedding\":[0.5,0.25],\"inputTokens\":3}"));
        load("embed");

        ask("부산항");

        assertThat(bodiesAt("answers")).containsExactly(List.of(0.5f, 0.25f));
    }

    @Test
    void documentsBecomeAnAnswer() throws Exception {
        service()
                .replays(
                        ok(
                                "{\"result\":\"At nine.\",\"citedDocuments\":[{\"id\":\"1\",\"doc\":\"It leaves at nine.\"}]}"));
        load("rerank");

        template.sendBody("direct:ask", List.of("It has two decks.", "It leaves at nine."));

        assertThat(bodiesAt("answers")).containsExactly("At nine. (from [1])");
        assertThat(request().json().path("maxTokens").intValue()).isEqualTo(512);
    }

    @Test
    void whatIsTooLongIsNotAsked() throws Exception {
        service().replays(counting(100_000), counting(100_001));
        load("count");

        ask("short");
        ask("long");

        assertThat(bodiesAt("answers")).containsExactly("short");
        assertThat(bodiesAt("give-up")).hasSize(1);
    }

    private static Reply counting(int tokens) {
        return ok(
                "{\"messages\":[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"count\":%d}}]}".formatted(tokens));
    }

    private static Reply ok(String result) {
        return Reply.json("{\"status\":{\"code\":\"20000\"},\"result\":%s}".formatted(result));
    }
}
