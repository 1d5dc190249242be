package io.github.camelclova.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** However a stream is cut into reads, and wherever it breaks off. */
class StreamCutsPropertiesTest {

    @Property(tries = 1000)
    void noWayOfCuttingATranscriptChangesWhatItSays(
            @ForAll("transcripts") Body body, @ForAll("sizes") List<Integer> sizes) {
        assertThat(body.inReadsOf(sizes)).isEqualTo(body.inOneRead());
    }

    @Property(tries = 2000)
    void aTranscriptThatBreaksOffHasItsFirstTokensAndFailsOrIsWhole(
            @ForAll("transcripts") Body body, @ForAll("fractions") double fraction) {
        HeardStream whole = body.inOneRead();

        HeardStream broken = beginning(body, fraction).inOneRead();

        assertThat(whole.text()).startsWith(broken.text());
        if (broken.failure() == null) {
            assertThat(broken.text()).as("all of the text").isEqualTo(whole.text());
            assertThat(whole.failure()).isNull();
        }
    }

    private static Body beginning(Body body, double fraction) {
        int length = (int) (body.bytes().length * fraction);
        return new Body(body.name(), body.dialect(), Arrays.copyOf(body.bytes(), length));
    }

    /** Of those that go on after their end, one that breaks off is whole too early. */
    @Provide
    Arbitrary<Body> transcripts() {
        return Arbitraries.of(Body.transcripts().stream()
                .filter(body -> !body.name().endsWith("tokens-after-reason.sse"))
                .toList());
    }

    @Provide
    Arbitrary<List<Integer>> sizes() {
        return Arbitraries.integers().between(1, 300).list().ofMinSize(1).ofMaxSize(12);
    }

    @Provide
    Arbitrary<Double> fractions() {
        return Arbitraries.doubles().between(0, 1);
    }
}
