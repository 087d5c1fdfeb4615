package io.failoverlab.environment;

import io.failoverlab.document.Nearest;
import io.failoverlab.ec2.Ec2Instance;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.rds.BackupStore;
import io.failoverlab.rds.Backups;
import io.failoverlab.rds.DbCredentials;
import io.failoverlab.rds.DbInstance;
import io.failoverlab.rds.DbMonitor;
import io.failoverlab.rds.DbParameters;
import io.failoverlab.rds.LogReplay;
import io.failoverlab.rds.ParameterFile;
import io.failoverlab.rds.RdsEvent;
import io.failoverlab.rds.Replay;
import io.failoverlab.rds.Snapshot;
import io.failoverlab.rds.SnapshotArchive;
import io.failoverlab.rds.Storage;
import io.failoverlab.rds.StorageWatch;
import io.failoverlab.topology.ParameterGroup;
import io.failoverlab.topology.SemiSync;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The stack's database, and those that were restored beside it: a restore never changes the database that it is taken of, as
 * on RDS.
 */
public final class Databases implements AutoCloseable {
    private static final Duration AVAILABLE_LIMIT = Duration.ofSeconds(60);
    private static final int LOG_LINES = 20;

    /** Name of the stack's own database in commands, whatever its identifier. */
    private static final String ALIAS = "db";

    private final Launch.Plan plan;
    private final Fleet fleet;
    private final DatabaseTier tier;
    private final Supplier<List<ActiveFault>> faults;
    private final StackParts parts;
    private final MultiAzConversion conversion;
    private final RestoredFile file;
    private final BackupStore store;
    private final RunningDatabase own;
    private final Optional<StorageWatch> storage;
    private final List<Restored> restored = new CopyOnWriteArrayList<>();
    private volatile Optional<RunningDatabase> replica;

    /** One that was restored, and what watches it. */
    private record Restored(RunningDatabase database, DbMonitor monitor) implements AutoCloseable {
        @Override
        public void close() {
            database.backups().close();
            monitor.close();
        }
    }

    /** @param faults that are active now */
    Databases(Launch.Plan plan, Fleet fleet, DatabaseTier tier, Supplier<List<ActiveFault>> faults) {
        this.plan = plan;
        this.fleet = fleet;
        this.tier = tier;
        this.faults = faults;
        this.parts = new StackParts(plan);
        this.conversion = new MultiAzConversion(plan, parts, fleet, tier);
        this.file = new RestoredFile(plan.folder());
        this.store = new BackupStore(() -> tier.server().instance().container());
        var model = plan.topology().primaryDatabase();
        String identifier = plan.topology().databaseIdentifier();
        this.own = new RunningDatabase(
                identifier,
                model,
                tier::server,
                parameters(
                        model, tier::awake, new ParameterFile(parts.containers().databaseParameters())),
                backups(identifier, model, new Backups.Servers(tier::server, tier::reader, tier::followers)));
        this.replica = tier.readReplica().map(it -> beside(it.model(), it::server));
        this.storage = model.options().allocatedStorage().isPresent()
                ? Optional.of(new StorageWatch(identifier, tier::server, plan.scheduler(), plan.telemetry()))
                : Optional.empty();
    }

    private DbParameters parameters(
            io.failoverlab.topology.DbInstance model, Supplier<List<DbInstance>> servers, ParameterFile parameters) {
        return new DbParameters(
                model.options().parameterGroup().name(), parameters, servers, plan.scheduler(), plan.telemetry());
    }

    private Backups backups(String identifier, io.failoverlab.topology.DbInstance model, Backups.Servers servers) {
        return new Backups(
                identifier,
                model.type(),
                model.options().backups(),
                plan.topology().loadBalancer().timing(),
                servers,
                store,
                plan.scheduler(),
                plan.telemetry());
    }

    /** Begins with the automated backups, and goes on with what another lab restored. */
    void start() {
        own.backups().start();
        storage.ifPresent(StorageWatch::start);
        for (RestoredFile.Restored known : file.read()) {
            String identifier = known.model().identifier();
            plan.engine()
                    .find(plan.owner().run(), identifier)
                    .ifPresentOrElse(
                            container -> {
                                plan.identities().launch(identifier, known.instanceId());
                                RunningDatabase made = watch(known.model(), container);
                                ReplicaPromotion.complete(made.server(), fleet.topology(), parts.containers());
                                made.backups().start();
                            },
                            () -> file.remove(identifier));
        }
    }

    /** All of them, the stack's own first. */
    public List<RunningDatabase> all() {
        return Stream.of(Stream.of(own), replica.stream(), restored().stream())
                .flatMap(it -> it)
                .toList();
    }

    /** Those beside the stack's own: restored, or promoted. */
    public List<RunningDatabase> restored() {
        return restored.stream().map(Restored::database).toList();
    }

    /** @throws IllegalArgumentException with the nearest name, if there is no such DB instance */
    public RunningDatabase find(String identifier) {
        List<String> names = all().stream().map(RunningDatabase::identifier).toList();
        return all().stream()
                .filter(it -> it.identifier().equals(identifier) || it == own && identifier.equals(ALIAS))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "expected a DB instance, found " + identifier + "; " + Nearest.hint(identifier, names)));
    }

    /**
     * ModifyDBParameterGroup for a DB instance.
     *
     * @param values by name; may be formulas over the memory of its class
     * @throws IllegalArgumentException if MySQL or RDS does not take one of them; none is in force then
     */
    public List<DbParameters.Change> modify(String identifier, Map<String, String> values) {
        RunningDatabase database = find(identifier);
        ParameterGroup asked = ParameterGroup.DEFAULT;
        for (Map.Entry<String, String> value : values.entrySet()) {
            asked = asked.with(value.getKey(), value.getValue());
        }
        Map<String, String> worked =
                new java.util.TreeMap<>(asked.effective(database.model().type()));
        worked.keySet().retainAll(values.keySet());
        return database.parameters().modify(worked);
    }

    /**
     * ModifyDBInstance with an allocated storage: more of it, at once, on every server, also on one that is down.
     *
     * @throws IllegalArgumentException if its volume has no limit, or already as much
     */
    public void allocate(String identifier, long bytes) {
        RunningDatabase database = find(identifier);
        OptionalLong now = fleet.topology().primaryDatabase().options().allocatedStorage();
        requireOwn(database);
        if (now.isEmpty()) {
            throw new IllegalArgumentException(
                    "expected a database with allocated storage, found " + database.identifier()
                            + ", which has as much as the disk; the key allocated-storage of a topology limits it");
        }
        StorageWatch.requireMore(now.getAsLong(), bytes);
        tell(RdsEvent.STORAGE_MODIFYING, database.identifier());
        fleet.roster.change(it -> it.withTopology(it.topology().withAllocatedStorage(bytes)));
        for (var server : fleet.topology().databases()) {
            fleet.instance(server.name()).container().limitMemory(ContainerPlan.memoryBytes(server));
            plan.engine().resizeVolume(ContainerPlan.dataVolume(server), bytes, plan.owner());
        }
        if (tier.controller().isEmpty()) {
            // Who keeps a pair brings it back by himself.
            database.server().instance().start();
        }
        tell(RdsEvent.STORAGE_MODIFIED, database.identifier());
    }

    /** How much room the stack's own database has, where its storage has an end. */
    public Optional<Storage.State> storage() {
        return storage.map(StorageWatch::state);
    }

    /**
     * ModifyDBInstance with {@code MultiAZ}, applied at once: returns when every acknowledged write is on a standby, too.
     *
     * @param policy what writes do while the standby is gone
     * @return the standby
     * @throws IllegalArgumentException if it cannot be done now; nothing was begun then
     * @throws IllegalStateException if it could not be done; the database is what it was
     */
    public io.failoverlab.topology.DbInstance toMultiAz(String identifier, SemiSync policy) {
        requireOwn(find(identifier));
        List<ActiveFault> active = faults.get();
        if (!active.isEmpty()) {
            throw new IllegalArgumentException("expected no fault while a standby is made, found "
                    + active.getFirst().fault().name() + " on "
                    + active.getFirst().where()
                    + "; `lab status` lists the faults there are");
        }
        return conversion.run(
                policy, file.read().stream().map(RestoredFile.Restored::model).toList());
    }

    private void requireOwn(RunningDatabase database) {
        if (database != own) {
            throw new IllegalArgumentException("expected the stack's own database, " + own.identifier() + ", found "
                    + database.identifier() + ", which is another one beside it");
        }
    }

    /** As {@link FinalSnapshot#take}: the stack's own database takes no writes from then on. */
    public SnapshotArchive.Kept finalSnapshot(String name, SnapshotArchive archive) {
        return new FinalSnapshot(tier, conversion, own.backups()).take(name, archive);
    }

    /** For a standby that is a snapshot. */
    StandbySnapshots standbySnapshots() {
        return new LastSnapshot(own.identifier(), own.backups(), it -> variables(it, Optional.empty()));
    }

    /** Whether it is one DB instance on one server, which a reboot starts anew. */
    public boolean canReboot(String identifier) {
        return all().stream()
                .anyMatch(it -> it.identifier().equals(identifier)
                        && (it != own || tier.servers().size() == 1));
    }

    /** RebootDBInstance of one that {@link #canReboot}: returns when it answers again. */
    public void reboot(String identifier) {
        RunningDatabase database = find(identifier);
        Ec2Instance instance = database.server().instance();
        if (instance.container().state().running()) {
            instance.resume();
            instance.stop();
        }
        instance.start();
        awaitAvailable(database.server());
        plan.telemetry()
                .happened(RdsEvent.INSTANCE_RESTARTED.of(plan.scheduler().instant(), database.identifier()));
    }

    /** PromoteReadReplica: as {@link ReplicaPromotion#run}; the application reads at the primary again. */
    public RunningDatabase promote(String identifier) {
        ReadReplica promoted = new ReplicaPromotion(plan, fleet, tier, parts).run(identifier, file);
        replica = Optional.empty();
        RunningDatabase made =
                watch(promoted.model().promoted(), promoted.server().instance().container());
        made.backups().start();
        return made;
    }

    /**
     * RestoreDBInstanceFromDBSnapshot: returns when the new DB instance answers.
     *
     * @throws IllegalArgumentException if there is no such snapshot, or the new name is taken
     * @throws EnvironmentFailed if the new DB instance does not come up; nothing is left of it then
     */
    public RunningDatabase restore(String source, String snapshot, String target) {
        Snapshot from = find(source).backups().snapshot(snapshot);
        RunningDatabase made = restore(from, Optional.empty(), target);
        tell(RdsEvent.RESTORED_FROM_SNAPSHOT, target, snapshot);
        return made;
    }

    /**
     * RestoreDBInstanceToPointInTime: returns when the new DB instance answers and has what was committed until then.
     *
     * @param at empty for the latest time that there is
     * @throws IllegalArgumentException with the range, if the time is not in it, or if the new name is taken
     * @throws EnvironmentFailed if the new DB instance does not come up; nothing is left of it then
     */
    public RunningDatabase restoreToTime(String source, Optional<Instant> at, String target) {
        RunningDatabase of = find(source);
        Instant until = at.or(() -> of.backups().restorable().map(Backups.Range::latest))
                .orElse(Instant.MAX);
        Backups.PointInTime point = of.backups().pointInTime(until);
        RunningDatabase made = restore(point.snapshot(), Optional.of(point.replay()), target);
        tell(RdsEvent.RESTORED_TO_TIME, target, of.identifier(), target);
        return made;
    }

    private RunningDatabase restore(Snapshot snapshot, Optional<Replay> replay, String target) {
        var model = reserve(snapshot, target);
        try {
            DbCredentials.read(parts.containers().databaseSecrets())
                    .writeForDatabase(parts.containers().restoredSecrets());
            new ParameterFile(parts.containers().restoredParameters(target))
                    .begin(model.options().parameterGroup().effective(model.type()));
            EngineContainer container =
                    plan.engine().start(parts.containers().restored(model, variables(snapshot, replay)), plan.owner());
            RunningDatabase made = watch(model, container);
            awaitAvailable(made.server());
            LogReplay.standAlone(made.server());
            replay.ifPresent(it -> LogReplay.apply(made.server(), it, plan.scheduler()));
            made.backups().start();
            tell(RdsEvent.INSTANCE_CREATED, target);
            return made;
        } catch (RuntimeException failure) {
            forget(target);
            throw failure;
        }
    }

    private synchronized io.failoverlab.topology.DbInstance reserve(Snapshot snapshot, String target) {
        var others = file.read().stream().map(RestoredFile.Restored::model).toList();
        var model = fleet.topology().restoredDatabase(target, snapshot.instanceClass(), others);
        file.add(new RestoredFile.Restored(model, plan.identities().launch(target)));
        return model;
    }

    private static Map<String, String> variables(Snapshot snapshot, Optional<Replay> replay) {
        return Map.of(
                "LAB_RESTORE_SNAPSHOT", BackupStore.folderOf(snapshot.name()),
                "LAB_RESTORE_LOG_FOLDER", BackupStore.logsOf(snapshot.database()),
                "LAB_RESTORE_LOGS", String.join(" ", replay.map(Replay::logs).orElse(List.of())));
    }

    private RunningDatabase watch(io.failoverlab.topology.DbInstance model, EngineContainer container) {
        DbInstance server = parts.database(
                model, container, DbCredentials.read(parts.containers().restoredSecrets()));
        RunningDatabase made = beside(model, () -> server);
        DbMonitor monitor = new DbMonitor(
                model.identifier(), model.type().dbClass(), () -> server, plan.scheduler(), plan.telemetry());
        fleet.replaced(server.instance(), usage -> monitor.server(server, usage));
        restored.add(new Restored(made, monitor));
        monitor.start();
        return made;
    }

    private RunningDatabase beside(io.failoverlab.topology.DbInstance model, Supplier<DbInstance> server) {
        return new RunningDatabase(
                model.identifier(),
                model,
                server,
                parameters(
                        model,
                        () -> List.of(server.get()),
                        new ParameterFile(parts.containers().restoredParameters(model.identifier()))),
                backups(model.identifier(), model, new Backups.Servers(server, server, () -> List.of(server.get()))));
    }

    private void awaitAvailable(DbInstance server) {
        EngineContainer container = server.instance().container();
        Optional<Boolean> available = plan.scheduler().await(AVAILABLE_LIMIT, () -> {
            if (server.isAvailable()) {
                return Optional.of(true);
            }
            return container.state().running() ? Optional.empty() : Optional.of(false);
        });
        if (!available.orElse(false)) {
            throw new EnvironmentFailed(
                    "expected " + server.identifier() + " to answer a query within " + AVAILABLE_LIMIT.toSeconds()
                            + " s, found " + (available.isPresent() ? "that it ended" : "no answer"),
                    container.lastLogLines(LOG_LINES),
                    null);
        }
    }

    private void forget(String identifier) {
        restored.removeIf(it -> {
            boolean found = it.database().identifier().equals(identifier);
            if (found) {
                it.close();
            }
            return found;
        });
        plan.engine().find(plan.owner().run(), identifier).ifPresent(EngineContainer::remove);
        fleet.release(identifier);
        file.remove(identifier);
    }

    private void tell(RdsEvent event, String source, Object... values) {
        plan.telemetry().happened(event.of(plan.scheduler().instant(), source, values));
    }

    @Override
    public void close() {
        own.backups().close();
        storage.ifPresent(StorageWatch::close);
        restored.forEach(Restored::close);
    }
}
