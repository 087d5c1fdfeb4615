package io.failoverlab.rds;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.ContainerUsage;
import io.failoverlab.telemetry.Measurement;
import io.failoverlab.telemetry.Telemetry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

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

    private final Supplier<DbInstance> database;
    private final RdsMetrics metrics;
    private final Map<DbInstance, ServerMetrics> servers = new ConcurrentHashMap<>();
    private final StatusMetrics status;
    private final LabScheduler scheduler;
    private final Telemetry telemetry;
    private final List<AutoCloseable> running = new ArrayList<>();
    private Optional<Connection> connection = Optional.empty();
    private DbInstance connectedTo;
    private boolean closed;

    /**
     * @param identifier of the DB instance
     * @param dbClass such as {@code db.t3.small}
     * @param database its primary, which may be another one after a failover
     */
    public DbMonitor(
            String identifier,
            String dbClass,
            Supplier<DbInstance> database,
            LabScheduler scheduler,
            Telemetry telemetry) {
        this.database = database;
        this.metrics = RdsMetrics.of(identifier, dbClass);
        this.status = new StatusMetrics(metrics);
        this.scheduler = scheduler;
        this.telemetry = telemetry;
    }

    public void start() {
        running.add(scheduler.every(INTERVAL, this::readStatus));
        running.add(scheduler.every(STORAGE_INTERVAL, this::readStorage));
    }

    /** Takes in a reading of a server's counters; those of a standby are not published, as on RDS. */
    public void server(DbInstance of, ContainerUsage usage) {
        List<Measurement> read = servers.computeIfAbsent(
                        of, it -> new ServerMetrics(metrics, it.instance().cores()))
                .read(usage);
        if (of == database.get()) {
            publish(read);
        }
    }

    private synchronized void readStatus() {
        if (closed) {
            return;
        }
        try {
            Connection open = connected();
            Map<String, Long> values = new HashMap<>();
            for (List<String> row : Sql.rows(open, STATUS)) {
                values.put(row.get(0), Long.parseLong(row.get(1)));
            }
            publish(status.read(new StatusMetrics.Reading(scheduler.instant(), values, files(open))));
        } catch (SQLException noAnswer) {
            disconnect();
        }
    }

    /** Empty where the server does not take times. */
    private static Optional<StatusMetrics.FileTimes> files(Connection open) throws SQLException {
        List<String> row = Sql.rows(open, FILES).getFirst();
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
        database.get().storage().ifPresent(it -> metrics.gauge(found, "FreeStorageSpace", "Bytes", at, it.freeBytes()));
        binaryLogs().ifPresent(bytes -> metrics.gauge(found, "BinLogDiskUsage", "Bytes", at, bytes));
        publish(found);
    }

    private synchronized Optional<Long> binaryLogs() {
        if (closed) {
            return Optional.empty();
        }
        try {
            return Optional.of(Sql.rows(connected(), "SHOW BINARY LOGS").stream()
                    .mapToLong(row -> Long.parseLong(row.get(1)))
                    .sum());
        } catch (SQLException noAnswer) {
            disconnect();
            return Optional.empty();
        }
    }

    private Connection connected() throws SQLException {
        DbInstance now = database.get();
        if (now != connectedTo) {
            disconnect();
        }
        if (connection.isEmpty()) {
            connection = Optional.of(now.connectToMonitor());
            connectedTo = now;
        }
        return connection.get();
    }

    private void disconnect() {
        connection.ifPresent(DbMonitor::closeQuietly);
        connection = Optional.empty();
        status.forget();
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
