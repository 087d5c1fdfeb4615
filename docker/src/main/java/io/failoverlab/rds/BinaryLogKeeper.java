package io.failoverlab.rds;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the binary logs of a database with its backups, and then removes them from its servers, which RDS does as soon as it can:
 * once they are kept, and every server that follows has what is in them (RDS User Guide, "Configuring MySQL binary logging").
 */
final class BinaryLogKeeper {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);
    private static final String EXECUTED = "SELECT @@GLOBAL.gtid_executed";
    private static final String SERVER = "SELECT @@server_uuid";

    private static final String RECEIVED = """
            SELECT RECEIVED_TRANSACTION_SET FROM performance_schema.replication_connection_status
            WHERE CHANNEL_NAME = '' AND SERVICE_STATE = 'ON'""";

    private final String database;
    private final Backups.Servers servers;
    private final BackupStore store;
    private final Set<String> kept = new HashSet<>();
    private final Map<String, PurgeMarks> marks = new HashMap<>();

    BinaryLogKeeper(String database, Backups.Servers servers, BackupStore store) {
        this.database = database;
        this.servers = servers;
        this.store = store;
    }

    /**
     * Keeps what was written since the last time: all that was committed before this began is kept when it returns.
     *
     * @param ship false where there are no backups; then nobody but the followers needs a log
     */
    void round(boolean ship) throws SQLException {
        DbInstance writer = servers.writer().get();
        List<DbInstance> followers =
                servers.followers().get().stream().filter(it -> it != writer).toList();
        Map<DbInstance, GtidSet> received = new HashMap<>();
        followers.forEach(it -> received.put(it, received(it)));
        GtidSet shipped;
        try (Connection connection = writer.administer(ANSWER_LIMIT)) {
            shipped = GtidSet.parse(Sql.value(connection, EXECUTED));
            List<String> logs = rotated(connection);
            if (ship) {
                ship(writer, database + "/" + Sql.value(connection, SERVER), logs);
            }
            purge(connection, logs.getLast(), List.copyOf(received.values()));
        }
        for (DbInstance follower : followers) {
            if (!received.get(follower).isEmpty()) {
                List<GtidSet> needed = new ArrayList<>(List.of(shipped));
                followers.stream()
                        .filter(it -> it != follower)
                        .map(received::get)
                        .forEach(needed::add);
                purge(follower, needed);
            }
        }
    }

    private void ship(DbInstance writer, String folder, List<String> logs) {
        List<String> complete = logs.subList(0, logs.size() - 1).stream()
                .filter(log -> !kept.contains(folder + "/" + log))
                .toList();
        if (!complete.isEmpty()) {
            store.ship(writer.instance().container(), folder, complete);
        }
        // What a server has no more is not asked for again.
        kept.clear();
        logs.subList(0, logs.size() - 1).forEach(log -> kept.add(folder + "/" + log));
    }

    /** All logs, of which the last one is as good as empty. */
    private static List<String> rotated(Connection connection) throws SQLException {
        List<String> logs = Sql.column(connection, "SHOW BINARY LOGS");
        // The first two events of each are its head.
        String events = "SHOW BINLOG EVENTS IN '" + logs.getLast() + "' LIMIT 3";
        if (Sql.column(connection, events).size() <= 2) {
            return logs;
        }
        Sql.execute(connection, "FLUSH BINARY LOGS");
        return Sql.column(connection, "SHOW BINARY LOGS");
    }

    /** Empty if it does not follow now, or does not say: then nobody knows what it needs. */
    private static GtidSet received(DbInstance follower) {
        try (Connection connection = follower.administer(ANSWER_LIMIT)) {
            List<String> received = Sql.column(connection, RECEIVED);
            return received.isEmpty()
                    ? new GtidSet()
                    : GtidSet.parse(Sql.value(connection, EXECUTED) + "," + received.getFirst());
        } catch (SQLException unknown) {
            return new GtidSet();
        }
    }

    private void purge(DbInstance follower, List<GtidSet> needed) {
        try (Connection connection = follower.administer(ANSWER_LIMIT)) {
            purge(connection, rotated(connection).getLast(), needed);
        } catch (SQLException later) {
            // It is not there now; its logs are looked at in the next round.
        }
    }

    private void purge(Connection connection, String open, List<GtidSet> needed) throws SQLException {
        PurgeMarks own = marks.computeIfAbsent(Sql.value(connection, SERVER), server -> new PurgeMarks());
        own.add(open, GtidSet.parse(Sql.value(connection, EXECUTED)));
        var upTo = own.passed(needed);
        if (upTo.isPresent()) {
            Sql.execute(connection, "PURGE BINARY LOGS TO '" + upTo.get() + "'");
        }
    }
}
