package io.github.camelclova;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.runAsync;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AskingThreadTest {

    private final List<Runnable> pool = new ArrayList<>();
    private final List<String> ran = new ArrayList<>();

    @Test
    void anAnswerThatComesWhileTheCallerStillAsksIsForThePool() {
        AskingThread thread = new AskingThread(pool::add);

        completedFuture("answer").thenAcceptAsync(ran::add, thread);
        thread.hasAsked();

        assertThat(ran).isEmpty();
        pool.forEach(Runnable::run);
        assertThat(ran).containsExactly("answer");
    }

    @Test
    void anAnswerThatComesLaterGoesOnWhereItComes() {
        AskingThread thread = new AskingThread(pool::add);
        CompletableFuture<String> answer = new CompletableFuture<>();
        answer.thenAcceptAsync(ran::add, thread);
        thread.hasAsked();

        answer.complete("answer");

        assertThat(ran).containsExactly("answer");
        assertThat(pool).isEmpty();
    }

    @Test
    void anotherThreadGoesOnWithItsAnswerItself() {
        AskingThread thread = new AskingThread(pool::add);
        CompletableFuture<String> answer = new CompletableFuture<>();
        answer.thenAcceptAsync(ran::add, thread);

        runAsync(() -> answer.complete("answer")).join();

        assertThat(ran).containsExactly("answer");
        assertThat(pool).isEmpty();
    }
}
