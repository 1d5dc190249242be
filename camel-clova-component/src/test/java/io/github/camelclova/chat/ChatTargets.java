package io.github.camelclova.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What may be fed with any bytes, and what must then be true. */
public final class ChatTargets {

    private ChatTargets() {}

    /** The size of an image is told in pixels or not at all. */
    public static void images(byte[] image) {
        ImageSize.of(ByteBuffer.wrap(image)).ifPresent(size -> {
            assertThat(size.width()).isPositive();
            assertThat(size.height()).isPositive();
        });
    }

    /** Units together are the text, never end within a pair, and are the same in any pieces unless pieces are the unit. */
    public static void units(byte[] bytes) {
        // What is no UTF-8 becomes half a pair, which a service can send as an escape.
        String text = new String(bytes, UTF_8).replace('\uFFFD', '\uD83D');
        for (TokenUnit unit : TokenUnit.values()) {
            List<String> whole = units(unit, text, text.length() + 1);
            for (int size = 1; size <= 3; size++) {
                List<String> units = units(unit, text, size);

                assertThat(String.join("", units)).isEqualTo(text);
                assertThat(units).doesNotContain("");
                assertNoPairIsSplit(units);
                if (unit != TokenUnit.TOKEN) {
                    assertThat(units).isEqualTo(whole);
                }
            }
        }
    }

    private static List<String> units(TokenUnit unit, String text, int pieceSize) {
        List<String> units = new ArrayList<>();
        TokenSplitter splitter = new TokenSplitter(unit);
        for (int at = 0; at < text.length(); at += pieceSize) {
            splitter.accept(text.substring(at, Math.min(text.length(), at + pieceSize)), units::add);
        }
        splitter.flush(units::add);
        return units;
    }

    private static void assertNoPairIsSplit(List<String> units) {
        for (int next = 1; next < units.size(); next++) {
            String before = units.get(next - 1);
            char last = before.charAt(before.length() - 1);
            assertThat(Character.isSurrogatePair(last, units.get(next).charAt(0)))
                    .isFalse();
        }
    }
}
