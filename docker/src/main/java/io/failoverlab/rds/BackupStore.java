package io.failoverlab.rds;

import io.failoverlab.ec2.NotRunning;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.engine.ExecResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The volume on which a run keeps snapshots and binary logs, as RDS keeps them in S3. A snapshot is there once its entry in the
 * catalogue is, which is written last and by renaming: whatever is killed before leaves data without an entry, which the next
 * snapshot removes.
 */
public final class BackupStore {
    /** Name of the volume. */
    public static final String VOLUME = "backups";

    /** Where every server has it. */
    public static final String FOLDER = "/srv/backups";

    private static final Duration LIMIT = Duration.ofSeconds(25);

    /** So long a transaction may be in the binary log and not in a snapshot yet; what is in both is applied once. */
    private static final Duration SLACK = Duration.ofMinutes(5);

    private static final String PREPARE = """
            cd "$1"; mkdir -p snapshots catalogue logs
            for found in snapshots/*; do
                if [ -d "$found" ] && [ ! -e "catalogue/${found#snapshots/}.json" ]; then rm -rf "$found"; fi
            done
            mkdir "snapshots/$2"
            """;

    private static final String COMMIT = """
            cd "$1"; find "snapshots/$2" -exec sync {} +; sync snapshots
            printf '%s' "$3" > "catalogue/.$2"; sync "catalogue/.$2"
            mv "catalogue/.$2" "catalogue/$2.json"; sync catalogue
            """;

    private static final String DELETE = """
            cd "$1"; rm -f "catalogue/$2.json"; sync catalogue; rm -rf "snapshots/$2"
            """;

    private static final String SHIP = """
            to="$1/logs/$2"; shift 2; mkdir -p "$to"
            for log; do
                if [ ! -e "$to/$log" ]; then
                    cp "/srv/mysql/$log" "$to/.next"; sync "$to/.next"; mv "$to/.next" "$to/$log"
                fi
            done
            sync "$to"
            """;

    private static final String FORGET = """
            cd "$1"; [ ! -d "logs/$2" ] || find "logs/$2" -type f ! -newermt "@$3" -delete
            """;

    /** Held by whoever changes snapshots: all databases of a run share the volume, and tidy away what seems to be cut short. */
    final Object changing = new Object();

    private final Supplier<EngineContainer> server;
    private Optional<List<Snapshot>> catalogue = Optional.empty();
    private final SnapshotText text = new SnapshotText();

    /** @param server one that has the volume; only to read from, it need not run */
    public BackupStore(Supplier<EngineContainer> server) {
        this.server = server;
    }

    /** Where the data of a snapshot is. */
    public static String folderOf(String snapshot) {
        return FOLDER + "/snapshots/" + snapshot;
    }

    /** Where the logs of a database are, a folder for each of its servers. */
    public static String logsOf(String database) {
        return FOLDER + "/logs/" + database;
    }

    /** Every snapshot that is complete, oldest first. */
    public synchronized List<Snapshot> snapshots() {
        // Nobody else writes to the volume: what was read once is kept up to date here.
        if (catalogue.isEmpty()) {
            catalogue = Optional.of(read());
        }
        return List.copyOf(catalogue.get());
    }

    private List<Snapshot> read() {
        List<Snapshot> found = new ArrayList<>();
        server.get().readFiles(FOLDER + "/catalogue", (name, content) -> {
            if (name.endsWith(".json")) {
                found.add(text.read(content.readAllBytes()));
            }
        });
        found.sort(Comparator.comparing(Snapshot::finishedAt));
        return found;
    }

    /** Makes room for a snapshot, and removes what earlier ones left that were cut short. Needs {@link #changing}. */
    void prepare(EngineContainer on, String name) {
        run(on, PREPARE, FOLDER, name);
    }

    /** Makes a snapshot count, once its data is on the disk. */
    synchronized void commit(EngineContainer on, Snapshot snapshot) {
        catalogue = Optional.empty();
        run(on, COMMIT, FOLDER, snapshot.name(), new String(text.write(snapshot), StandardCharsets.UTF_8));
    }

    synchronized void delete(String name) {
        catalogue = Optional.empty();
        run(server.get(), DELETE, FOLDER, name);
    }

    /**
     * Keeps binary logs that are complete; those that are kept already stay.
     *
     * @param log folder of the database and of the server among its own
     */
    void ship(EngineContainer from, String log, List<String> files) {
        List<String> arguments = new ArrayList<>(List.of(FOLDER, log));
        arguments.addAll(files);
        run(from, SHIP, arguments.toArray(String[]::new));
    }

    /** Removes the logs of a database that were kept before a moment. */
    void forgetLogs(String database, Instant before) {
        run(
                server.get(),
                FORGET,
                FOLDER,
                database,
                Long.toString(before.minus(SLACK).getEpochSecond()));
    }

    /** Finds out what brings a snapshot of a database up to a point in time. */
    public Replay replay(Snapshot snapshot, Instant until) {
        Replay replay = new Replay(snapshot.startedAt().minus(SLACK), until);
        server.get().readFiles(logsOf(snapshot.database()), (name, content) -> {
            // One that is being copied has another name until it is whole.
            if (name.contains("/binlog.")) {
                replay.take(name, content);
            }
        });
        return replay;
    }

    private static void run(EngineContainer on, String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("sh", "-euc", script, "sh"));
        command.addAll(List.of(arguments));
        ExecResult result = on.exec(LIMIT, command.toArray(String[]::new));
        if (result.exitCode() != 0) {
            if (!on.state().running()) {
                throw new NotRunning(
                        "expected " + on.name() + " to be running, found it stopped while its backup was made");
            }
            throw new BackupFailed("the backups' volume on " + on.name() + ": exit code " + result.exitCode() + " "
                    + result.stderr().strip());
        }
    }
}
