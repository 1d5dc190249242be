package io.github.camelclova.examples.kafkapipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenTextsTest {

    private final TokenTexts texts = new TokenTexts();

    @Test
    void showsWhatHasComeAndHandsTheWholeOnWithItsResult() {
        assertThat(token("one", 0, "안")).isNull();
        assertThat(token("one", 1, "녕")).isNull();

        assertThat(texts.soFar("questions-0-7")).isEqualTo("안녕");
        assertThat(texts.add("questions-0-7", "one", "result", null, "안녕!")).isEqualTo("안녕!");
        assertThat(texts.soFar("questions-0-7")).isEmpty();
    }

    @Test
    void aTokenThatComesTwiceCountsOnce() {
        token("one", 0, "안");
        token("one", 0, "안");
        token("one", 1, "녕");
        token("one", 1, "녕");

        assertThat(texts.soFar("questions-0-7")).isEqualTo("안녕");
    }

    @Test
    void theTokensOfADeadNodeDoNotMixWithThoseOfTheNextTry() {
        token("dead", 0, "Hel");
        token("next", 0, "Good ");
        token("dead", 1, "lo");
        token("next", 1, "morning");

        assertThat(texts.soFar("questions-0-7")).isEqualTo("Good morning");
    }

    @Test
    void whatBrokeOffIsForgotten() {
        token("one", 0, "Hel");

        texts.add("questions-0-7", "one", "error", null, "Hel");

        assertThat(texts.soFar("questions-0-7")).isEmpty();
    }

    @Test
    void anErrorOfWhichNoTokenCameIsNoFailure() {
        assertThat(texts.add("questions-0-7", "one", "error", null, "")).isNull();
    }

    private String token(String stream, int index, String text) {
        return texts.add("questions-0-7", stream, "token", index, text);
    }
}
