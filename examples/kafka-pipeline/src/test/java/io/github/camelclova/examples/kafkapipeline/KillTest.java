package io.github.camelclova.examples.kafkapipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.examples.kafkapipeline.KillRun.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left in the topics when nodes are killed in the middle of their work, and every tenth call fails. */
class KillTest {

    @TempDir
    private Path folder;

    @Test
    void aNodeThatIsKilledTwiceLosesNothing() throws Exception {
        KillRun run = new KillRun();
        run.records = 300;
        run.partitions = 3;
        run.consumers = 3;
        run.kills = 2;
        run.poison = 0.01;

        Outcome outcome = run.run(folder);

        assertThat(outcome.lost()).isEmpty();
        assertThat(outcome.deadLetters()).hasSize(3).isEqualTo(outcome.poisoned());
        assertThat(outcome.duplicates()).isLessThanOrEqualTo(2 * 3);
        assertThat(outcome.answers() + outcome.deadLetters().size()).isEqualTo(300 + outcome.duplicates());
    }

    @Test
    void theOthersTakeOverFromANodeThatIsKilled() throws Exception {
        KillRun run = new KillRun();
        run.records = 150;
        run.partitions = 6;
        run.nodes = 3;
        run.consumers = 2;
        run.kills = 1;
        run.noRestart = true;

        Outcome outcome = run.run(folder);

        assertThat(outcome.lost()).isEmpty();
        assertThat(outcome.deadLetters()).isEmpty();
        assertThat(outcome.duplicates()).isLessThanOrEqualTo(2);
    }
}
