package io.failoverlab.rds;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What RDS's agent does on one server of a Multi-AZ database, over one connection that is kept: connecting anew would cost a
 * failover a part of its time. One thing at a time; every wait is bounded by the limit.
 */
public final class ServerAgent implements AutoCloseable {
    private static final Duration LONGEST_CLONE = Duration.ofSeconds(300);
    private static final int RESTART_IS_OTHERS_BUSINESS = 3707;
    private static final int NO_SUCH_CONNECTION = 1094;

    private final DbInstance server;
    private final Duration limit;
    private Connection connection;

    /**
     * What a standby says of its replication.
     *
     * @param source address of the server that it follows; empty if it follows none
     * @param receiving whether it is connected to its source
     * @param received GTIDs that its relay log has, or had
     * @param executed GTIDs that its data has
     * @param error why it does not go on; empty while it does
     */
    public record Replication(String source, boolean receiving, String received, String executed, String error) {
        /** Whether it receives and applies what its source writes. */
        boolean follows() {
            return receiving && error.isEmpty();
        }
    }

    /** @param limit of the wait for one answer */
    public ServerAgent(DbInstance server, Duration limit) {
        this.server = server;
        this.limit = limit;
    }

    public DbInstance server() {
        return server;
    }

    /** Throws {@link SQLException} unless it answers. */
    public void ping() throws SQLException {
        text("SELECT 1");
    }

    /**
     * Whether applications are let in, or will be at once: a server that started is shut, and read-only, until the lab opens it,
     * while one that {@link #endWaitingWritesUntold ends its writes} comes to be read-only last.
     */
    public boolean isOpen() throws SQLException {
        return text("SELECT @@offline_mode AND @@super_read_only").equals("0");
    }

    /** The table of the active check, which goes the way of every write. */
    public void prepareHeartbeat() throws SQLException {
        run("CREATE DATABASE IF NOT EXISTS lab");
        run("CREATE TABLE IF NOT EXISTS lab.heartbeat (id INT PRIMARY KEY, beat BIGINT NOT NULL)");
    }

    /** Writes; with a standby the write is acknowledged only if the standby has it. */
    public void beat(long number) throws SQLException {
        run("REPLACE INTO lab.heartbeat VALUES (1, " + number + ")");
    }

    /** Lets applications in; to write only if there may be writes. */
    public void open(boolean writes) throws SQLException {
        run("SET GLOBAL super_read_only = " + (writes ? "OFF" : "ON"));
        if (writes) {
            run("SET GLOBAL read_only = OFF");
        }
        run("SET GLOBAL offline_mode = OFF");
    }

    /** Whether a write waits for the acknowledgement of a standby. */
    public void waitForStandby(boolean on) throws SQLException {
        run("SET GLOBAL rpl_semi_sync_source_enabled = " + (on ? "ON" : "OFF"));
    }

    /** Whether a write waits for the acknowledgement of a standby, be there one or none. */
    public boolean makesWritesWait() throws SQLException {
        return text("SELECT @@GLOBAL.rpl_semi_sync_source_enabled").equals("1");
    }

    /**
     * Takes no write from here on, and waits for no standby. Writes that wait for one end, and nobody is told that they were
     * done: their clients' connections are closed first. Applications are let in again to read.
     */
    public void endWaitingWritesUntold() throws SQLException {
        // Not super_read_only: to set it waits for the very commits that wait for a standby.
        run("SET GLOBAL offline_mode = ON");
        killAdministratorsStatements();
        waitForStandby(false);
        open(false);
    }

    /** Whether no client's write is taken, be it the administrator's. */
    public boolean isReadOnly() throws SQLException {
        return text("SELECT @@GLOBAL.super_read_only").equals("1");
    }

    /** Their connections outlive the offline mode. */
    private void killAdministratorsStatements() throws SQLException {
        String own = text("SELECT CONNECTION_ID()");
        for (List<String> row : rows("SHOW PROCESSLIST")) {
            if (row.get(4).equals("Query") && !row.getFirst().equals(own)) {
                kill(row.getFirst());
            }
        }
    }

    private void kill(String id) throws SQLException {
        try {
            run("KILL " + id);
        } catch (SQLException failure) {
            if (failure.getErrorCode() != NO_SUCH_CONNECTION) {
                throw failure;
            }
        }
    }

    /** Whether writes wait for a standby that is there. */
    public boolean isWaitingForStandby() throws SQLException {
        Map<String, String> status = new HashMap<>();
        rows("SHOW GLOBAL STATUS LIKE 'Rpl_semi_sync_source_%'").forEach(row -> status.put(row.get(0), row.get(1)));
        return "ON".equals(status.get("Rpl_semi_sync_source_status"))
                && !"0".equals(status.getOrDefault("Rpl_semi_sync_source_clients", "0"));
    }

    /** Becomes the standby of a source that it has the data of. */
    public void follow(DbInstance source) throws SQLException {
        run("STOP REPLICA");
        changeSource(source);
        run("SET GLOBAL rpl_semi_sync_replica_enabled = ON");
        run("START REPLICA");
    }

    /** Becomes a read replica of a source that it has the data of: nobody waits for it. */
    void replicate(DbInstance source) throws SQLException {
        run("STOP REPLICA");
        changeSource(source);
        run("SET GLOBAL rpl_semi_sync_replica_enabled = OFF");
        run("START REPLICA");
    }

    private void changeSource(DbInstance source) throws SQLException {
        run("CHANGE REPLICATION SOURCE TO SOURCE_HOST = '" + source.address() + "', SOURCE_PORT = " + DbInstance.PORT
                + ", SOURCE_USER = '" + DbCredentials.REPLICATION + "', SOURCE_PASSWORD = '"
                + server.credentials().replicationPassword()
                + "', SOURCE_AUTO_POSITION = 1, GET_SOURCE_PUBLIC_KEY = 1, SOURCE_CONNECT_RETRY = 1,"
                + " SOURCE_RETRY_COUNT = 86400");
    }

    /** What {@code SHOW REPLICA STATUS} says, by its columns; empty if it replicates from nobody. */
    Map<String, String> replicaStatus() throws SQLException {
        synchronized (this) {
            try {
                return Sql.row(connected(), "SHOW REPLICA STATUS");
            } catch (SQLException lost) {
                disconnect();
                throw lost;
            }
        }
    }

    /** Neither receives nor applies. */
    void stopReplica() throws SQLException {
        run("STOP REPLICA");
    }

    /** Goes on with its source, and applies at once what it receives. */
    void startReplica() throws SQLException {
        applyAtOnce();
        run("START REPLICA");
    }

    /** Ends a delay of what it applies. */
    void applyAtOnce() throws SQLException {
        run("STOP REPLICA SQL_THREAD");
        run("CHANGE REPLICATION SOURCE TO SOURCE_DELAY = 0");
        run("START REPLICA SQL_THREAD");
    }

    /** As it is now. */
    public Replication replication() throws SQLException {
        synchronized (this) {
            try (Statement statement = connected().createStatement();
                    ResultSet row = statement.executeQuery("SHOW REPLICA STATUS")) {
                if (!row.next()) {
                    return new Replication("", false, "", executed(), "it is no replica");
                }
                String error = row.getString("Last_SQL_Error");
                boolean applying = "Yes".equals(row.getString("Replica_SQL_Running"));
                return new Replication(
                        row.getString("Source_Host"),
                        "Yes".equals(row.getString("Replica_IO_Running")),
                        row.getString("Retrieved_Gtid_Set"),
                        row.getString("Executed_Gtid_Set"),
                        applying ? "" : error.isEmpty() ? "it does not apply" : error);
            } catch (SQLException lost) {
                disconnect();
                throw lost;
            }
        }
    }

    /** From here on its old source gets no acknowledgement from it any more. */
    public void stopReceiving() throws SQLException {
        run("STOP REPLICA IO_THREAD");
    }

    /**
     * Waits until it has applied all that it received; false if it has not within a second.
     *
     * @throws SQLException if it does not apply: a standby that restarted has thrown away what it had not applied, and no
     *     longer knows what it received
     */
    public boolean appliesAll() throws SQLException {
        Replication now = replication();
        if (!now.error().isEmpty()) {
            throw new SQLException(server.identifier() + " does not apply what it received: " + now.error());
        }
        if (now.received().isEmpty()) {
            return true;
        }
        return text("SELECT WAIT_FOR_EXECUTED_GTID_SET('" + now.received().replace("\n", "") + "', 1)")
                .equals("0");
    }

    /** A standby no more. */
    public void leaveSource() throws SQLException {
        run("STOP REPLICA");
        run("SET GLOBAL rpl_semi_sync_replica_enabled = OFF");
        run("RESET REPLICA ALL");
    }

    /** GTIDs of all that its data has. */
    public String executed() throws SQLException {
        return text("SELECT @@GLOBAL.gtid_executed").replace("\n", "");
    }

    /**
     * GTIDs of all that its data has or its binary log may have: a commit that waits for a standby is not executed yet, and the
     * standby may have it.
     */
    public String logged() throws SQLException {
        // In this order: what ends between the two is in both of them, and not in none.
        String owned = GtidSet.withoutOwners(text("SELECT @@GLOBAL.gtid_owned"));
        String executed = executed();
        return owned.isEmpty() ? executed : executed + "," + owned;
    }

    /** GTIDs that its logs have no more: only a copy of its data brings them. */
    public String purged() throws SQLException {
        return text("SELECT @@GLOBAL.gtid_purged").replace("\n", "");
    }

    /** GTIDs that are in one set and not in the other; empty if there are none. */
    public String minus(String all, String known) throws SQLException {
        return text("SELECT GTID_SUBTRACT('" + all + "', '" + known + "')").replace("\n", "");
    }

    /**
     * Throws its data away and takes a copy of the source's; the server ends then, for whoever keeps it to start it.
     *
     * @throws SQLException if there is no whole copy; the server has no data then
     */
    public void cloneFrom(DbInstance source) throws SQLException {
        run("SET GLOBAL super_read_only = OFF");
        run("SET GLOBAL clone_valid_donor_list = '" + source.address() + ":" + DbInstance.PORT + "'");
        String statement = "CLONE INSTANCE FROM '" + DbCredentials.REPLICATION + "'@'" + source.address() + "':"
                + DbInstance.PORT + " IDENTIFIED BY '" + server.credentials().replicationPassword() + "'";
        try (Connection alone = server.administer(LONGEST_CLONE);
                Statement clone = alone.createStatement()) {
            clone.execute(statement);
        } catch (SQLException ended) {
            if (ended.getErrorCode() != RESTART_IS_OTHERS_BUSINESS && ended.getErrorCode() != 0) {
                throw ended;
            }
        }
        disconnect();
    }

    /** How many applications' connections it has. */
    public int applications() throws SQLException {
        return (int) rows("SHOW PROCESSLIST").stream()
                .filter(row -> row.get(1).equals(DbCredentials.USER))
                .count();
    }

    private String text(String question) throws SQLException {
        return rows(question).getFirst().getFirst();
    }

    private synchronized List<List<String>> rows(String question) throws SQLException {
        try {
            return Sql.rows(connected(), question);
        } catch (SQLException lost) {
            disconnect();
            throw lost;
        }
    }

    private synchronized void run(String statement) throws SQLException {
        try {
            Sql.execute(connected(), statement);
        } catch (SQLException lost) {
            disconnect();
            throw lost;
        }
    }

    private Connection connected() throws SQLException {
        if (connection == null) {
            connection = server.connectAsAdministrator(limit);
        }
        return connection;
    }

    private synchronized void disconnect() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException ended) {
                // it had ended with its server
            }
            connection = null;
        }
    }

    @Override
    public void close() {
        disconnect();
    }
}
