package io.github.camelclova.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.transport.SseDecoder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenReaderTest {

    private static final String PLAIN =
            "{\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"seed\":7,\"usage\":null}";

    /** One reader for all of them, as in a stream. */
    private static List<String> texts(List<String> documents) {
        TokenReader reader = new TokenReader();
        List<String> texts = new ArrayList<>();
        SseDecoder decoder =
                new SseDecoder(event -> texts.add(reader.plainText(event, TokenReader.Holder.MESSAGE)), 1 << 20);
        documents.forEach(document -> decoder.feed(ByteBuffer.wrap(("data:" + document + "\n\n").getBytes(UTF_8))));
        return texts;
    }

    private static String plain(String literal) {
        return PLAIN.formatted(literal);
    }

    @Test
    void eventsThatDifferInTheirTextAloneAreRead() {
        List<String> texts = texts(List.of(plain("안"), plain("녕하세요"), plain(""), plain("!"), plain("🙂 b")));

        assertThat(texts).containsExactly("안", "녕하세요", "", "!", "🙂 b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\n", "a\\\"b", "\\u00e9", "\\\\"})
    void aTextWithEscapesIsReadBetweenOthers(String escaped) {
        List<String> texts = texts(List.of(plain("a"), plain(escaped), plain("b"), plain(escaped)));

        assertThat(texts).containsExactly("a", texts.get(1), "b", texts.get(1)).doesNotContain(escaped);
    }

    @Test
    void aTextCannotPretendToBeTheRestOfItsEvent() {
        String endsEarly = plain("b\"},\"seed\":7,\"usage\":null},{\"message\":{\"content\":\"c");
        String tellsMore = plain("b\",\"thinkingContent\":\"c");

        assertThat(texts(List.of(plain("a"), tellsMore))).containsExactly("a", null);
        assertThat(texts(List.of(plain("a"), endsEarly)).get(1)).isNotEqualTo("b\"},{\"message\":{\"content\":\"c");
    }

    @Test
    void anEventWithMoreThanTextIsNotPlainAfterPlainOnes() {
        String last = plain("c").replace("\"usage\":null", "\"usage\":{\"totalTokens\":3}");

        assertThat(texts(List.of(plain("a"), plain("b"), last, plain("d")))).containsExactly("a", "b", null, "d");
    }

    @Test
    void spaceAroundADocumentDoesNotMisleadTheReader() {
        List<String> texts = texts(List.of("  " + plain("a"), "  " + plain("b"), plain("c"), " " + plain("d") + " "));

        assertThat(texts).containsExactly("a", "b", "c", "d");
    }

    /** It may also leave an event to whoever reads documents, as after one that is malformed. */
    @Property
    void aReaderWithAPastReadsNothingElseThanAFreshOne(@ForAll("documents") List<String> documents) {
        List<String> texts = texts(documents);

        for (int i = 0; i < documents.size(); i++) {
            assertThat(texts.get(i)).isIn(texts(documents.subList(i, i + 1)).get(0), null);
        }
    }

    @Provide
    Arbitrary<List<String>> documents() {
        return Arbitraries.of(
                        plain("a"),
                        plain("안녕"),
                        plain(""),
                        plain("a\\nb"),
                        plain("message"),
                        plain("x").replace("7", "8"),
                        plain("x").replace("{\"message", " {\"message"),
                        plain("x").replace(":", " : "),
                        plain("x").replace("}", ",\"content\":\"y\"}"),
                        plain("x").replace("content", "other"),
                        plain("x").replace("null", "{}"),
                        plain("x").substring(1),
                        plain("x") + plain("y"),
                        "{\"message\":{\"content\":[{\"content\":\"x\"}]}}",
                        "{\"message\":{\"content\":\"x\",\"content\":\"y\"}}",
                        "{\"message\":{\"content\":\"z\",\"content\":\"y\"}}",
                        "[DONE]",
                        "{}",
                        "")
                .list()
                .ofMaxSize(8);
    }
}
