package io.github.camelclova.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.conversation.JdbcConversationStore;
import io.github.camelclova.testing.Reply;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

@InEveryDsl
class DocumentedConversationsTest extends DocumentedRoutes {

    @Test
    void aSecondQuestionKnowsTheFirst() throws Exception {
        service().replays(saying("At nine."), saying("Yes."));
        load("conversation");

        template.sendBodyAndHeader("direct:ask", "When?", "session", "s-1");
        template.sendBodyAndHeader("direct:ask", "Sure?", "session", "s-1");

        assertThat(service().requests().get(1).json().path("messages"))
                .extracting(message -> message.path("content").asText())
                .containsExactly("You sell ferry tickets.", "When?", "At nine.", "Sure?");
    }

    @Test
    void severalNodesShareADatabase() throws Exception {
        service().replays(saying("At nine."), saying("Yes."));
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:documented-%s;DB_CLOSE_DELAY=-1".formatted(dsl));
        context.getRegistry().bind("dataSource", dataSource);
        load("database");

        template.sendBodyAndHeader("direct:ask", "When?", "session", "s-1");

        assertThat(new JdbcConversationStore(dataSource).load("s-1").messages()).hasSize(2);
    }

    private static Reply saying(String text) {
        return Reply.json(
                "{\"status\":{\"code\":\"20000\"},\"result\":{\"message\":{\"role\":\"assistant\",\"content\":\"%s\"}}}"
                        .formatted(text));
    }
}
