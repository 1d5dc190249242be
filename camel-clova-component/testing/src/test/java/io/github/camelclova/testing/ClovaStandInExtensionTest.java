package io.github.camelclova.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClovaStandInExtensionTest {

    @RegisterExtension
    static final ClovaStandInExtension shared = new ClovaStandInExtension();

    @RegisterExtension
    final ClovaStandInExtension own = new ClovaStandInExtension();

    private static int sharedPort;

    @RepeatedTest(2)
    void aSharedServiceIsResetBetweenTests() throws Exception {
        assertThat(shared.get().requests()).isEmpty();
        sharedPort = sharedPort == 0 ? shared.get().port() : sharedPort;
        assertThat(shared.get().port()).isEqualTo(sharedPort);

        shared.get().replaysAlways(Reply.json("{}"));
        assertThat(Http.post(shared.get().baseUrl(), "{}").statusCode()).isEqualTo(200);
    }

    @Test
    void aServiceOfOnesOwnIsAnotherOne() {
        assertThat(own.get().port()).isNotEqualTo(shared.get().port());
    }

    @Test
    void thereIsNoneOutsideOfTests() {
        assertThatThrownBy(() -> new ClovaStandInExtension().get()).isInstanceOf(IllegalStateException.class);
    }

    @Nested
    class InANestedClass {

        @Test
        void theSharedServiceRunsOn() throws Exception {
            assertThat(Http.post(shared.get().baseUrl(), "{}").statusCode()).isEqualTo(404);
        }
    }
}
