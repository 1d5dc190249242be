package io.github.camelclova;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.FaultCalls.Face;
import io.github.camelclova.FaultCalls.Seen;
import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.ClovaLimitException;
import io.github.camelclova.chat.ClovaTimeoutException;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.camel.Message;

/** Compares what a route saw with what the table says. */
final class FaultOutcome {

    private FaultOutcome() {}

    static void assertOutcome(Seen seen, Fault fault, Spoken spoken, Face face) {
        try {
            if (fault.isNone()) {
                assertAnswer(seen, fault.tokens(), face);
            } else {
                assertFailed(seen, fault, face);
            }
            assertThat(seen.calls).as("calls made").hasValue(fault.calls());
            assertThat(seen.took).as("time").isBetween(fault.atLeast(), fault.atMost());
        } catch (AssertionError different) {
            // The reports of a build leave the names of rows out.
            throw new AssertionError(
                    "%s, %s, %s: %s".formatted(fault, spoken, face, different.getMessage()), different);
        }
    }

    static void assertGood(Seen seen, Face face) {
        assertAnswer(seen, List.of(Faults.ONE, Faults.TWO), face);
    }

    private static void assertAnswer(Seen seen, List<String> tokens, Face face) {
        assertThat(seen.failure).isNull();
        assertThat(seen.closing).hasSize(1);
        Message result = seen.closing.get(0);
        if (face != Face.JSON) {
            assertTokens(seen, tokens);
            assertThat(result.getHeader(ClovaConstants.EVENT_TYPE)).isEqualTo("result");
        }
        assertThat(result.getBody()).isEqualTo(String.join("", tokens));
    }

    private static void assertFailed(Seen seen, Fault fault, Face face) {
        assertThat(seen.failure).isInstanceOf(fault.failure());
        ClovaException failure = (ClovaException) seen.failure;
        assertThat(failure.getCode()).as("code").isEqualTo(fault.code());
        assertThat(failure.getStatusCode()).as("status").isEqualTo(fault.status());
        assertThat(option(failure)).as("option").isEqualTo(fault.option());
        assertTokens(seen, fault.tokens());
        assertThat(failure.getPartialText()).as("partial text").isEqualTo(fault.text());
        assertTellsNothing(failure);
        if (face == Face.PUSH) {
            assertThat(seen.closing).hasSize(1);
            assertThat(seen.closing.get(0).getHeader(ClovaConstants.EVENT_TYPE)).isEqualTo("error");
            assertThat(seen.closing.get(0).getBody()).isEqualTo(fault.text());
            assertThat(seen.caught).containsExactly(failure);
        } else {
            assertThat(seen.closing).isEmpty();
        }
    }

    private static void assertTokens(Seen seen, List<String> tokens) {
        assertThat(seen.tokens).containsExactlyElementsOf(tokens);
        assertThat(seen.indexes)
                .containsExactlyElementsOf(
                        IntStream.range(0, tokens.size()).boxed().toList());
    }

    private static String option(ClovaException failure) {
        if (failure instanceof ClovaTimeoutException timeout) {
            assertThat(timeout).hasMessageContaining(timeout.getOption());
            return timeout.getOption();
        }
        if (failure instanceof ClovaLimitException limit) {
            assertThat(limit).hasMessageContaining(limit.getOption());
            return limit.getOption();
        }
        return null;
    }

    /** Neither key, nor prompt, nor answer. */
    private static void assertTellsNothing(ClovaException failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            assertThat(String.valueOf(each.getMessage()))
                    .doesNotContain(FaultCalls.KEY, "hello", Faults.ONE.trim(), Faults.TWO);
        }
    }

    /** To be asked when nothing can come any more. */
    static void assertEndedOnce(Seen seen) {
        assertThat(seen.callbacks).as("callbacks").hasValue(1);
        assertThat(seen.closing.size()).as("closing messages").isLessThanOrEqualTo(1);
    }
}
