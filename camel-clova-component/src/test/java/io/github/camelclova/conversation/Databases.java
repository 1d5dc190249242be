package io.github.camelclova.conversation;

import static org.junit.jupiter.api.Assumptions.abort;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** The databases that stores are tested on. Each is empty at first. */
public enum Databases {
    H2 {
        @Override
        public Running start() {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
            return new Running(source, () -> {});
        }
    },
    POSTGRESQL {
        @Override
        public Running start() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.start();
                return new Running(server.getPostgresDatabase(), () -> close(server));
            } catch (IOException | IllegalStateException notHere) {
                return abort("PostgreSQL cannot be started here: " + notHere.getMessage());
            }
        }
    };

    /** A database that is up. */
    public record Running(DataSource source, Runnable stop) implements AutoCloseable {

        @Override
        public void close() {
            stop.run();
        }
    }

    /** Skips the test where there is no such database. */
    public abstract Running start();

    private static void close(EmbeddedPostgres server) {
        try {
            server.close();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
