package io.failoverlab.rds;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.ContainerUsage;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.Telemetry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Publishes the metrics of one database. A database that does not answer has no datapoints of what only it can tell: nobody
 * knows then.
 */
public final class DbMonitor implements AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    /** Sizes on the disk change slowly, and asking for them starts a process in the instance. */
    private static final Duration STORAGE_INTERVAL = Duration.ofSeconds(10);

    private static final String STATUS = """
            SHOW GLOBAL STATUS WHERE Variable_name IN ('Uptime', 'Threads_connected', 'Connections', 'Innodb_data_reads',
            'Innodb_data_read', 'Innodb_data_writes', 'Innodb_data_written', 'Innodb_data_pending_reads',
            'Innodb_data_pending_writes', 'Innodb_data_pending_fsyncs')""";

    private static final String FILES = """
            SELECT SUM(COUNT_READ), SUM(SUM_TIMER_READ), SUM(COUNT_WRITE), SUM(SUM_TIMER_WRITE)
            FROM performance_schema.file_summary_by_event_name""";

    private final DbInstance database;
    private final RdsMetrics metrics;
    private final ServerMetrics server;
    private final StatusMetrics status;
    private final LabScheduler scheduler;
    private final Telemetry telemetry;
    private final List<AutoCloseable> running = new ArrayList<>();
    private Optional<Connection> connection = Optional.empty();
    private boolean closed;

    /** @param dbClass such as {@code db.t3.small} */
    public DbMonitor(DbInstance database, String dbClass, LabScheduler scheduler, Telemetry telemetry) {
        this.database = database;
        this.metrics = RdsMetrics.of(database.identifier(), dbClass);
        this.server = new ServerMetrics(metrics, database.instance().cores());
        this.status = new StatusMetrics(metrics);
        this.scheduler = scheduler;
        this.telemetry = telemetry;
    }

    public void start() {
        running.add(scheduler.every(INTERVAL, this::readStatus));
        running.add(scheduler.every(STORAGE_INTERVAL, this::readStorage));
    }

    /** Takes in a reading of its server's counters. */
    public void server(ContainerUsage usage) {
        publish(server.read(usage));
    }

    private synchronized void readStatus() {
        if (closed) {
            return;
        }
        try {
            Connection open = connected();
            Map<String, Long> values = new HashMap<>();
            for (List<String> row : rows(open, STATUS)) {
                values.put(row.get(0), Long.parseLong(row.get(1)));
            }
            publish(status.read(new StatusMetrics.Reading(scheduler.instant(), values, files(open))));
        } catch (SQLException noAnswer) {
            disconnect();
        }
    }

    /** Empty where the server does not take times. */
    private static Optional<StatusMetrics.FileTimes> files(Connection open) throws SQLException {
        List<String> row = rows(open, FILES).getFirst();
        if (row.contains("null")) {
            return Optional.empty();
        }
        return Optional.of(new StatusMetrics.FileTimes(
                Long.parseLong(row.get(0)),
                Long.parseLong(row.get(1)),
                Long.parseLong(row.get(2)),
                Long.parseLong(row.get(3))));
    }

    private void readStorage() {
        Instant at = scheduler.instant();
        List<Measurement> found = new ArrayList<>();
        Storage.of(database.instance())
                .ifPresent(it -> metrics.gauge(found, "FreeStorageSpace", "Bytes", at, it.freeBytes()));
        binaryLogs().ifPresent(bytes -> metrics.gauge(found, "BinLogDiskUsage", "Bytes", at, bytes));
        publish(found);
    }

    private synchronized Optional<Long> binaryLogs() {
        if (closed) {
            return Optional.empty();
        }
        try {
            return Optional.of(rows(connected(), "SHOW BINARY LOGS").stream()
                    .mapToLong(row -> Long.parseLong(row.get(1)))
                    .sum());
        } catch (SQLException noAnswer) {
            disconnect();
            return Optional.empty();
        }
    }

    private Connection connected() throws SQLException {
        if (connection.isEmpty()) {
            connection = Optional.of(database.connectToMonitor());
        }
        return connection.get();
    }

    private void disconnect() {
        connection.ifPresent(DbMonitor::closeQuietly);
        connection = Optional.empty();
        status.forget();
    }

    private static List<List<String>> rows(Connection open, String question) throws SQLException {
        try (Statement statement = open.createStatement();
                ResultSet result = statement.executeQuery(question)) {
            int columns = result.getMetaData().getColumnCount();
            List<List<String>> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>(columns);
                for (int column = 1; column <= columns; column++) {
                    row.add(String.valueOf(result.getString(column)));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    private void publish(List<Measurement> measurements) {
        if (!measurements.isEmpty()) {
            telemetry.measured(measurements);
        }
    }

    @Override
    public void close() {
        running.forEach(DbMonitor::closeQuietly);
        synchronized (this) {
            closed = true;
            disconnect();
        }
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception ended) {
            // the connection had ended with the server
        }
    }
}
