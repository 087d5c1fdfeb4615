package io.failoverlab.rds;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.document.Nearest;
import io.failoverlab.ec2.NotRunning;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.engine.EngineException;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.telemetry.Telemetry;
import io.failoverlab.topology.BackupPolicy;
import io.failoverlab.topology.InstanceType;
import io.failoverlab.topology.Timing;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Snapshots of one database, by hand and automated, and its binary logs (RDS User Guide, "Backing up, restoring, and exporting
 * data"). Snapshots are taken one after the other, of the standby where there is one.
 */
public final class Backups implements AutoCloseable {
    /** So many manual snapshots RDS allows in a region. */
    public static final int MAX_MANUAL = 100;

    private static final Duration COPY_LIMIT = Duration.ofMinutes(10);
    private static final DateTimeFormatter AUTOMATED_NAME =
            DateTimeFormatter.ofPattern("'rds:'yyyy-MM-dd-HH-mm-ss").withZone(ZoneOffset.UTC);

    /**
     * Which servers the database has now.
     *
     * @param writer takes the writes, and keeps the binary logs
     * @param reader is copied: the standby where there is one
     * @param followers replicate from the writer, and need its binary logs until they have received them
     */
    public record Servers(
            Supplier<DbInstance> writer, Supplier<DbInstance> reader, Supplier<List<DbInstance>> followers) {
        /** One server alone. */
        public static Servers of(DbInstance single) {
            return new Servers(() -> single, () -> single, List::of);
        }
    }

    /** The points in time to which the database can be restored, both included. */
    public record Range(Instant earliest, Instant latest) {
        boolean contains(Instant at) {
            return !at.isBefore(earliest) && !at.isAfter(latest);
        }

        @Override
        public String toString() {
            return earliest + " to " + latest;
        }
    }

    /** What a point in time is restored from. */
    public record PointInTime(Snapshot snapshot, Replay replay) {}

    private final String database;
    private final InstanceType instanceClass;
    private final Servers servers;
    private final BackupStore store;
    private final LabScheduler scheduler;
    private final Telemetry telemetry;
    private final BackupSchedule schedule;
    private final BinaryLogKeeper logs;
    private final RetryPause keepingLogs = new RetryPause(Duration.ZERO);
    private final RetryPause backingUp;
    private volatile BackupPolicy policy;
    private volatile Optional<Instant> latest = Optional.empty();
    private volatile AutoCloseable ticking = () -> {};

    /** Name of the automated snapshot whose start was told; what fails is tried again under the same. */
    private Optional<String> begun = Optional.empty();

    /** @param database its identifier, whichever server has the role of the primary */
    public Backups(
            String database,
            InstanceType instanceClass,
            BackupPolicy policy,
            Timing timing,
            Servers servers,
            BackupStore store,
            LabScheduler scheduler,
            Telemetry telemetry) {
        this.database = database;
        this.instanceClass = instanceClass;
        this.policy = policy;
        this.servers = servers;
        this.store = store;
        this.scheduler = scheduler;
        this.telemetry = telemetry;
        this.schedule = BackupSchedule.of(timing, scheduler.instant());
        this.logs = new BinaryLogKeeper(database, servers, store);
        this.backingUp = new RetryPause(schedule.logInterval());
    }

    /** Begins with the automated backups. */
    public void start() {
        ticking = scheduler.every(schedule.logInterval(), this::tick);
    }

    private void tick() {
        attempt(keepingLogs, this::keepLogs);
        if (policy.enabled()) {
            attempt(backingUp, this::backUpIfDue);
        }
    }

    private interface Work {
        void run() throws SQLException;
    }

    private void attempt(RetryPause pause, Work work) {
        if (!pause.isOver(scheduler.instant())) {
            return;
        }
        try {
            work.run();
            pause.succeeded();
        } catch (SQLException | NotRunning | EngineException later) {
            // A server that is down now is backed up once it is up; its alarms tell of it.
        } catch (BackupFailed failure) {
            String why = "the automated backup of " + database + " failed: " + failure.getMessage();
            if (pause.failed(why, scheduler.instant())) {
                telemetry.happened(new StackEvent.Trouble(
                        scheduler.instant(), why + "; it is tried again, and told again if the reason changes"));
            }
        }
    }

    private void backUpIfDue() {
        List<Snapshot> automated = automated();
        Optional<Instant> last = automated.stream().map(Snapshot::startedAt).max(Comparator.naturalOrder());
        if (!schedule.isDue(policy, last, scheduler.instant())) {
            begun = Optional.empty();
            return;
        }
        servers.reader().get().instance().requireRunning();
        if (begun.isEmpty()) {
            begun = Optional.of(AUTOMATED_NAME.format(scheduler.instant()).replace("rds:", "rds:" + database + "-"));
            tell(RdsEvent.BACKUP_STARTED, database);
            tell(RdsEvent.AUTOMATED_SNAPSHOT_STARTED, begun.get());
        }
        String name = begun.get();
        copy(name, Snapshot.Type.AUTOMATED, servers.reader());
        begun = Optional.empty();
        tell(RdsEvent.AUTOMATED_SNAPSHOT_CREATED, name);
        tell(RdsEvent.BACKUP_FINISHED, database);
        removeExpired();
    }

    private void removeExpired() {
        synchronized (store.changing) {
            schedule.expired(policy, automated(), scheduler.instant()).forEach(it -> store.delete(it.name()));
            automated().stream()
                    .map(Snapshot::startedAt)
                    .min(Comparator.naturalOrder())
                    .ifPresent(oldest -> store.forgetLogs(database, oldest));
        }
    }

    private void keepLogs() throws SQLException {
        Instant at = scheduler.instant();
        boolean ship = policy.enabled();
        logs.round(ship);
        if (ship) {
            latest = Optional.of(at);
        }
    }

    /** Copies a server's data; nobody waits for it but who asked. */
    private Snapshot copy(String name, Snapshot.Type type, Supplier<DbInstance> of) {
        synchronized (store.changing) {
            DbInstance server = of.get();
            server.instance().requireRunning();
            EngineContainer container = server.instance().container();
            store.prepare(container, name);
            Instant started = scheduler.instant();
            try (Connection connection = server.administer(COPY_LIMIT)) {
                String version = Sql.value(connection, "SELECT VERSION()");
                Sql.execute(connection, "CLONE LOCAL DATA DIRECTORY = '" + BackupStore.folderOf(name) + "/data'");
                Snapshot snapshot =
                        new Snapshot(name, type, database, instanceClass, version, started, scheduler.instant());
                store.commit(container, snapshot);
                return snapshot;
            } catch (SQLException failure) {
                throw new BackupFailed(
                        "the snapshot " + name + " of " + database + " was not made: " + failure.getMessage(), failure);
            }
        }
    }

    /**
     * CreateDBSnapshot: returns when the snapshot is complete.
     *
     * @throws IllegalArgumentException if the name is taken or no name, or there are as many as RDS allows
     * @throws NotRunning if the server does not run
     * @throws BackupFailed if it ended meanwhile; there is no such snapshot then
     */
    public Snapshot create(String name) {
        requireFree(name);
        return create(name, servers.reader());
    }

    private void requireFree(String name) {
        Snapshot.requireName(name);
        List<Snapshot> there = store.snapshots();
        if (there.stream().anyMatch(it -> it.name().equals(name))) {
            throw new IllegalArgumentException("expected a snapshot name that is free, found " + name
                    + "; `lab snapshot list` shows those there are");
        }
        if (there.stream().filter(it -> it.type() == Snapshot.Type.MANUAL).count() >= MAX_MANUAL) {
            throw new IllegalArgumentException(
                    "expected at most " + MAX_MANUAL
                            + " manual snapshots, as RDS allows in a region, found one more; `lab snapshot delete NAME` makes room");
        }
    }

    private Snapshot create(String name, Supplier<DbInstance> of) {
        tell(RdsEvent.BACKUP_STARTED, database);
        tell(RdsEvent.SNAPSHOT_STARTED, name);
        Snapshot snapshot = copy(name, Snapshot.Type.MANUAL, of);
        tell(RdsEvent.SNAPSHOT_CREATED, name);
        tell(RdsEvent.BACKUP_FINISHED, database);
        return snapshot;
    }

    /** @throws IllegalArgumentException if {@link #keep} would refuse the name */
    public void requireFree(String name, SnapshotArchive archive) {
        archive.requireFree(name);
        requireFree(name);
    }

    /**
     * As {@link #create}, but of the writer: a standby has received what is acknowledged, and may not have applied it yet. The
     * snapshot is in the archive as well then.
     *
     * @throws IllegalArgumentException also if its name is taken there
     * @throws BackupFailed also if it could not be kept; there is no such snapshot then
     */
    public SnapshotArchive.Kept keep(String name, SnapshotArchive archive) {
        requireFree(name, archive);
        Snapshot made = create(name, servers.writer());
        EngineContainer server = servers.writer().get().instance().container();
        try {
            return archive.keep(made, to -> server.archive(BackupStore.folderOf(name), to));
        } catch (BackupFailed failure) {
            delete(name);
            throw failure;
        }
    }

    /**
     * DeleteDBSnapshot.
     *
     * @throws IllegalArgumentException if there is none of that name, or it is an automated one
     */
    public void delete(String name) {
        if (snapshot(name).type() == Snapshot.Type.AUTOMATED) {
            throw new IllegalArgumentException("expected a manual snapshot, found " + name
                    + ", which RDS made; it goes with its retention period");
        }
        synchronized (store.changing) {
            store.delete(name);
        }
        tell(RdsEvent.SNAPSHOT_DELETED, name);
    }

    /** Every complete snapshot of the run, of whichever database, oldest first. */
    public List<Snapshot> snapshots() {
        return store.snapshots();
    }

    /** @throws IllegalArgumentException with those there are, if there is none of that name */
    public Snapshot snapshot(String name) {
        List<Snapshot> there = store.snapshots();
        List<String> names = there.stream().map(Snapshot::name).toList();
        return there.stream()
                .filter(it -> it.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("expected the name of a snapshot, found " + name + "; "
                        + (names.isEmpty() ? "there are none" : Nearest.hint(name, names))));
    }

    /** ModifyDBInstance with a retention period; 0 removes the automated backups as well. */
    public void retain(int days) {
        BackupPolicy before = policy;
        policy = before.withRetentionDays(days);
        if (!policy.enabled()) {
            latest = Optional.empty();
            removeExpired();
        }
        if (before.enabled() != policy.enabled()) {
            tell(policy.enabled() ? RdsEvent.BACKUPS_ENABLED : RdsEvent.BACKUPS_DISABLED, database);
        }
    }

    public BackupPolicy policy() {
        return policy;
    }

    /** How often binary logs are kept. */
    public Duration logInterval() {
        return schedule.logInterval();
    }

    /** How long a retention period of the policy is by the lab's clock. */
    public Duration retention() {
        return schedule.days(policy.retentionDays());
    }

    /** Empty until the first automated backup and the logs after it. */
    public Optional<Range> restorable() {
        Optional<Instant> earliest =
                automated().stream().map(Snapshot::finishedAt).min(Comparator.naturalOrder());
        return latest.flatMap(
                until -> earliest.filter(from -> !from.isAfter(until)).map(from -> new Range(from, until)));
    }

    /**
     * What a point in time is restored from: the last automated backup before it, and the logs after that.
     *
     * @throws IllegalArgumentException with the range that there is, if the time is not in it
     */
    public PointInTime pointInTime(Instant at) {
        Range range = restorable()
                .orElseThrow(() -> new IllegalArgumentException("expected automated backups of " + database + ", found "
                        + (policy.enabled()
                                ? "none yet; the first one and its logs take about "
                                        + logInterval().toSeconds() + " s"
                                : "none; `lab modify " + database + " --backup-retention-period DAYS` has them made")));
        if (!range.contains(at)) {
            throw new IllegalArgumentException(
                    "expected a time that " + database + " can be restored to, " + range + ", found " + at);
        }
        Snapshot before = automated().stream()
                .filter(it -> !it.finishedAt().isAfter(at))
                .max(Comparator.comparing(Snapshot::finishedAt))
                .orElseThrow();
        return new PointInTime(before, store.replay(before, at));
    }

    private List<Snapshot> automated() {
        return store.snapshots().stream()
                .filter(it ->
                        it.type() == Snapshot.Type.AUTOMATED && it.database().equals(database))
                .toList();
    }

    private void tell(RdsEvent event, String source) {
        telemetry.happened(event.of(scheduler.instant(), source));
    }

    @Override
    public void close() {
        try {
            ticking.close();
        } catch (Exception ended) {
            // it had ended with the scheduler
        }
    }
}
