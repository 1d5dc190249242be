package io.github.camelclova.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.Answer;
import io.github.camelclova.chat.ClovaCancelledException;
import io.github.camelclova.transport.Deadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StoppedClientTest {

    private final Deque<Runnable> pool = new ArrayDeque<>();
    private final HeldConnections connections = new HeldConnections(0, pool::add);

    @Test
    void nothingIsAskedInThePlaceOfACallThatTheStopGaveUp() {
        List<CompletableFuture<Answer>> answers =
                Stream.generate(this::ask).limit(20).toList();
        HeldConnections.Connection onlyOne = connections.connection;

        connections.client.close();
        // The youngest work first, so that whoever is granted a place goes on before the others are given up.
        while (!pool.isEmpty()) {
            pool.removeLast().run();
        }

        assertThat(connections.connection).isSameAs(onlyOne);
        assertThat(answers).allSatisfy(answer -> assertThat(answer)
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(ClovaCancelledException.class));
    }

    private CompletableFuture<Answer> ask() {
        return connections.client.complete(HeldConnections.REQUEST, Deadline.never());
    }
}
