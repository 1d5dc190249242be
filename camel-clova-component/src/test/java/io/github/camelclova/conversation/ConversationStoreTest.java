package io.github.camelclova.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelclova.chat.ChatMessage;
import io.github.camelclova.chat.Conversation;
import io.github.camelclova.chat.ToolCall;
import io.github.camelclova.chat.Turn;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store promises, and what each does in its own way. */
class ConversationStoreTest {

    private static final List<Databases.Running> RUNNING = new ArrayList<>();

    /** A store of a kind; each call of {@code make} gives one on the same data. */
    record Kind(String name, Supplier<ConversationStore> make) {

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind> kinds() {
        MemoryConversationStore memory = new MemoryConversationStore();
        return Stream.concat(
                Stream.of(new Kind("memory", () -> memory)),
                Stream.of(Databases.values()).map(ConversationStoreTest::inDatabase));
    }

    private static Kind inDatabase(Databases database) {
        return new Kind(database.name(), () -> {
            Databases.Running running = database.start();
            RUNNING.add(running);
            return new JdbcConversationStore(running.source(), true);
        });
    }

    @AfterAll
    static void stopDatabases() {
        RUNNING.forEach(Databases.Running::close);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyStoreKeepsItsPromises(Kind kind) {
        ConversationStore store = kind.make().get();

        aConversationThatNobodySavedIsEmpty(store);
        whatWasSavedIsLoadedAsItWas(store);
        whoComesSecondSavesNothing(store);
        conversationsDoNotMix(store);
    }

    private static void aConversationThatNobodySavedIsEmpty(ConversationStore store) {
        assertThat(store.load("none")).isEqualTo(Conversation.EMPTY);
    }

    private static void whatWasSavedIsLoadedAsItWas(ConversationStore store) {
        Map<String, Object> arguments = new HashMap<>(Map.of("number", "KR-5512", "deep", Map.of("a", List.of(1, 2))));
        arguments.put("nothing", null);
        String json = "{\"number\":\"KR-5512\",\"deep\":{\"a\":[1,2]},\"nothing\":null}";
        Turn turn = new Turn(
                List.of(
                        ChatMessage.user("어디? '\"\\ \n\u0001 👍"),
                        ChatMessage.assistant("", List.of(new ToolCall("call_1", "find_parcel", arguments, json))),
                        ChatMessage.tool("call_1", "대전"),
                        ChatMessage.assistant("In Daejeon.")),
                42);
        Turn uncounted = new Turn(List.of(ChatMessage.user("a"), ChatMessage.assistant("b")), null);

        assertThat(store.save("rich", new Conversation(0, List.of(turn, uncounted))))
                .isTrue();

        assertThat(store.load("rich")).isEqualTo(new Conversation(1, List.of(turn, uncounted)));
    }

    private static void whoComesSecondSavesNothing(ConversationStore store) {
        assertThat(store.save("raced", turns(0, "first"))).isTrue();
        assertThat(store.save("raced", turns(0, "second"))).isFalse();
        assertThat(store.load("raced")).isEqualTo(turns(1, "first"));

        assertThat(store.save("raced", turns(1, "first", "second"))).isTrue();
        assertThat(store.save("raced", turns(1, "first", "third"))).isFalse();
        assertThat(store.save("raced", turns(7, "first", "third"))).isFalse();
        assertThat(store.load("raced")).isEqualTo(turns(2, "first", "second"));
    }

    private static void conversationsDoNotMix(ConversationStore store) {
        store.save("a", turns(0, "one"));
        store.save("A", turns(0, "two"));

        assertThat(store.load("a")).isEqualTo(turns(1, "one"));
        assertThat(store.load("A")).isEqualTo(turns(1, "two"));
    }

    // ---- in memory

    @Test
    void theOneThatWasUsedLongestAgoIsForgottenFirst() {
        MemoryConversationStore store = new MemoryConversationStore(2, Duration.ofHours(1));
        store.save("a", turns(0, "one"));
        store.save("b", turns(0, "two"));
        store.load("a");

        store.save("c", turns(0, "three"));

        assertThat(store.load("b")).isEqualTo(Conversation.EMPTY);
        assertThat(store.load("a")).isEqualTo(turns(1, "one"));
        assertThat(store.load("c")).isEqualTo(turns(1, "three"));
    }

    @Test
    void aConversationLastsAsLongAsItIsUsed() {
        AtomicLong now = new AtomicLong();
        MemoryConversationStore store = new MemoryConversationStore(9, Duration.ofNanos(10), now::get);
        store.save("used", turns(0, "one"));
        store.save("unused", turns(0, "two"));

        now.set(10);
        assertThat(store.load("used")).isEqualTo(turns(1, "one"));
        now.set(11);

        assertThat(store.load("used")).isEqualTo(turns(1, "one"));
        assertThat(store.load("unused")).isEqualTo(Conversation.EMPTY);
        assertThat(store.save("unused", turns(1, "two", "late"))).isFalse();
    }

    @Test
    void aStoreForNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemoryConversationStore(0, Duration.ofHours(1)))
                .withMessageContaining("maxConversations 0 is less than 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MemoryConversationStore(1, Duration.ZERO))
                .withMessageContaining("timeToLive");
    }

    // ---- in a database

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "t;drop table x", "a.b.c", "t--", "1t"})
    void aTableHasAPlainName(String table) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new JdbcConversationStore(new JdbcDataSource(), true, table))
                .withMessageContaining("table of the conversations");
    }

    @Test
    void theTableIsMadeOnceAndOnRequestOnly() {
        try (Databases.Running database = Databases.H2.start()) {
            assertThatThrownBy(() -> new JdbcConversationStore(database.source()).load("a"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the table clova_conversation cannot be used");

            new JdbcConversationStore(database.source(), true).save("a", turns(0, "one"));
            new JdbcConversationStore(database.source(), true);

            assertThat(new JdbcConversationStore(database.source()).load("a")).isEqualTo(turns(1, "one"));
        }
    }

    @Test
    void whatNobodyUsesCanBeDeleted() {
        try (Databases.Running database = Databases.H2.start()) {
            JdbcConversationStore store = new JdbcConversationStore(database.source(), true, "chats");
            store.save("old", turns(0, "one"));

            assertThat(store.deleteUnusedSince(Instant.now().minusSeconds(60))).isZero();
            assertThat(store.deleteUnusedSince(Instant.now().plusSeconds(60))).isEqualTo(1);

            assertThat(store.load("old")).isEqualTo(Conversation.EMPTY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDataSourceThatDoesNotCommitByItselfIsCommitted(Databases kind) {
        try (Databases.Running database = kind.start()) {
            new JdbcConversationStore(database.source(), true);
            DataSource source = database.source();
            DataSource manual = (DataSource) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                        Connection connection = source.getConnection();
                        connection.setAutoCommit(false);
                        return connection;
                    });

            new JdbcConversationStore(manual).save("a", turns(0, "one"));

            assertThat(new JdbcConversationStore(source).load("a")).isEqualTo(turns(1, "one"));
            assertThat(new JdbcConversationStore(manual).save("a", turns(0, "another")))
                    .isFalse();
            assertThat(new JdbcConversationStore(source).load("a")).isEqualTo(turns(1, "one"));
        }
    }

    /** As MySQL does unless it is told otherwise, and for ids that only the routes tell apart. */
    @Test
    void aDatabaseThatIsBlindForCaseMixesNoConversations() {
        try (Databases.Running database = Databases.H2.start()) {
            JdbcDataSource blind = (JdbcDataSource) database.source();
            blind.setURL(blind.getURL() + ";IGNORECASE=TRUE");
            JdbcConversationStore store = new JdbcConversationStore(blind, true);
            store.save("kim", turns(0, "one"));

            assertThat(store.load("KIM")).isEqualTo(Conversation.EMPTY);
            assertThat(store.save("KIM", turns(0, "two"))).isFalse();

            assertThat(store.load("kim")).isEqualTo(turns(1, "one"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void nodesInDifferentZonesAgreeOnTheTime(Databases kind) {
        TimeZone here = TimeZone.getDefault();
        try (Databases.Running database = kind.start()) {
            JdbcConversationStore store = new JdbcConversationStore(database.source(), true);
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
            store.save("a", turns(0, "one"));

            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Seoul"));

            assertThat(store.deleteUnusedSince(Instant.now().minusSeconds(60))).isZero();
            assertThat(store.deleteUnusedSince(Instant.now().plusSeconds(60))).isEqualTo(1);
        } finally {
            TimeZone.setDefault(here);
        }
    }

    @Test
    void aRowThatIsNoneOfOursIsNotQuoted() throws SQLException {
        try (Databases.Running database = Databases.H2.start();
                Connection connection = database.source().getConnection()) {
            JdbcConversationStore store = new JdbcConversationStore(database.source(), true);
            connection
                    .createStatement()
                    .execute("INSERT INTO clova_conversation VALUES ('a', 1, 'my secret', CURRENT_TIMESTAMP)");

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> store.load("a"))
                    .withMessage("the kept conversation is malformed JSON")
                    .withNoCause();
        }
    }

    private static Conversation turns(long version, String... texts) {
        return new Conversation(
                version,
                Stream.of(texts)
                        .map(text -> new Turn(List.of(ChatMessage.user(text)), 1))
                        .toList());
    }
}
