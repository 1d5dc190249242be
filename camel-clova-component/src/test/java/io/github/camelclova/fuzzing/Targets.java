package io.github.camelclova.fuzzing;

import io.github.camelclova.chat.ImageSize;
import io.github.camelclova.protocol.ProtocolTargets;
import io.github.camelclova.transport.TransportTargets;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** All that reads bytes from outside. */
public enum Targets {
    EVENTS,
    GZIP,
    HEAD,
    STREAMS,
    DOCUMENTS,
    MESSAGES,
    CONVERSATIONS,
    IMAGES;

    /** Throws whatever is wrong with what came of these bytes. */
    void feed(byte[] bytes) {
        switch (this) {
            case EVENTS -> TransportTargets.events(bytes);
            case GZIP -> TransportTargets.gzip(bytes);
            case HEAD -> TransportTargets.head(bytes);
            case STREAMS -> ProtocolTargets.streams(bytes);
            case DOCUMENTS -> ProtocolTargets.documents(bytes);
            case MESSAGES -> ProtocolTargets.messages(bytes);
            case CONVERSATIONS -> ProtocolTargets.conversations(bytes);
            case IMAGES -> image(bytes);
        }
    }

    private static void image(byte[] bytes) {
        ImageSize.of(ByteBuffer.wrap(bytes)).ifPresent(size -> {
            if (size.width() < 1 || size.height() < 1) {
                throw new AssertionError(size);
            }
        });
    }

    /** For a fuzzer that brings its own bytes: the first one chooses the target. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > 0) {
            values()[Math.floorMod(input[0], values().length)].feed(Arrays.copyOfRange(input, 1, input.length));
        }
    }
}
