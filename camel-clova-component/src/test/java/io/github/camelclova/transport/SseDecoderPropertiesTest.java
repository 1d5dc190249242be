package io.github.camelclova.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.transport.Wire.Memory;
import java.io.ByteArrayOutputStream;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for every body, be it an event stream or not. */
class SseDecoderPropertiesTest {

    @Property(tries = 5000)
    void aBodyInOneReadGivesWhatTheStandardSays(@ForAll("bodies") byte[] body) {
        assertThat(Wire.decode(Wire.whole(body))).isEqualTo(ReferenceDecoder.decode(body));
    }

    @Property(tries = 5000)
    void noWayOfCuttingABodyChangesItsEvents(
            @ForAll("bodies") byte[] body, @ForAll("sizes") List<Integer> sizes, @ForAll Memory memory) {
        assertThat(Wire.decode(Wire.cut(body, sizes), memory)).isEqualTo(ReferenceDecoder.decode(body));
    }

    @Property(tries = 300)
    void noWayOfCuttingATranscriptChangesItsEvents(
            @ForAll("transcripts") Transcript transcript, @ForAll("sizes") List<Integer> sizes, @ForAll Memory memory) {
        byte[] body = transcript.body();

        assertThat(Wire.decode(Wire.cut(body, sizes), memory)).isEqualTo(ReferenceDecoder.decode(body));
    }

    @Provide
    Arbitrary<Transcript> transcripts() {
        return Arbitraries.of(Transcript.all());
    }

    /** Of reads, to be repeated until the body is used up; reads that bring nothing among them. */
    @Provide
    Arbitrary<List<Integer>> sizes() {
        return Arbitraries.frequencyOf(
                        Tuple.of(1, Arbitraries.just(0)),
                        Tuple.of(6, Arbitraries.integers().between(1, 4)),
                        Tuple.of(3, Arbitraries.integers().between(5, 80)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .filter(sizes -> sizes.stream().anyMatch(size -> size > 0));
    }

    /** Bodies of pieces that mean something to a decoder, in any order, with some noise. */
    @Provide
    Arbitrary<byte[]> bodies() {
        Arbitrary<String> lineEnd = Arbitraries.of("\\n", "\\n", "\\n\\n", "\\r", "\\r\\n", "\\r\\n\\r\\n", "\\n\\r");
        Arbitrary<String> field = Arbitraries.of(
                "data:", "data: ", "data", "event:", "event: ", "event", "id:", "id: ", "id", "retry: ", ":", "x:",
                "da");
        Arbitrary<String> value = Arbitraries.of(
                "",
                " ",
                ":",
                "token",
                "result",
                "signal",
                "[DONE]",
                "{\"a\":1}",
                "안녕",
                "한\\u1112\\u1161\\u11AB",
                "😀",
                "👩\\u200D👧",
                "7",
                "\\0",
                "\\uFEFF",
                "\\u2028");
        Arbitrary<String> broken = Arbitraries.of(
                "\\xEF", "\\xBB", "\\xBF", "\\xEC\\x95", "\\xF0\\x9F\\x98", "\\xFF", "\\xC0\\xAF", "\\x80");
        Arbitrary<String> anything = Arbitraries.integers().between(0, 255).map("\\x%02X"::formatted);
        Arbitrary<String> piece = Arbitraries.frequencyOf(
                Tuple.of(10, lineEnd),
                Tuple.of(9, field),
                Tuple.of(8, value),
                Tuple.of(2, broken),
                Tuple.of(1, anything));
        Arbitrary<String> mark = Arbitraries.of("", "", "\\uFEFF", "\\xEF\\xBB", "\\xEF", "\\uFEFF\\uFEFF");
        return piece.list()
                .ofMaxSize(40)
                .flatMap(pieces -> mark.map(first -> {
                    ByteArrayOutputStream body = new ByteArrayOutputStream();
                    body.writeBytes(Wire.bytes(first));
                    pieces.forEach(each -> body.writeBytes(Wire.bytes(each)));
                    return body.toByteArray();
                }));
    }
}
