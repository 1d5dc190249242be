package io.github.camelclova.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the service may send, and when the idle clock stands still. */
class WindowTest {

    private final List<Boolean> fullness = new ArrayList<>();
    private final List<Integer> passedOn = new ArrayList<>();
    private final Window window = new Window(fullness::add);

    @Test
    void isFullWhenEverythingWasUsed() {
        window.use(Window.SIZE - 1);
        assertThat(fullness).isEmpty();

        window.use(1);

        assertThat(fullness).containsExactly(true);
    }

    @Test
    void isFullUntilTheServiceHearsOfTheRoom() {
        window.use(Window.SIZE);
        window.opened(passedOn::add);

        window.grant(100);

        assertThat(passedOn).isEmpty();
        assertThat(fullness).containsExactly(true);
        window.grant(Window.SIZE / 2);
        assertThat(passedOn).containsExactly(Window.SIZE / 2 + 100);
        assertThat(fullness).containsExactly(true, false);
    }

    @Test
    void passesOnWhatWasGrantedBeforeAnybodyAsked() {
        window.use(Window.SIZE / 2);
        window.grant(Window.SIZE / 2);
        window.use(Window.SIZE / 2);

        window.opened(passedOn::add);

        assertThat(passedOn).containsExactly(Window.SIZE / 2);
        assertThat(fullness).containsExactly(true, false);
    }

    @Test
    void passesRoomOnInBatches() {
        window.opened(passedOn::add);
        window.use(Window.SIZE);

        for (int bytes = 0; bytes < Window.SIZE; bytes += 64) {
            window.grant(64);
        }

        assertThat(passedOn).hasSize(4).containsOnly(Window.SIZE / 4);
    }
}
