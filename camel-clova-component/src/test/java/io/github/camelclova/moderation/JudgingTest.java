package io.github.camelclova.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.camelclova.chat.Verdict;
import io.github.camelclova.moderation.Moderation.Unjudged;
import io.github.camelclova.moderation.ThresholdPolicy.Level;
import io.github.camelclova.moderation.ThresholdPolicy.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verdicts and rules as values; what becomes of a route's exchange is in the table of moderation. */
class JudgingTest {

    /** Scores of insult, discrimination and sexualHarassment; x for a missing category, f for a filter that failed. */
    private static List<Verdict> verdicts(String scores) {
        List<String> names = List.of("insult", "discrimination", "sexualHarassment");
        List<Verdict> verdicts = new ArrayList<>();
        String[] each = scores.split(" ", -1);
        for (int i = 0; i < each.length; i++) {
            if (each[i].equals("f")) {
                verdicts.add(new Verdict(names.get(i), 2, true, Map.of()));
            } else if (!each[i].equals("x")) {
                verdicts.add(new Verdict(names.get(i), Integer.valueOf(each[i]), false, Map.of()));
            }
        }
        return verdicts;
    }

    @ParameterizedTest
    @CsvSource({
        "2 2 2,  SAFE,     false",
        "2 1 2,  SUSPECT,  false",
        "1 1 1,  SUSPECT,  false",
        "2 2 0,  UNSAFE,   false",
        "0 1 2,  UNSAFE,   false",
        "2 2 -1, UNJUDGED, true",
        "1 2 -1, UNJUDGED, true",
        "0 2 -1, UNSAFE,   true",
        "2 2 x,  UNJUDGED, true",
        "x 2 2,  UNJUDGED, true",
        "2 x 1,  UNJUDGED, true",
        "0 x x,  UNSAFE,   true",
        "x x x,  UNJUDGED, true",
        "f 2 2,  UNJUDGED, true",
        "f 0 2,  UNSAFE,   true",
    })
    void theWorstOfTheVerdictsCountsAndNoneMayBeMissing(String scores, Safety safety, boolean leavesSomething) {
        assertThat(Safety.of(verdicts(scores))).isEqualTo(safety);
        assertThat(Safety.leavesSomethingUnjudged(verdicts(scores))).isEqualTo(leavesSomething);
    }

    @Test
    void withoutAFilterNothingIsJudged() {
        assertThat(Safety.of(null)).isEqualTo(Safety.UNJUDGED);
        assertThat(Safety.leavesSomethingUnjudged(null)).isTrue();
    }

    @Test
    void routesSeeLowerCase() {
        assertThat(Safety.UNJUDGED.headerValue()).isEqualTo("unjudged");
        assertThat(Coverage.PARTIAL.headerValue()).isEqualTo("partial");
    }

    @ParameterizedTest
    @CsvSource({"0, FULL", "1, FULL", "500, FULL", "501, PARTIAL"})
    void theFilterReadsFiveHundredCodePoints(int length, Coverage coverage) {
        assertThat(Coverage.of("가".repeat(length))).isEqualTo(coverage);
        assertThat(Coverage.of("😀".repeat(length))).isEqualTo(coverage);
    }

    @ParameterizedTest
    @CsvSource({
        "OFF,      0 0 0, ''",
        "MODERATE, 0 1 2, insult",
        "MODERATE, 1 1 2, ''",
        "MODERATE, 0 2 0, insult sexualHarassment",
        "STRICT,   0 1 2, insult discrimination",
        "STRICT,   2 2 -1, ''",
        "STRICT,   2 2 2, ''",
    })
    void aLevelFlagsFromItsHazardOn(Level level, String scores, String flagged) {
        assertThat(String.join(" ", new ThresholdPolicy(level, Map.of()).broken(verdicts(scores), "x")))
                .isEqualTo(flagged);
    }

    @ParameterizedTest
    @CsvSource({
        "STRICT,   NEVER,    0, false",
        "STRICT,   LIKELY,   1, false",
        "STRICT,   LIKELY,   0, true",
        "MODERATE, POSSIBLE, 1, true",
        "OFF,      POSSIBLE, 1, true",
        "OFF,      POSSIBLE, 2, false",
        "OFF,      LIKELY,   0, true",
    })
    void aThresholdWinsOverTheLevel(Level level, Threshold threshold, int score, boolean flagged) {
        ThresholdPolicy policy = new ThresholdPolicy(level, Map.of("insult", threshold));

        assertThat(policy.isOn()).isTrue();
        assertThat(policy.broken(verdicts(score + " 2 2"), "x").contains("insult"))
                .isEqualTo(flagged);
    }

    @Test
    void aPolicyIsOnWhenThereIsSomethingToEnforce() {
        assertThat(new ThresholdPolicy(Level.OFF, Map.of()).isOn()).isFalse();
        assertThat(new ThresholdPolicy(Level.MODERATE, Map.of()).isOn()).isTrue();
    }

    @Test
    void aCategoryThatIsListedTwiceIsNamedOnce() {
        List<Verdict> twice = new ArrayList<>(verdicts("0 2 2"));
        twice.addAll(verdicts("0"));

        assertThat(new ThresholdPolicy(Level.STRICT, Map.of()).broken(twice, "x"))
                .containsExactly("insult");
    }

    @ParameterizedTest
    @CsvSource({
        "2 2 2, FLAG, '',               false",
        "2 2 x, FLAG, unjudged,         false",
        "2 2 x, FAIL, unjudged,         true",
        "2 2 x, PASS, '',               false",
        "2 2 2, FAIL, '',               false",
        "0 2 x, FLAG, 'insult unjudged', false",
        "0 2 x, PASS, insult,           false",
    })
    void whatWasNotJudgedIsFlaggedFailedOrPassed(String scores, Unjudged unjudged, String reasons, boolean fails) {
        Moderation moderation = new Moderation(new ThresholdPolicy(Level.STRICT, Map.of()), unjudged, false);

        Judgement judgement = moderation.judge(verdicts(scores), "x");

        assertThat(moderation.isOn()).isTrue();
        assertThat(String.join(" ", judgement.reasons())).isEqualTo(reasons);
        assertThat(judgement.flagged()).isEqualTo(!reasons.isEmpty());
        assertThat(judgement.fails()).isEqualTo(fails);
    }

    @ParameterizedTest
    @CsvSource({"true, 501, partial", "true, 500, ''", "false, 501, ''"})
    void whatWasReadInPartIsFlaggedWhereThatIsAsked(boolean flagPartial, int length, String reasons) {
        Moderation moderation = new Moderation(new ThresholdPolicy(Level.STRICT, Map.of()), Unjudged.FLAG, flagPartial);

        Judgement judgement = moderation.judge(verdicts("2 2 2"), "가".repeat(length));

        assertThat(String.join(" ", judgement.reasons())).isEqualTo(reasons);
        assertThat(judgement.coverage()).isEqualTo(Coverage.of("가".repeat(length)));
    }

    @Test
    void withoutAPolicyVerdictsAreSummedUpAndNothingIsFlagged() {
        Moderation moderation = new Moderation(null, Unjudged.FAIL, true);

        Judgement judgement = moderation.judge(verdicts("0 2 x"), "가".repeat(501));

        assertThat(moderation.isOn()).isFalse();
        assertThat(judgement).isEqualTo(new Judgement(Safety.UNSAFE, List.of(), Coverage.PARTIAL, false));
    }

    @Test
    void aPolicyOfOnesOwnSeesNoVerdictsWhereThereAreNone() {
        Moderation moderation =
                new Moderation((verdicts, answer) -> List.of(verdicts.size() + " of " + answer), Unjudged.PASS, false);

        assertThat(moderation.judge(null, "x").reasons()).containsExactly("0 of x");
    }

    @Test
    void nothingIsAbsentThatIsNeeded() {
        assertThatNullPointerException()
                .isThrownBy(() -> new Moderation(null, null, false))
                .withMessage("unjudged");
        assertThatNullPointerException()
                .isThrownBy(() -> new ThresholdPolicy(null, Map.of()))
                .withMessage("level");
        assertThatNullPointerException()
                .isThrownBy(() -> new Judgement(null, List.of(), Coverage.FULL, false))
                .withMessage("safety");
        assertThatNullPointerException()
                .isThrownBy(() -> new Judgement(Safety.SAFE, List.of(), null, false))
                .withMessage("coverage");
    }
}
