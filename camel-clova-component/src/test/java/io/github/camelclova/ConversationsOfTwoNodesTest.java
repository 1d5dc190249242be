package io.github.camelclova;

import static io.github.camelclova.Target.V3_MODEL;
import static io.github.camelclova.Target.reply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.HistoryLimit;
import io.github.camelclova.conversation.ConversationStore;
import io.github.camelclova.conversation.Databases;
import io.github.camelclova.conversation.JdbcConversationStore;
import io.github.camelclova.testing.ClovaStandIn;
import io.github.camelclova.testing.ReceivedRequest;
import io.github.camelclova.testing.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes answer in the same conversations at the same time, each with a store of its own on one database. */
class ConversationsOfTwoNodesTest {

    private static final int CONVERSATIONS = 50;
    private static final int TURNS = 20;

    @ParameterizedTest
    @EnumSource
    void noTurnIsLostOrDoubled(Databases kind) {
        try (Databases.Running database = kind.start();
                ClovaStandIn service = ClovaStandIn.start();
                Node one = Node.on(database);
                Node other = Node.on(database)) {
            service.answers(ConversationsOfTwoNodesTest::echo);
            List<CompletableFuture<Exchange>> asked = new ArrayList<>();

            for (String question : shuffledQuestions()) {
                Node node = asked.size() % 2 == 0 ? one : other;
                asked.add(ask(node.template(), service, question));
            }

            assertThat(asked).allSatisfy(answer -> assertThat(answer.join().getException())
                    .isNull());
            ConversationStore store = new JdbcConversationStore(database.source());
            for (int conversation = 0; conversation < CONVERSATIONS; conversation++) {
                assertThat(turns(store, conversation)).containsExactlyInAnyOrderElementsOf(expected(conversation));
            }
        }
    }

    private record Node(CamelContext context, ProducerTemplate template) implements AutoCloseable {

        static Node on(Databases.Running database) {
            DefaultCamelContext context = new DefaultCamelContext();
            context.getRegistry().bind("store", new JdbcConversationStore(database.source(), true));
            context.start();
            return new Node(context, context.createProducerTemplate());
        }

        @Override
        public void close() {
            context.stop();
        }
    }

    /** As {@code conversation-turn}. */
    private static List<String> shuffledQuestions() {
        List<String> questions = new ArrayList<>(IntStream.range(0, CONVERSATIONS)
                .boxed()
                .flatMap(conversation -> IntStream.range(0, TURNS).mapToObj(turn -> conversation + "-" + turn))
                .toList());
        Collections.shuffle(questions, new Random(7));
        return questions;
    }

    private static CompletableFuture<Exchange> ask(ProducerTemplate template, ClovaStandIn service, String question) {
        String uri = V3_MODEL.at(
                service, "conversationId=${header.chat}", "conversationStore=#store", "maxHistoryMessages=1000");
        return template.asyncSend(uri, exchange -> {
            exchange.getMessage().setBody(question);
            exchange.getMessage().setHeader("chat", question.split("-", 2)[0]);
        });
    }

    /** The answer names the question, so that a turn can be told from any other. */
    private static Reply echo(ReceivedRequest request) {
        ObjectNode answer = V3_MODEL.hello();
        int last = request.json().path("messages").size() - 1;
        String question =
                request.json().path("messages").path(last).path("content").textValue();
        V3_MODEL.message(answer).put("content", "re " + question);
        return reply(answer);
    }

    private static List<String> turns(ConversationStore store, int conversation) {
        return store.load(String.valueOf(conversation)).within(new HistoryLimit(1_000, null)).turns().stream()
                .map(turn -> turn.messages().stream()
                        .map(ChatMessage::text)
                        .reduce((question, answer) -> question + " " + answer)
                        .orElseThrow())
                .toList();
    }

    private static List<String> expected(int conversation) {
        return IntStream.range(0, TURNS)
                .mapToObj(turn -> conversation + "-" + turn)
                .flatMap(question -> Stream.of(question + " re " + question))
                .toList();
    }
}
