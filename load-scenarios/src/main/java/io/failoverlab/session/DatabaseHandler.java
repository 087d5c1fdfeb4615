package io.failoverlab.session;

import io.failoverlab.document.DurationText;
import io.failoverlab.environment.Databases;
import io.failoverlab.environment.Environment;
import io.failoverlab.environment.RunningDatabase;
import io.failoverlab.rds.DbInstance;
import io.failoverlab.rds.DbParameters;
import io.failoverlab.rds.Snapshot;
import io.failoverlab.rds.SnapshotArchive;
import io.failoverlab.rds.Storage;
import io.failoverlab.topology.BackupPolicy;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Carries requests for databases out. */
final class DatabaseHandler {
    private final Environment environment;
    private final Databases databases;
    private final DatabaseDescription description;

    DatabaseHandler(Environment environment) {
        this.environment = environment;
        this.databases = environment.databases();
        this.description = new DatabaseDescription(environment);
    }

    boolean canReboot(String identifier) {
        return databases.canReboot(identifier);
    }

    ControlReply apply(ControlRequest.OfDatabase request) {
        return switch (request) {
            case ControlRequest.Modify modify -> ControlReply.done(String.join("\n", modify(modify)));
            case ControlRequest.Describe(String database) ->
                ControlReply.done(String.join("\n", description.of(databases.find(database))));
            case ControlRequest.CreateSnapshot(String database, String name) -> {
                Snapshot made = databases.find(database).backups().create(name);
                yield ControlReply.done(
                        "snapshot " + name + " of " + made.database() + " is available; it was taken in "
                                + DurationText.print(java.time.Duration.between(made.startedAt(), made.finishedAt())
                                        .truncatedTo(ChronoUnit.MILLIS)));
            }
            case ControlRequest.ListSnapshots() ->
                ControlReply.done(own().backups().snapshots().stream()
                        .map(Snapshot::columns)
                        .collect(Collectors.joining("\n")));
            case ControlRequest.DeleteSnapshot(String name) -> {
                own().backups().delete(name);
                yield ControlReply.done("snapshot " + name + " is deleted");
            }
            case ControlRequest.Promote(String database) -> {
                RunningDatabase made = databases.promote(database);
                yield ControlReply.done(made.identifier() + " is a DB instance of its own now, at "
                        + made.model().primary().address() + ":" + DbInstance.PORT
                        + ", and takes writes; the catalogue is read at " + own().identifier()
                        + " again. On RDS the endpoint stays with the promoted one: point your readers elsewhere");
            }
            case ControlRequest.RestoreSnapshot(String database, String snapshot, String to) ->
                ControlReply.done(made(databases.restore(database, snapshot, to), "the snapshot " + snapshot));
            case ControlRequest.RestoreToTime(String database, String time, String to) ->
                ControlReply.done(made(
                        databases.restoreToTime(database, time(time), to),
                        database + " at " + (time.isEmpty() ? "the latest time that could be restored" : time)));
        };
    }

    /** The snapshot with which a lab goes down. */
    ControlReply finalSnapshot(ControlRequest.DownWithSnapshot request) {
        String name = request.name();
        SnapshotArchive.Kept kept = databases.finalSnapshot(name, new SnapshotArchive(Path.of(request.folder())));
        return ControlReply.done("snapshot " + name + " of " + kept.snapshot().database()
                + ", with every write that was acknowledged, stays in " + kept.data() + "; `lab up --from-snapshot "
                + name
                + "` begins with it, `lab snapshot delete " + name + "` removes it");
    }

    private RunningDatabase own() {
        return databases.all().getFirst();
    }

    ControlReply reboot(String identifier) {
        databases.reboot(identifier);
        return ControlReply.done(identifier + " has rebooted and answers");
    }

    private List<String> modify(ControlRequest.Modify request) {
        RunningDatabase database = databases.find(request.database());
        List<String> lines = new ArrayList<>();
        if (request.retentionDays() >= 0) {
            BackupPolicy.requireRetention(request.retentionDays(), database.identifier(), environment.topology());
        }
        if (!request.parameters().isEmpty()) {
            for (DbParameters.Change change : databases.modify(request.database(), request.parameters())) {
                lines.add(change.name() + " = " + change.value()
                        + switch (change.method()) {
                            case IMMEDIATE -> ": in force";
                            case PENDING_REBOOT ->
                                ": pending-reboot; `lab reboot " + database.identifier() + "` brings it into force";
                        });
            }
        }
        if (request.retentionDays() >= 0) {
            database.backups().retain(request.retentionDays());
            lines.add("automated backups of " + database.identifier() + ": "
                    + DatabaseDescription.backups(database.backups()));
        }
        if (request.allocatedBytes() > 0) {
            databases.allocate(request.database(), request.allocatedBytes());
            lines.add("storage of " + database.identifier() + ": "
                    + database.server().storage().map(Storage::toString).orElse("unknown"));
        }
        if (request.multiAz()) {
            var standby = databases.toMultiAz(request.database(), request.semiSync());
            lines.add(database.identifier() + " is Multi-AZ: every acknowledged write is on the standby "
                    + standby.name() + " in " + standby.zone().azName() + ", too; while that is gone, writes "
                    + switch (standby.semiSync()) {
                        case BLOCK -> "wait (semi-sync block)";
                        case FALLBACK -> "go on without it (semi-sync fallback)";
                    });
        }
        return lines;
    }

    private static Optional<Instant> time(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException wrong) {
            throw new IllegalArgumentException(
                    "expected a time such as 2026-11-28T09:30:00.5Z or 2026-11-28T18:30:00+09:00, found " + text);
        }
    }

    private static String made(RunningDatabase database, String from) {
        return database.identifier() + " is available with what " + from + " had, at "
                + database.model().primary().address() + ":" + DbInstance.PORT + "; applications go on with their own";
    }
}
