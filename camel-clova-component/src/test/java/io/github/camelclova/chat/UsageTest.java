package io.github.camelclova.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {

    private static final int MOST = Integer.MAX_VALUE;

    @ParameterizedTest
    @CsvSource({
        "1, 2, 30, 30",
        ", , 30, 30",
        "1, 2, , 3",
        "1, , , ",
        ", 2, , ",
        ", , , ",
        "2147483647, 1, , 2147483647",
        "2147483647, 2147483647, , 2147483647"
    })
    void allOfItIsWhatTheServiceSaysOrTheSum(Integer input, Integer output, Integer total, Integer all) {
        assertThat(new Usage(input, output, total).all()).isEqualTo(all);
    }

    @Test
    void whatTwoCallsUsedIsNeverLessThanWhatOneUsed() {
        Usage most = new Usage(MOST, MOST, MOST);

        assertThat(most.plus(new Usage(1, 1, 1))).isEqualTo(most);
    }

    @Test
    void aConversationNeverCostsLessThanATurnOfIt() {
        Turn dear = new Turn(List.of(ChatMessage.user("dear")), MOST);

        assertThat(Conversation.EMPTY.with(dear).with(dear).tokens()).isEqualTo(MOST);
        assertThat(dear.and(dear).tokens()).isEqualTo(MOST);
    }
}
