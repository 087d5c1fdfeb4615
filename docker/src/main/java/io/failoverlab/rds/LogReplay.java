package io.failoverlab.rds;

import io.failoverlab.clock.LabScheduler;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Brings a restored server up to a point in time: it applies the binary logs that its start has laid out as relay logs, exactly
 * the transactions that are wanted, and skips those that the snapshot has.
 */
public final class LogReplay {
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(30);
    private static final Duration APPLY_LIMIT = Duration.ofMinutes(10);

    /** The default channel can be that of the standby that the snapshot was taken of. */
    private static final String CHANNEL = " FOR CHANNEL 'restore'";

    private LogReplay() {}

    /** Makes a server of its own of one that was a standby; it goes on as it is otherwise. */
    public static void standAlone(DbInstance server) {
        try (Connection connection = server.administer(STATEMENT_LIMIT)) {
            Sql.execute(connection, "RESET REPLICA ALL FOR CHANNEL ''");
        } catch (SQLException failure) {
            throw new BackupFailed(
                    "the replication of the snapshot's server did not end: " + failure.getMessage(), failure);
        }
    }

    /** @throws BackupFailed with MySQL's words, unless all of it was applied, and nothing else */
    public static void apply(DbInstance server, Replay replay, LabScheduler scheduler) {
        try (Connection connection = server.administer(STATEMENT_LIMIT)) {
            String missing = missing(connection, replay);
            if (missing.isEmpty()) {
                return;
            }
            Sql.execute(
                    connection,
                    "CHANGE REPLICATION SOURCE TO SOURCE_HOST = 'none', RELAY_LOG_FILE = 'relay-restore.000001',"
                            + " RELAY_LOG_POS = 4" + CHANNEL);
            Sql.execute(connection, "START REPLICA SQL_THREAD UNTIL SQL_AFTER_GTIDS = '" + missing + "'" + CHANNEL);
            scheduler.await(APPLY_LIMIT, () -> hasStopped(connection) ? Optional.of(true) : Optional.empty());
            String left = missing(connection, replay);
            if (!left.isEmpty()) {
                throw new BackupFailed("the transactions " + left + " were not applied: " + reason(connection));
            }
            Sql.execute(connection, "STOP REPLICA" + CHANNEL);
            Sql.execute(connection, "RESET REPLICA ALL" + CHANNEL);
        } catch (SQLException failure) {
            throw new BackupFailed("the binary logs were not applied: " + failure.getMessage(), failure);
        }
    }

    private static String missing(Connection connection, Replay replay) throws SQLException {
        return Sql.value(connection, "SELECT GTID_SUBTRACT('" + replay.transactions() + "', @@GLOBAL.gtid_executed)");
    }

    private static boolean hasStopped(Connection connection) {
        try {
            return Sql.value(
                            connection,
                            "SELECT SERVICE_STATE FROM performance_schema.replication_applier_status"
                                    + " WHERE CHANNEL_NAME = 'restore'")
                    .equals("OFF");
        } catch (SQLException gone) {
            return true;
        }
    }

    private static String reason(Connection connection) throws SQLException {
        List<String> errors = Sql.column(connection, """
                SELECT LAST_ERROR_MESSAGE FROM performance_schema.replication_applier_status_by_worker
                WHERE LAST_ERROR_NUMBER <> 0
                UNION SELECT LAST_ERROR_MESSAGE FROM performance_schema.replication_applier_status_by_coordinator
                WHERE LAST_ERROR_NUMBER <> 0""");
        return errors.isEmpty() ? "they took more than " + APPLY_LIMIT.toMinutes() + " min" : errors.getFirst();
    }
}
