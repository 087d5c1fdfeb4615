package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.document.InvalidInput;
import io.failoverlab.engine.Engine;
import io.failoverlab.environment.Databases;
import io.failoverlab.environment.Environment;
import io.failoverlab.environment.EnvironmentFailed;
import io.failoverlab.environment.Launch;
import io.failoverlab.environment.RecordedMetrics;
import io.failoverlab.environment.RunningDatabase;
import io.failoverlab.environment.StackBench;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
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
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parameters, snapshots and points in time of a real MySQL in a stack, brought up once for all tests. */
class DatabaseIT {
    private static final String RUN = "database-it-" + ProcessHandle.current().pid();
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int KILLS = 6;

    @TempDir
    private static Path folder;

    private static final RecordedMetrics RECORDER = new RecordedMetrics();
    private static StackBench bench;
    private static LabScheduler scheduler;
    private static Engine engine;
    private static Environment environment;
    private static Databases databases;
    private static DbInstance database;

    @BeforeAll
    static void bringUp() {
        bench = StackBench.open(RUN);
        scheduler = bench.scheduler();
        engine = bench.engine();
        environment = Launch.up(bench.plan(TopologyFile.parse("database-it.yaml", """
                name: database-it
                vpc: 10.87.0.0/16
                web: {count: 1}
                database: {parameter-group: {name: shop, parameters: {long_query_time: 3}}}
                """), folder, RECORDER));
        databases = environment.databases();
        database = environment.database();
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
        assertThat(eventsOf("shop")).contains("RDS-EVENT-0037");
        assertThat(eventsOf("db-1")).contains("RDS-EVENT-0006");
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
        assertThat(eventsOf("before-release")).containsExactly("RDS-EVENT-0040", "RDS-EVENT-0042");
        assertThat(eventsOf("db-7")).contains("RDS-EVENT-0005", "RDS-EVENT-0008");
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
        assertThat(eventsOf("db-8")).contains("RDS-EVENT-0005", "RDS-EVENT-0019");
        assertThat(eventsOf("db-1")).contains("RDS-EVENT-0001", "RDS-EVENT-0002");
        execute(made.server(), "INSERT INTO shop.ids (id) VALUES (99)");
    }

    @Test
    void snapshotsOfTwoDatabasesAtOnceAreBothWhole() {
        Backups own = databases.find("db").backups();
        own.create("for-two");
        Backups other = databases.restore("db", "for-two", "db-5").backups();

        CompletableFuture<Snapshot> first = CompletableFuture.supplyAsync(() -> own.create("at-once-1"));
        await().atMost(LIMIT).until(() -> folders().contains("at-once-1"));
        Snapshot second = other.create("at-once-2");

        assertThat(List.of(first.join(), second)).map(Snapshot::name).containsExactly("at-once-1", "at-once-2");
        assertThat(folders()).contains("at-once-1", "at-once-2");
    }

    @Test
    void aBackupThatFailsAgainAndAgainIsToldToBeginOnce() {
        Backups backups = databases.find("db").backups();
        await().atMost(LIMIT).until(() -> eventsOf("db-1").contains("RDS-EVENT-0002"));
        int days = backups.policy().retentionDays();
        backups.retain(0);
        onTheVolume("mv snapshots away && touch snapshots");
        int before = eventsOf("db-1").size();
        long failed = failedBackups();
        backups.retain(days);
        await().atMost(LIMIT).until(() -> failedBackups() >= failed + 2);
        onTheVolume("rm snapshots && mv away snapshots");

        await().atMost(LIMIT)
                .until(() -> eventsOf("db-1")
                        .subList(before, eventsOf("db-1").size())
                        .contains("RDS-EVENT-0002"));
        assertThat(eventsOf("db-1").subList(before, eventsOf("db-1").size()))
                .containsExactly("RDS-EVENT-0032", "RDS-EVENT-0001", "RDS-EVENT-0002");
    }

    /** Its address is the next one's, of whom nothing must be taken for the one that is gone. */
    @Test
    void nothingIsLeftOfARestoreThatFails() {
        databases.find("db").backups().create("broken");
        databases.find("db").backups().create("sound");
        onTheVolume("rm -r snapshots/broken/data");

        assertThatThrownBy(() -> databases.restore("db", "broken", "db-3")).isInstanceOf(EnvironmentFailed.class);
        assertThat(databases.all()).noneMatch(it -> it.identifier().equals("db-3"));
        databases.restore("db", "sound", "db-4");

        await().atMost(LIMIT).until(() -> answers("db-4") > 3);
        assertThat(answers("db-3")).isZero();
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
        List<String> whole = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
            String name = "killed-" + i;
            int delay = 20 + random.nextInt(900);
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
        assertThat(folders())
                .as("what was cut short is gone")
                .containsAll(whole)
                .doesNotContainAnyElementsOf(IntStream.range(0, KILLS)
                        .mapToObj(i -> "killed-" + i)
                        .filter(name -> !whole.contains(name))
                        .toList());
        String last = whole.isEmpty() ? "after-all" : whole.getLast();
        RunningDatabase restored = databases.restore("db", last, "db-9");
        assertThat(restored.server().query("SELECT COUNT(*), SUM(LENGTH(text)) FROM shop.heavy"))
                .containsExactly(List.of("4", "32000000"));
        assertThat(restored.server().query("CHECK TABLE shop.heavy").getFirst()).endsWith("OK");
    }

    /** Ids of the events of one source. */
    private static List<String> eventsOf(String source) {
        return RECORDER.events().stream()
                .filter(it -> it instanceof StackEvent.DatabaseEvent event
                        && event.source().equals(source))
                .map(it -> ((StackEvent.DatabaseEvent) it).id())
                .toList();
    }

    /** How often a DB instance answered whoever monitors it under that name. */
    private static long answers(String identifier) {
        return RECORDER.measurements().stream()
                .filter(it -> it.name().equals("DatabaseConnections")
                        && it.dimensions().equals(Map.of("DBInstanceIdentifier", identifier)))
                .count();
    }

    private static long failedBackups() {
        return RECORDER.events().stream()
                .filter(it -> it instanceof StackEvent.Trouble trouble
                        && trouble.message().startsWith("the automated backup of db-1 failed"))
                .count();
    }

    private static void onTheVolume(String line) {
        assertThat(database.instance()
                        .run("sh", "-ec", "cd " + BackupStore.FOLDER + "; " + line)
                        .exitCode())
                .isZero();
    }

    private static List<String> folders() {
        return database.instance()
                .run("ls", BackupStore.FOLDER + "/snapshots")
                .stdout()
                .lines()
                .toList();
    }

    private static void execute(DbInstance server, String... statements) throws SQLException {
        try (Connection connection = server.administer(Duration.ofSeconds(20))) {
            for (String statement : statements) {
                Sql.execute(connection, statement);
            }
        }
    }
}
