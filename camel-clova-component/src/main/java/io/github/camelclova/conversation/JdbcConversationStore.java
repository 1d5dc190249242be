package io.github.camelclova.conversation;

import io.github.camelclova.chat.Conversation;
import io.github.camelclova.protocol.ConversationText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Calendar;
import java.util.Locale;
import java.util.TimeZone;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Keeps conversations in a table of a database, for several nodes. A conversation is one row: its id, its version, its turns
 * as JSON and when it was saved, in UTC. Rows stay until {@link #deleteUnusedSince} is called.
 *
 * <p>The data source is the caller's. Failures of the database are {@link IllegalStateException}s without what was said.
 */
public final class JdbcConversationStore implements ConversationStore {

    /** The name of the table unless another is given. */
    public static final String TABLE = "clova_conversation";

    private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?");
    private static final String DUPLICATE_KEY = "23";

    private final DataSource dataSource;
    private final String table;

    /** Uses the table {@value #TABLE}, which must be there. */
    public JdbcConversationStore(DataSource dataSource) {
        this(dataSource, false, TABLE);
    }

    /** Uses the table {@value #TABLE} and makes it now if asked to and it is not there. */
    public JdbcConversationStore(DataSource dataSource, boolean createTable) {
        this(dataSource, createTable, TABLE);
    }

    /**
     * Uses a table of another name.
     *
     * @param createTable whether to make the table now if it is not there
     * @param table letters, digits and underscores, with a schema and a dot before it where it needs one
     */
    public JdbcConversationStore(DataSource dataSource, boolean createTable, String table) {
        if (!TABLE_NAME.matcher(table).matches()) {
            throw new IllegalArgumentException(
                    "the table of the conversations has a name with other characters than letters, digits and underscores");
        }
        this.dataSource = dataSource;
        this.table = table;
        if (createTable) {
            createTable();
        }
    }

    private void createTable() {
        inDatabase(connection -> {
            String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
            boolean isMySql = product.contains("mysql") || product.contains("mariadb");
            String id = isMySql ? "VARCHAR(200) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin" : "VARCHAR(200)";
            String text = product.contains("postgresql") ? "TEXT" : isMySql ? "LONGTEXT" : "CLOB";
            try (Statement create = connection.createStatement()) {
                return create.executeUpdate(
                        "CREATE TABLE IF NOT EXISTS %s (id %s PRIMARY KEY, version BIGINT NOT NULL, turns %s NOT NULL, saved_at TIMESTAMP NOT NULL)"
                                .formatted(table, id, text));
            }
        });
    }

    @Override
    public Conversation load(String id) {
        return inDatabase(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT version, turns, id FROM " + table + " WHERE id = ?")) {
                select.setString(1, id);
                try (ResultSet rows = select.executeQuery()) {
                    // A table that is blind for case, or for spaces at the end, would give somebody else's.
                    return rows.next() && rows.getString(3).equals(id)
                            ? new Conversation(rows.getLong(1), ConversationText.read(rows.getString(2)))
                            : Conversation.EMPTY;
                }
            }
        });
    }

    @Override
    public boolean save(String id, Conversation conversation) {
        return inDatabase(connection -> conversation.version() == 0
                ? insert(connection, id, conversation)
                : update(connection, id, conversation));
    }

    private boolean insert(Connection connection, String id, Conversation conversation) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO " + table + " (version, turns, saved_at, id) VALUES (1, ?, ?, ?)")) {
            insert.setString(1, ConversationText.write(conversation.turns()));
            insert.setTimestamp(2, Timestamp.from(Instant.now()), inUtc());
            insert.setString(3, id);
            return insert.executeUpdate() == 1;
        } catch (SQLException failure) {
            if (isDuplicateKey(failure)) {
                return false;
            }
            throw failure;
        }
    }

    private static boolean isDuplicateKey(SQLException failure) {
        return failure.getSQLState() != null && failure.getSQLState().startsWith(DUPLICATE_KEY);
    }

    private boolean update(Connection connection, String id, Conversation conversation) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE " + table
                + " SET version = version + 1, turns = ?, saved_at = ? WHERE id = ? AND version = ?")) {
            update.setString(1, ConversationText.write(conversation.turns()));
            update.setTimestamp(2, Timestamp.from(Instant.now()), inUtc());
            update.setString(3, id);
            update.setLong(4, conversation.version());
            return update.executeUpdate() == 1;
        }
    }

    /** The column has no zone, and nodes may be in different ones. A calendar is for one thread. */
    private static Calendar inUtc() {
        return Calendar.getInstance(TimeZone.getTimeZone("UTC"), Locale.ROOT);
    }

    /** Deletes the conversations that were saved before then, and returns how many. For a timer of the application. */
    public int deleteUnusedSince(Instant then) {
        return inDatabase(connection -> {
            try (PreparedStatement delete =
                    connection.prepareStatement("DELETE FROM " + table + " WHERE saved_at < ?")) {
                delete.setTimestamp(1, Timestamp.from(then), inUtc());
                return delete.executeUpdate();
            }
        });
    }

    private interface Work<T> {

        T in(Connection connection) throws SQLException;
    }

    /** Each piece of work is a transaction of its own, whatever the data source's connections are set to. */
    private <T> T inDatabase(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            boolean committed = connection.getAutoCommit();
            try {
                T done = work.in(connection);
                if (!committed) {
                    connection.commit();
                    committed = true;
                }
                return done;
            } finally {
                if (!committed) {
                    connection.rollback();
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("the table %s cannot be used".formatted(table), failure);
        }
    }
}
