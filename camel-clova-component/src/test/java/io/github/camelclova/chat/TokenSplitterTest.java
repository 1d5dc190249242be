package io.github.camelclova.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pieces into units; in the examples {@code |} stands where one unit ends and the next begins. */
class TokenSplitterTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "One. |Two! |Three? |Four",
                "하나입니다. |둘이에요! |셋일까요? |넷",
                "Pi is 3.14 and e is 2.72. |Both go on.",
                "버전은 4.18.0입니다. |끝",
                "Ask Dr. Kim, e.g. on Monday. |He knows.",
                "J. R. Tolkien wrote it. |In English.",
                "Mr. and Mrs. Han vs. the U.S. law. |Yes",
                "\"Stop.\" |She stopped. |'Go!' |(He went.) |End",
                "“그만.” |그녀가 멈췄다. |『끝?』 |네",
                "这是第一句。|这是第二句！|真的吗？|是",
                "Wait... |What?! |No!! |Oh… |Well",
                "1. First entry. |2. Second entry. |Done",
                "first line\n|second line\n|\n|third",
                "She said yes.\n|He said no.",
                "A.B is no end, nor is a.b",
                "No end at all",
                "네. |",
                "😀. |😀! |😀",
            })
    void sentencesEndWhereAReaderWouldPause(String sentences) {
        List<String> expected = Arrays.asList(sentences.split("\\|", 0));

        List<String> units = units(TokenUnit.SENTENCE, List.of(sentences.replace("|", "")));

        assertThat(units).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "one |two |three",
                "  leading |spaces",
                "many   |spaces",
                "line\n|break\t|tab",
                "한 |어절 |씩",
                "word",
                "word |",
            })
    void wordsEndBehindTheFirstWhiteSpaceAfterThem(String words) {
        List<String> units = units(TokenUnit.WORD, List.of(words.replace("|", "")));

        assertThat(String.join("", units)).isEqualTo(words.replace("|", ""));
        assertThat(units).allSatisfy(unit -> assertThat(unit.strip()).doesNotContainPattern("\\s"));
    }

    @Test
    void linesEndBehindTheirLineFeed() {
        List<String> units = units(TokenUnit.LINE, List.of("one\r\nt", "wo\n\nthr", "ee"));

        assertThat(units).containsExactly("one\r\n", "two\n", "\n", "three");
    }

    @Test
    void tokensAreHandedOnAsTheyCome() {
        List<String> units = units(TokenUnit.TOKEN, List.of("가", "", "나 다", ". "));

        assertThat(units).containsExactly("가", "나 다", ". ");
    }

    @ParameterizedTest
    @EnumSource
    void halfAPairWaitsForItsOtherHalf(TokenUnit unit) {
        TokenSplitter splitter = new TokenSplitter(unit);
        List<String> units = new ArrayList<>();

        splitter.accept("\ud83d", units::add);
        assertThat(units).isEmpty();
        splitter.accept("\ude00\n", units::add);

        assertThat(units).containsExactly("😀\n");
    }

    @ParameterizedTest
    @EnumSource
    void halfAPairThatStaysAloneIsHandedOnInTheEnd(TokenUnit unit) {
        assertThat(units(unit, List.of("a\ud83d"))).last().asString().endsWith("\ud83d");
        assertThat(String.join("", units(unit, List.of("a\ud83d", "b")))).isEqualTo("a\ud83db");
    }

    @ParameterizedTest
    @EnumSource
    void aMillionCharactersWithoutAnEndAreNoMoreWorkThanTheyHaveToBe(TokenUnit unit) {
        TokenSplitter splitter = new TokenSplitter(unit);
        List<String> units = new ArrayList<>();

        assertTimeout(Duration.ofSeconds(5), () -> {
            for (int piece = 0; piece < 250_000; piece++) {
                splitter.accept("가.나,", units::add);
            }
            splitter.flush(units::add);
        });

        assertThat(units.stream().mapToInt(String::length).sum()).isEqualTo(1_000_000);
    }

    @ParameterizedTest
    @EnumSource
    void aMillionCharactersThatAreAllEndsAreNoMoreWorkThanTheyHaveToBe(TokenUnit unit) {
        TokenSplitter splitter = new TokenSplitter(unit);
        List<String> units = new ArrayList<>();

        assertTimeout(Duration.ofSeconds(5), () -> {
            splitter.accept("1. \n".repeat(250_000), units::add);
            splitter.flush(units::add);
        });

        assertThat(units.stream().mapToInt(String::length).sum()).isEqualTo(1_000_000);
    }

    @Test
    void aMillionSignsBeforeAFullStopAreNoMoreWorkThanTheyHaveToBe() {
        String signs = "-".repeat(1_000_000) + ". ";

        List<String> units =
                assertTimeout(Duration.ofSeconds(5), () -> units(TokenUnit.SENTENCE, List.of(signs, "More")));

        assertThat(units).containsExactly(signs, "More");
    }

    @Property(tries = 2000)
    void theUnitsTogetherAreTheText(@ForAll TokenUnit unit, @ForAll("pieces") List<String> pieces) {
        List<String> units = units(unit, pieces);

        assertThat(String.join("", units)).isEqualTo(String.join("", pieces));
        assertThat(units).doesNotContain("");
    }

    @Property(tries = 2000)
    void howATextIsCutDoesNotChangeItsUnits(@ForAll("pieces") List<String> pieces) {
        for (TokenUnit unit : List.of(TokenUnit.WORD, TokenUnit.SENTENCE, TokenUnit.LINE)) {
            String text = String.join("", pieces);
            List<String> characters =
                    text.chars().mapToObj(each -> String.valueOf((char) each)).toList();

            assertThat(units(unit, pieces))
                    .isEqualTo(units(unit, List.of(text)))
                    .isEqualTo(units(unit, characters));
        }
    }

    @Property(tries = 2000)
    void noUnitEndsInHalfAPair(@ForAll TokenUnit unit, @ForAll("pieces") List<String> pieces) {
        List<String> units = units(unit, pieces);

        for (int at = 0; at + 1 < units.size(); at++) {
            boolean splits =
                    Character.isHighSurrogate(units.get(at).charAt(units.get(at).length() - 1))
                            && Character.isLowSurrogate(units.get(at + 1).charAt(0));
            assertThat(splits).isFalse();
        }
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.of(
                        "가", "을", "입니다", "a", "Dr", "e", "g", "1", "3", ".", ".", "!", "?", "…", "。", "！", " ", " ",
                        "\n", "\r\n", "\t", "\"", "”", ")", "😀", "\ud83d", "\ude00", "", "U.S", "no", "word")
                .list()
                .ofMaxSize(30);
    }

    private static List<String> units(TokenUnit unit, List<String> pieces) {
        TokenSplitter splitter = new TokenSplitter(unit);
        List<String> units = new ArrayList<>();
        pieces.forEach(piece -> splitter.accept(piece, units::add));
        splitter.flush(units::add);
        return units;
    }
}
