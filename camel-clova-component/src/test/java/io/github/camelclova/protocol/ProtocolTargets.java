package io.github.camelclova.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelclova.chat.ClovaException;
import io.github.camelclova.chat.Turn;
import io.github.camelclova.transport.HttpReply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What may be fed with any bytes, and what must then be true. */
public final class ProtocolTargets {

    private static final Map<String, String> JSON = Map.of("content-type", "application/json");

    private static final int LONGEST_MESSAGE = 2000;

    private ProtocolTargets() {}

    /** A stream ends with an answer or a failure of ours, the same in any reads. */
    public static void streams(byte[] body) {
        for (Dialect dialect : Dialect.values()) {
            HeardStream whole = HeardStream.of(dialect, List.of(body));

            assertThat(HeardStream.of(dialect, reads(body)).toString()).isEqualTo(whole.toString());
        }
    }

    private static List<byte[]> reads(byte[] body) {
        List<byte[]> reads = new ArrayList<>();
        for (int at = 0; at < body.length; at += 5) {
            reads.add(Arrays.copyOfRange(body, at, Math.min(at + 5, body.length)));
        }
        return reads;
    }

    /** A document is an answer or a failure of ours that does not quote it. */
    public static void documents(byte[] body) {
        for (Dialect dialect : Dialect.values()) {
            for (int status : new int[] {200, 400, 429, 503}) {
                try {
                    assertThat(Codec.of(dialect).decode(new HttpReply(status, JSON, body), "r"))
                            .isNotNull();
                } catch (ClovaException refused) {
                    assertThat(refused).hasMessageContaining("request r");
                }
            }
        }
    }

    /** A list of messages is one or is refused as an argument, in a line of bounded length. */
    public static void messages(byte[] text) {
        try {
            assertThat(MessageList.parse(new String(text, UTF_8))).isNotNull();
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).hasSizeLessThan(LONGEST_MESSAGE).doesNotContain("\n", "\r");
        }
    }

    /** A kept conversation is one, and then is kept as it is, or is refused as an argument. */
    public static void conversations(byte[] text) {
        List<Turn> turns;
        try {
            turns = ConversationText.read(new String(text, UTF_8));
        } catch (IllegalArgumentException refused) {
            return;
        }
        assertThat(ConversationText.read(ConversationText.write(turns))).isEqualTo(turns);
    }
}
