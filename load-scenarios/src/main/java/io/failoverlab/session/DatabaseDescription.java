package io.failoverlab.session;

import io.failoverlab.document.DurationText;
import io.failoverlab.environment.Environment;
import io.failoverlab.environment.RunningDatabase;
import io.failoverlab.rds.Backups;
import io.failoverlab.rds.DbInstance;
import io.failoverlab.rds.MultiAz.Mode;
import io.failoverlab.rds.MultiAzController;
import io.failoverlab.rds.ReplicaKeeper;
import io.failoverlab.topology.BackupPolicy;
import io.failoverlab.topology.ParameterGroup;
import io.failoverlab.topology.Redundancy;
import io.failoverlab.topology.Topology;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code lab describe} says of a database: what and its value, with a tab between, one a line. */
final class DatabaseDescription {
    private final Environment environment;

    DatabaseDescription(Environment environment) {
        this.environment = environment;
    }

    List<String> of(RunningDatabase database) {
        io.failoverlab.topology.DbInstance model = model(database);
        Optional<String> version = version(database.server());
        ParameterGroup group = database.model().options().parameterGroup();
        List<String> pending = database.parameters().pendingReboot();
        List<String> lines = new ArrayList<>();
        lines.add("DB instance\t" + database.identifier() + ", "
                + model.type().dbClass() + ", "
                + model.zone().azName());
        lines.add("engine\t" + version.map(it -> "MySQL " + it).orElse("does not answer"));
        lines.add("endpoint\t" + model.primary().address() + ":" + DbInstance.PORT);
        lines.addAll(copies(database));
        lines.add("parameter group\t" + group.name()
                + version.map(it -> " (" + ParameterGroup.familyOf(it) + ")").orElse("") + ", "
                + (pending.isEmpty()
                        ? "in-sync"
                        : "pending-reboot: " + String.join(", ", pending) + "; `lab reboot " + database.identifier()
                                + "` brings them into force"));
        database.parameters()
                .settings()
                .forEach((name, setting) -> lines.add("parameter\t" + name + " = " + setting.value()));
        database.server().storage().ifPresent(it -> lines.add("storage\t" + it));
        lines.add("automated backups\t" + backups(database.backups()));
        lines.add("restorable\t"
                + database.backups().restorable().map(Backups.Range::toString).orElse("no point in time"));
        lines.add("snapshots\t"
                + database.backups().snapshots().stream()
                        .filter(it -> it.database().equals(database.identifier()))
                        .count());
        return lines;
    }

    /** Of the server that is the primary now, or of one beside the stack's own. */
    private io.failoverlab.topology.DbInstance model(RunningDatabase database) {
        return environment.topology().databaseServers().stream()
                .filter(it -> it.identifier().equals(database.server().identifier()))
                .findFirst()
                .orElse(database.model());
    }

    private List<String> copies(RunningDatabase database) {
        Topology topology = environment.topology();
        Optional<String> lag = environment.readReplica().map(ReplicaKeeper::state);
        if (database.identifier().equals(topology.databaseIdentifier())) {
            return copies(topology, environment.multiAz().map(MultiAzController::mode), lag);
        }
        return topology
                .readReplica()
                .filter(it -> it.identifier().equals(database.identifier()))
                .map(it -> "read replica of\t" + topology.databaseIdentifier() + ", " + lag.orElse("unknown"))
                .stream()
                .toList();
    }

    /**
     * Who has a copy of the data of the stack's own database. Pure.
     *
     * @param pair state of Multi-AZ, if it is on
     * @param lag state of the read replica, if there is one
     */
    static List<String> copies(Topology topology, Optional<Mode> pair, Optional<String> lag) {
        Redundancy kind = topology.primaryDatabase().options().redundancy();
        List<String> lines = new ArrayList<>();
        lines.add("Multi-AZ\t"
                + pair.map(mode -> "yes, " + words(mode, kind))
                        .orElse("no; `lab modify db --multi-az` gives it a standby"));
        if (pair.isPresent()) {
            for (io.failoverlab.topology.DbInstance server : topology.databases()) {
                boolean standsBy = server.role() == io.failoverlab.topology.DbInstance.Role.STANDBY;
                lines.add(
                        (standsBy ? "standby\t" : "primary\t") + place(server) + (standsBy ? ", " + kind.label() : ""));
            }
        }
        lines.add("read replica\t"
                + topology.readReplica()
                        .map(it -> place(it) + ", " + lag.orElse("unknown"))
                        .orElse("none"));
        return lines;
    }

    private static String place(io.failoverlab.topology.DbInstance server) {
        return server.identifier() + " in " + server.zone().azName();
    }

    private static String words(Mode mode, Redundancy kind) {
        return switch (mode) {
            case SYNCED ->
                switch (kind) {
                    case HOT -> "in sync: every acknowledged write is on the standby, too";
                    case WARM -> "with a standby that may lack the last writes";
                    case COLD -> "with a standby that lacks what was written since it was stopped";
                    case COLD_SNAPSHOT ->
                        "with a snapshot for a standby: what was written after it is lost, also what the"
                                + " binary logs have of it";
                };
            case EXPOSED -> "exposed: there is one copy of the data until there is a standby again";
            case FAILING_OVER -> "failing over";
            case DOWN -> "down: no server takes writes";
        };
    }

    static String backups(Backups backups) {
        BackupPolicy policy = backups.policy();
        if (!policy.enabled()) {
            return "off";
        }
        return "kept " + policy.retentionDays() + " days, here " + DurationText.print(backups.retention()) + "; window "
                + policy.window() + " UTC by the lab's clock; logs kept every "
                + DurationText.print(backups.logInterval());
    }

    private static Optional<String> version(DbInstance server) {
        try {
            return Optional.of(server.query("SELECT VERSION()").getFirst().getFirst());
        } catch (SQLException noAnswer) {
            return Optional.empty();
        }
    }
}
