package io.github.camelclova.conversation;

import io.github.camelclova.Race;
import io.github.camelclova.chat.Conversation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Of those who have loaded the same version one saves, and the others learn of it. */
@Tag("races")
class MemoryConversationStoreRaceTest {

    @Test
    void itComparesAndSetsAtOnce() {
        Race.asIfOneAfterTheOther(Operations.class, Versions.class);
    }

    @Param(name = "id", gen = IntGen.class, conf = "1:2")
    @Param(name = "version", gen = IntGen.class, conf = "0:1")
    public static final class Operations {

        private final MemoryConversationStore store = new MemoryConversationStore(2, Duration.ofHours(1), () -> 0);

        @Operation
        public long load(@Param(name = "id") int id) {
            return store.load(String.valueOf(id)).version();
        }

        @Operation
        public boolean save(@Param(name = "id") int id, @Param(name = "version") int version) {
            return store.save(String.valueOf(id), new Conversation(version, List.of()));
        }
    }

    /** What is to be true of the store, said without threads. */
    public static final class Versions {

        private final Map<Integer, Long> versions = new HashMap<>();

        public long load(int id) {
            return versions.getOrDefault(id, 0L);
        }

        public boolean save(int id, int version) {
            boolean isKept = load(id) == version;
            if (isKept) {
                versions.put(id, version + 1L);
            }
            return isKept;
        }
    }
}
