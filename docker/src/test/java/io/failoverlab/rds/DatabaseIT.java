package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.document.InvalidInput;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.engine.Leftover;
import io.failoverlab.environment.Databases;
import io.failoverlab.environment.Environment;
import io.failoverlab.environment.EnvironmentFailed;
import io.failoverlab.environment.Launch;
import io.failoverlab.environment.RecordedMetrics;
import io.failoverlab.environment.RunningDatabase;
import io.failoverlab.environment.StackBench;
import io.failoverlab.rds.MultiAz.Fact;
import io.failoverlab.rds.MultiAz.Mode;
import io.failoverlab.topology.Redundancy;
import io.failoverlab.topology.SemiSync;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parameters, snapshots and points in time of a real MySQL in a stack, brought up once for all tests. */
class DatabaseIT {
    private static final String RUN = "database-it-" + ProcessHandle.current().pid();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int KILLS = 4;
    private static final long MIB = 1L << 20;

    @TempDir
    private static Path folder;

    private static final RecordedMetrics RECORDER = new RecordedMetrics();
    private static StackBench bench;
    private static LabScheduler scheduler;
    private static Engine engine;
    private static Environment environment;
    private static Databases databases;
    private static DbInstance database;
    private static DatabaseSight sight;

    @BeforeAll
    static void bringUp() {
        bench = StackBench.open(RUN);
        scheduler = bench.scheduler();
        engine = bench.engine();
        environment = Launch.up(bench.plan(TopologyFile.parse("database-it.yaml", """
                name: database-it
                vpc: 10.87.0.0/16
                web: {count: 1}
                database: {allocated-storage: 640MiB, parameter-group: {name: shop, parameters: {long_query_time: 3}}}
                """), folder, RECORDER));
        databases = environment.databases();
        database = environment.database();
        sight = new DatabaseSight(RECORDER, database);
    }

    @AfterAll
    static void takeDownAndLeaveNothing() {
        if (environment != null) {
            environment.close();
        }
        if (bench != null) {
            bench.close();
        }
    }

    @BeforeEach
    void theDatabaseAnswers() {
        await().atMost(LIMIT).until(database::isAvailable);
    }

    @Test
    void theClassAndTheGroupDecideTheParametersOfTheStart() throws SQLException {
        assertThat(database.query(
                        "SELECT @@max_connections, @@innodb_buffer_pool_size >= 1415574000, @@GLOBAL.long_query_time"))
                .containsExactly(List.of("150", "1", "3.0"));
    }

    @Test
    void aDynamicParameterIsInForceAtOnceAndAStaticOneAfterAReboot() throws SQLException {
        assertThat(databases.modify("db", Map.of("max_connections", "{DBInstanceClassMemory/25165760}")))
                .containsExactly(new DbParameters.Change("max_connections", "75", DbParameters.ApplyMethod.IMMEDIATE));
        assertThat(database.query("SELECT @@max_connections")).containsExactly(List.of("75"));
        assertThat(databases.modify("db-1", Map.of("innodb_read_io_threads", "7")))
                .containsExactly(new DbParameters.Change(
                        "innodb_read_io_threads", "7", DbParameters.ApplyMethod.PENDING_REBOOT));
        assertThat(database.query("SELECT @@innodb_read_io_threads")).doesNotContain(List.of("7"));
        assertThat(databases.find("db").parameters().pendingReboot()).containsExactly("innodb_read_io_threads");

        databases.reboot("db-1");

        assertThat(database.query("SELECT @@max_connections, @@innodb_read_io_threads"))
                .containsExactly(List.of("75", "7"));
        assertThat(databases.find("db").parameters().pendingReboot()).isEmpty();
        assertThat(sight.eventsOf("shop")).contains("RDS-EVENT-0037");
        assertThat(sight.eventsOf("db-1")).contains("RDS-EVENT-0006");
        databases.modify("db", Map.of("max_connections", "{DBInstanceClassMemory/12582880}"));
    }

    @Test
    void whatMySqlDoesNotTakeIsRefusedInItsWordsAndNothingIsSet() throws SQLException {
        String before = database.query("SELECT @@sort_buffer_size").toString();
        assertThatThrownBy(() -> databases.modify(
                        "db", Map.of("sort_buffer_size", "1M", "max_connection", "200", "max_connections", "200000")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("max_connection = 200: unknown variable 'max_connection=200'")
                .hasMessageContaining(
                        "max_connections = 200000: option 'max_connections': unsigned value 200000 adjusted to 100000");
        assertThatThrownBy(() -> databases.modify("db", Map.of("sql_mode", "LOOSE")))
                .hasMessageContaining("'LOOSE'");
        assertThatThrownBy(() -> databases.modify("db", Map.of("datadir", "/tmp")))
                .hasMessage("expected a parameter that can be modified, found datadir, which RDS keeps to itself");
        assertThatThrownBy(() -> databases.modify("bd-1", Map.of("max_connections", "20")))
                .hasMessage("expected a DB instance, found bd-1; did you mean \"db-1\"?");
        assertThat(database.query("SELECT @@sort_buffer_size")).hasToString(before);
    }

    @Test
    void whoIsOffTheNetworkIsNotWaitedForAndWhoIsFrozenCanBeReached() throws Exception {
        EngineContainer container = database.instance().container();
        try (ActiveCheck check =
                new ActiveCheck(alone(), SemiSync.BLOCK, Redundancy.COLD, Duration.ofMinutes(10), scheduler)) {
            assertThat(check.look(Mode.EXPOSED))
                    .isInstanceOfSatisfying(
                            Fact.Checked.class, it -> assertThat(it.written()).isTrue());
            container.pause();
            assertThat(Contact.reaches(database.address(), LIMIT)).isTrue();
            container.unpause();

            List<EngineContainer.Plug> plugs = container.plugs();
            plugs.forEach(container::unplug);
            Fact found;
            try {
                found = CompletableFuture.supplyAsync(() -> check.look(Mode.EXPOSED))
                        .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            } finally {
                plugs.forEach(container::plugIn);
            }
            assertThat(found).isInstanceOfSatisfying(Fact.Checked.class, it -> {
                assertThat(it.written()).isFalse();
                assertThat(it.primaryAnswers()).isFalse();
            });
        }
    }

    /** The end of the writes may take as long as the disk does; that is no restart. */
    @Test
    void aServerThatWasStartedIsShutAndOneThatEndsItsWritesIsNot() throws SQLException {
        try (ServerAgent agent = new ServerAgent(database, LIMIT)) {
            execute(database, "SET GLOBAL offline_mode = ON");
            boolean ending = agent.isOpen();
            execute(database, "SET GLOBAL super_read_only = ON");
            boolean started = agent.isOpen();
            agent.open(true);

            assertThat(ending).isTrue();
            assertThat(started).isFalse();
            assertThat(agent.isOpen()).isTrue();
        }
    }

    /** The database as a primary whose standby nobody asks. */
    private static MultiAzServers alone() {
        ServerAgent agent = new ServerAgent(database, LIMIT);
        return (MultiAzServers) Proxy.newProxyInstance(
                MultiAzServers.class.getClassLoader(),
                new Class<?>[] {MultiAzServers.class},
                (servers, method, arguments) -> switch (method.getName()) {
                    case "primary" -> database.identifier();
                    case "agent" -> agent;
                    case "isFull" -> false;
                    default -> throw new AssertionError(method.getName() + " was called");
                });
    }

    @Test
    void aStandbyThatCannotBeMadeLeavesNoVolumeBehind() throws SQLException {
        List<String> before = volumes();
        execute(database, "SET sql_log_bin = 0", "ALTER USER lab_replication ACCOUNT LOCK");
        Throwable givenUp = catchThrowable(() -> databases.toMultiAz("db", SemiSync.FALLBACK));
        execute(database, "SET sql_log_bin = 0", "ALTER USER lab_replication ACCOUNT UNLOCK");

        assertThat(givenUp).hasMessageEndingWith("; the database is what it was");
        assertThat(volumes()).isEqualTo(before);
    }

    private static List<String> volumes() {
        return engine.labObjects().stream()
                .filter(it ->
                        it.type() == Leftover.Type.VOLUME && it.owner().run().equals(RUN))
                .map(Leftover::name)
                .sorted()
                .toList();
    }

    @Test
    void aGroupWithMistakesIsRefusedBeforeAnythingStarts(@TempDir Path other) {
        Topology wrong = TopologyFile.parse("wrong.yaml", """
                name: wrong
                vpc: 10.77.0.0/16
                database: {parameter-group: {parameters: {max_connection: 5, max_connections: 0, sort_buffer_size: 1M}}}
                """);
        String run = RUN + "-wrong";
        assertThatThrownBy(() -> Launch.up(bench.plan(run, wrong, other, RECORDER)))
                .isInstanceOfSatisfying(
                        InvalidInput.class,
                        refused -> assertThat(refused.problems())
                                .hasSize(2)
                                .allMatch(it ->
                                        it.toString().startsWith("wrong: expected parameters that MySQL takes in")));
        assertThat(engine.labObjects()).noneMatch(it -> it.owner().run().equals(run));
    }

    @Test
    void aSnapshotBecomesANewDatabaseAndLeavesTheOldOneAsItIs() throws SQLException {
        execute(database, "CREATE TABLE shop.kept (id INT PRIMARY KEY)", "INSERT INTO shop.kept VALUES (1), (2)");
        Snapshot snapshot = databases.find("db").backups().create("before-release");
        execute(database, "INSERT INTO shop.kept VALUES (3)");
        assertThat(snapshot.database()).isEqualTo("db-1");
        assertThatThrownBy(() -> databases.find("db").backups().create("before-release"))
                .hasMessageContaining("expected a snapshot name that is free, found before-release");
        assertThatThrownBy(() -> databases.restore("db", "befor-release", "db-7"))
                .hasMessage("expected the name of a snapshot, found befor-release; did you mean \"before-release\"?");
        assertThatThrownBy(() -> databases.restore("db", "before-release", "web-1a"))
                .hasMessageContaining("expected a DB instance identifier that no instance has, found web-1a");

        RunningDatabase made = databases.restore("db", "before-release", "db-7");

        assertThat(made.server().query("SELECT id FROM shop.kept")).containsExactly(List.of("1"), List.of("2"));
        assertThat(database.query("SELECT COUNT(*) FROM shop.kept")).containsExactly(List.of("3"));
        execute(made.server(), "INSERT INTO shop.kept VALUES (9)");
        assertThat(environment.instance("db-7").id()).startsWith("i-");
        assertThat(sight.eventsOf("before-release")).containsExactly("RDS-EVENT-0040", "RDS-EVENT-0042");
        assertThat(sight.eventsOf("db-7")).contains("RDS-EVENT-0005", "RDS-EVENT-0008");
        databases.find("db").backups().delete("before-release");
        assertThat(databases.find("db").backups().snapshots())
                .noneMatch(it -> it.name().equals("before-release"));
    }

    @Test
    void aPointInTimeHasWhatWasCommittedUntilThenAndNothingAfter() throws SQLException {
        Backups backups = databases.find("db").backups();
        await().atMost(LIMIT).until(() -> backups.restorable().isPresent());
        execute(database, "CREATE TABLE shop.ids (id INT PRIMARY KEY, at TIMESTAMP(6) DEFAULT CURRENT_TIMESTAMP(6))");
        for (int id = 1; id <= 40; id++) {
            execute(database, "INSERT INTO shop.ids (id) VALUES (" + id + ")");
        }
        // Between two commits: MySQL's clock is this host's.
        Instant until = scheduler.instant();
        for (int id = 41; id <= 60; id++) {
            execute(database, "INSERT INTO shop.ids (id) VALUES (" + id + ")");
        }
        execute(database, "DROP TABLE shop.ids");
        Instant dropped = scheduler.instant();
        assertThatThrownBy(() -> databases.restoreToTime("db", Optional.of(Instant.EPOCH), "db-8"))
                .hasMessageStartingWith("expected a time that db-1 can be restored to, ")
                .hasMessageEndingWith(", found 1970-01-01T00:00:00Z");
        await().atMost(LIMIT)
                .until(() -> backups.restorable()
                        .filter(range -> range.latest().isAfter(dropped))
                        .isPresent());

        RunningDatabase made = databases.restoreToTime("db", Optional.of(until), "db-8");

        assertThat(made.server().query("SELECT id FROM shop.ids ORDER BY id"))
                .isEqualTo(IntStream.rangeClosed(1, 40)
                        .mapToObj(id -> List.of(Integer.toString(id)))
                        .toList());
        assertThat(sight.eventsOf("db-8")).contains("RDS-EVENT-0005", "RDS-EVENT-0019");
        assertThat(sight.eventsOf("db-1")).contains("RDS-EVENT-0001", "RDS-EVENT-0002");
        execute(made.server(), "INSERT INTO shop.ids (id) VALUES (99)");
    }

    @Test
    void snapshotsOfTwoDatabasesAtOnceAreBothWhole() {
        Backups own = databases.find("db").backups();
        own.create("for-two");
        Backups other = databases.restore("db", "for-two", "db-5").backups();

        CompletableFuture<Snapshot> first = CompletableFuture.supplyAsync(() -> own.create("at-once-1"));
        await().atMost(LIMIT).until(() -> sight.folders().contains("at-once-1"));
        Snapshot second = other.create("at-once-2");

        assertThat(List.of(first.join(), second)).map(Snapshot::name).containsExactly("at-once-1", "at-once-2");
        assertThat(sight.folders()).contains("at-once-1", "at-once-2");
    }

    @Test
    void aBackupThatFailsAgainAndAgainIsToldToBeginOnce() {
        Backups backups = databases.find("db").backups();
        await().atMost(LIMIT).until(() -> sight.eventsOf("db-1").contains("RDS-EVENT-0002"));
        int days = backups.policy().retentionDays();
        backups.retain(0);
        sight.onTheVolume("mv snapshots away && touch snapshots");
        int before = sight.eventsOf("db-1").size();
        long failed = sight.failedBackups();
        backups.retain(days);
        await().atMost(LIMIT).until(() -> sight.failedBackups() > failed);
        sight.onTheVolume("rm snapshots && mv away snapshots");

        await().atMost(LIMIT)
                .until(() -> sight.eventsOf("db-1")
                        .subList(before, sight.eventsOf("db-1").size())
                        .contains("RDS-EVENT-0002"));
        assertThat(sight.eventsOf("db-1").subList(before, sight.eventsOf("db-1").size()))
                .containsExactly("RDS-EVENT-0032", "RDS-EVENT-0001", "RDS-EVENT-0002");
    }

    @Test
    @Tag("long")
    void aVolumeThatFillsUpIsToldOfAndAFullOneTakesWritesAgainOnceItIsLarger() throws SQLException {
        execute(database, "CREATE TABLE shop.big (id INT PRIMARY KEY AUTO_INCREMENT, text LONGTEXT)");
        sight.fillUp(40 * MIB);
        await().atMost(LIMIT).until(() -> databases.storage().equals(Optional.of(Storage.State.LOW)));
        sight.free();
        await().atMost(LIMIT).until(() -> databases.storage().equals(Optional.of(Storage.State.ENOUGH)));
        execute(database, "INSERT INTO shop.big (text) VALUES (REPEAT('w', 9000000))");

        // InnoDB extends its files by 4 MiB. Binary logs that are removed meanwhile give some room back.
        await().atMost(LIMIT).ignoreExceptions().until(() -> {
            sight.fillUp(3 * MIB);
            return databases.storage().equals(Optional.of(Storage.State.FULL));
        });
        Throwable seen =
                catchThrowable(() -> execute(database, "INSERT INTO shop.big (text) VALUES (REPEAT('x', 9000000))"));
        System.out.println("a client of a full database sees: " + seen.getMessage());
        assertThat(seen).isInstanceOf(SQLException.class);
        await().atMost(LIMIT).until(() -> sight.freeStorage().anyMatch(bytes -> bytes < 4 * MIB));
        assertThat(sight.freeStorage().max().orElseThrow()).isGreaterThan(64 * MIB);
        assertThatThrownBy(() -> databases.allocate("db", 512 * MIB))
                .hasMessage(
                        "expected more allocated storage than now, 640MiB, found 512MiB; as on RDS it cannot shrink");

        databases.allocate("db", 800 * MIB);

        await().atMost(LIMIT).until(database::isAvailable);
        // Where MySQL waits for room it looks for it once a minute.
        try (Connection patient = database.administer(LIMIT.multipliedBy(2))) {
            Sql.execute(patient, "INSERT INTO shop.big (text) VALUES (REPEAT('y', 9000000))");
        }
        assertThat(database.query("SELECT LEFT(text, 1), LENGTH(text) FROM shop.big"))
                .containsExactly(List.of("w", "9000000"), List.of("y", "9000000"));
        assertThat(database.storage().orElseThrow().totalBytes()).isEqualTo(800 * MIB);
        assertThat(sight.eventsOf("db-1"))
                .containsSubsequence("RDS-EVENT-0089", "RDS-EVENT-0007", "RDS-EVENT-0018", "RDS-EVENT-0017");
        sight.free();
        execute(database, "DROP TABLE shop.big");
        await().atMost(LIMIT).until(() -> databases.storage().equals(Optional.of(Storage.State.ENOUGH)));
    }

    @Test
    void binaryLogsGoOnceTheyAreKeptAndCanBeRestoredFrom() throws SQLException {
        execute(database, "CREATE TABLE shop.logged (id INT PRIMARY KEY)", "INSERT INTO shop.logged VALUES (1)");
        String written =
                database.query("SELECT @@GLOBAL.gtid_executed").getFirst().getFirst();

        await().atMost(LIMIT)
                .until(() -> database.query("SELECT GTID_SUBSET('" + written + "', @@GLOBAL.gtid_purged)")
                        .equals(List.of(List.of("1"))));

        try (Connection connection = database.administer(LIMIT)) {
            List<String> there = Sql.column(connection, "SHOW BINARY LOGS");
            assertThat(there).hasSizeLessThan(3).doesNotContain("binlog.000001");
        }
        assertThat(database.instance()
                        .run("sh", "-c", "ls " + BackupStore.logsOf("db-1") + "/*")
                        .stdout())
                .contains("binlog.000001");
    }

    /** Its address is the next one's, of whom nothing must be taken for the one that is gone. */
    @Test
    void nothingIsLeftOfARestoreThatFails() {
        databases.find("db").backups().create("broken");
        databases.find("db").backups().create("sound");
        sight.onTheVolume("rm -r snapshots/broken/data");

        assertThatThrownBy(() -> databases.restore("db", "broken", "db-3")).isInstanceOf(EnvironmentFailed.class);
        assertThat(databases.all()).noneMatch(it -> it.identifier().equals("db-3"));
        databases.restore("db", "sound", "db-4");

        await().atMost(LIMIT).until(() -> sight.answers("db-4") > 3);
        assertThat(sight.answers("db-3")).isZero();
    }

    @Test
    void whateverIsKilledDuringABackupLeavesAWholeSnapshotOrNone() throws Exception {
        execute(database, "CREATE TABLE IF NOT EXISTS shop.heavy (id INT PRIMARY KEY AUTO_INCREMENT, text LONGTEXT)");
        for (int i = 0; i < 4; i++) {
            execute(database, "INSERT INTO shop.heavy (text) VALUES (REPEAT('x', 8000000))");
        }
        Backups backups = databases.find("db").backups();
        long seed = new SecureRandom().nextLong();
        Random random = new Random(seed);
        long begin = System.nanoTime();
        backups.create("unharmed");
        long nanos = System.nanoTime() - begin;
        List<String> whole = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
            String name = "killed-" + i;
            // One kill in each part of twice the time that a backup takes: on every machine some hit it and some come
            // after.
            long delay = TimeUnit.NANOSECONDS.toMillis((long) (2 * nanos * (i + random.nextDouble()) / KILLS));
            scheduler.after(Duration.ofMillis(delay), () -> database.instance().kill());
            boolean made;
            try {
                backups.create(name);
                made = true;
            } catch (RuntimeException killed) {
                made = false;
            }
            await().atMost(LIMIT)
                    .until(() -> !database.instance().container().state().running());
            database.instance().start();
            await().atMost(LIMIT).until(database::isAvailable);
            boolean listed =
                    backups.snapshots().stream().anyMatch(it -> it.name().equals(name));
            System.out.printf("seed %d: killed after %d ms, made %s, listed %s%n", seed, delay, made, listed);
            // Killed between the last rename and the answer, it may be there without having been reported.
            assertThat(listed || !made).as("seed %d, snapshot %s", seed, name).isTrue();
            if (listed) {
                whole.add(name);
            }
        }
        backups.create("after-all");
        assertThat(whole).as("else no backup was cut short").hasSizeLessThan(KILLS);
        assertThat(sight.folders())
                .filteredOn(name -> name.startsWith("killed-"))
                .as("what was cut short is gone")
                .containsExactlyInAnyOrderElementsOf(whole);
        String last = whole.isEmpty() ? "after-all" : whole.getLast();
        RunningDatabase restored = databases.restore("db", last, "db-9");
        try (Connection connection = restored.server().administer(LIMIT)) {
            assertThat(Sql.rows(connection, "SELECT COUNT(*), SUM(LENGTH(text)) FROM shop.heavy"))
                    .containsExactly(List.of("4", "32000000"));
            assertThat(Sql.rows(connection, "CHECK TABLE shop.heavy").getFirst())
                    .endsWith("OK");
        }
    }

    private static void execute(DbInstance server, String... statements) throws SQLException {
        try (Connection connection = server.administer(Duration.ofSeconds(20))) {
            for (String statement : statements) {
                Sql.execute(connection, statement);
            }
        }
    }
}
