package io.github.camelclova.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** However turns come, a conversation keeps the youngest that fit, whole. */
class ConversationPropertiesTest {

    private static final ToolCall CALL = new ToolCall("call_1", "now", Map.of(), "{}");

    @Provide
    Arbitrary<List<Turn>> turns() {
        Arbitrary<Integer> tokens = Arbitraries.integers().between(0, 500).injectNull(0.1);
        Arbitrary<List<ChatMessage>> plain =
                Arbitraries.just(List.of(ChatMessage.user("q"), ChatMessage.assistant("a")));
        Arbitrary<List<ChatMessage>> calling =
                Arbitraries.just(List.of(ChatMessage.user("q"), ChatMessage.assistant("", List.of(CALL))));
        Arbitrary<List<ChatMessage>> called =
                Arbitraries.just(List.of(ChatMessage.tool("call_1", "noon"), ChatMessage.assistant("a")));
        Arbitrary<Turn> one = Arbitraries.oneOf(plain, calling, called)
                .flatMap(messages -> tokens.map(counted -> new Turn(messages, counted)));
        return one.list().ofMaxSize(30);
    }

    @Property
    void whatIsKeptIsTheEndOfWhatWasSaidAndFits(
            @ForAll("turns") List<Turn> turns,
            @ForAll @IntRange(min = 1, max = 40) int maxMessages,
            @ForAll @IntRange(min = 1, max = 2_000) int maxTokens) {
        Conversation all = grown(turns);

        Conversation kept = all.within(new HistoryLimit(maxMessages, maxTokens));

        assertThat(kept.messages()).hasSizeLessThanOrEqualTo(maxMessages);
        assertThat(kept.tokens()).isLessThanOrEqualTo(maxTokens);
        assertThat(kept.turns())
                .isEqualTo(all.turns()
                        .subList(
                                all.turns().size() - kept.turns().size(),
                                all.turns().size()));
        boolean oneMoreFits =
                kept.turns().size() < all.turns().size() && fits(oneMore(all, kept), maxMessages, maxTokens);
        assertThat(oneMoreFits).isFalse();
    }

    @Property
    void noResultIsKeptWithoutItsCall(
            @ForAll("turns") List<Turn> turns, @ForAll @IntRange(min = 1, max = 40) int maxMessages) {
        Conversation kept = grown(turns).within(new HistoryLimit(maxMessages, null));

        assertThat(kept.turns().stream().skip(1)).noneMatch(Turn::goesOn);
    }

    @Property
    void turnsAreNeitherLostNorDoubledAsTheyCome(@ForAll("turns") List<Turn> turns) {
        Conversation all = grown(turns);

        assertThat(all.messages())
                .isEqualTo(
                        turns.stream().flatMap(turn -> turn.messages().stream()).toList());
        assertThat(all.tokens())
                .isEqualTo(turns.stream()
                        .mapToInt(turn -> orNothing(turn.tokens()))
                        .sum());
    }

    private static int orNothing(@Nullable Integer tokens) {
        return tokens == null ? 0 : tokens;
    }

    private static Conversation grown(List<Turn> turns) {
        Conversation conversation = Conversation.EMPTY;
        for (Turn turn : turns) {
            conversation = conversation.with(turn);
        }
        return conversation;
    }

    private static Conversation oneMore(Conversation all, Conversation kept) {
        int size = all.turns().size();
        return new Conversation(0, all.turns().subList(size - kept.turns().size() - 1, size));
    }

    private static boolean fits(Conversation conversation, int maxMessages, int maxTokens) {
        return conversation.messages().size() <= maxMessages && conversation.tokens() <= maxTokens;
    }
}
