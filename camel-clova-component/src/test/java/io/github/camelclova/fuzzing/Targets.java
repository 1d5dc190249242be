package io.github.camelclova.fuzzing;

import io.github.camelclova.DoorTargets;
import io.github.camelclova.chat.ChatTargets;
import io.github.camelclova.protocol.ProtocolTargets;
import io.github.camelclova.transport.TransportTargets;
import java.util.Arrays;
import java.util.List;

/** All that reads bytes from outside. */
public enum Targets {
    EVENTS,
    GZIP,
    HEAD,
    PAUSES,
    STREAMS,
    TOKENS,
    REPLIES,
    OPERATIONS,
    ARGUMENTS,
    MESSAGES,
    CONVERSATIONS,
    UNITS,
    IMAGES,
    HEADERS;

    private static List<Targets> fuzzed = List.of();

    /** Throws whatever is wrong with what came of these bytes. */
    void feed(byte[] bytes) {
        switch (this) {
            case EVENTS -> TransportTargets.events(bytes);
            case GZIP -> TransportTargets.gzip(bytes);
            case HEAD -> TransportTargets.head(bytes);
            case PAUSES -> TransportTargets.pauses(bytes);
            case STREAMS -> ProtocolTargets.streams(bytes);
            case TOKENS -> ProtocolTargets.tokens(bytes);
            case REPLIES -> ProtocolTargets.replies(bytes);
            case OPERATIONS -> ProtocolTargets.operations(bytes);
            case ARGUMENTS -> ProtocolTargets.arguments(bytes);
            case MESSAGES -> ProtocolTargets.messages(bytes);
            case CONVERSATIONS -> ProtocolTargets.conversations(bytes);
            case UNITS -> ChatTargets.units(bytes);
            case IMAGES -> ChatTargets.images(bytes);
            case HEADERS -> DoorTargets.headers(bytes);
        }
    }

    /** For Jazzer, which then calls the other one. */
    public static void fuzzerInitialize(String[] names) {
        fuzzed = Arrays.stream(names).map(Targets::valueOf).toList();
    }

    public static void fuzzerTestOneInput(byte[] bytes) {
        if (bytes.length > 0) {
            Input input = Input.of(bytes, fuzzed);
            input.target().feed(input.fed());
        }
    }

    /** What Jazzer knows as one: the first byte chooses one of the targets, and the others are for it. */
    @SuppressWarnings("ArrayRecordComponent") // Two inputs are never compared.
    record Input(Targets target, byte[] fed) {

        static Input of(byte[] bytes, List<Targets> targets) {
            return new Input(
                    targets.get(Math.floorMod(bytes[0], targets.size())), Arrays.copyOfRange(bytes, 1, bytes.length));
        }

        static byte[] bytes(int target, byte[] fed) {
            byte[] bytes = new byte[fed.length + 1];
            bytes[0] = (byte) target;
            System.arraycopy(fed, 0, bytes, 1, fed.length);
            return bytes;
        }
    }
}
