package io.failoverlab.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.ExecResult;
import io.failoverlab.environment.Environment;
import io.failoverlab.environment.RunningDatabase;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.Kill;
import io.failoverlab.fault.ReplicaLag;
import io.failoverlab.history.ItemVersion;
import io.failoverlab.history.ItemVersionLog;
import io.failoverlab.profile.LoadProfile;
import io.failoverlab.profile.Simulations;
import io.failoverlab.profile.TargetPolicy;
import io.failoverlab.rds.Backups;
import io.failoverlab.rds.MultiAz.Mode;
import io.failoverlab.simulation.LoadGenerator;
import io.failoverlab.simulation.RunningLoad;
import io.failoverlab.topology.TopologyFile;
import io.failoverlab.verdict.StaleReadAudit;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.cloudwatch.model.MetricAlarm;

/** A Multi-AZ database with a read replica, on the real stack; the last test takes the replica away. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReadReplicaIT {
    private static final String RUN = "replica-it-" + ProcessHandle.current().pid();
    private static final String REPLICA = "db-1-replica";
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+)");

    @TempDir
    private static Path folder;

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static TestSession session;
    private static LabScheduler scheduler;
    private static LabSession lab;
    private static Environment stack;

    @BeforeAll
    static void bringUp() throws Exception {
        session = TestSession.up(RUN, TopologyFile.parse("replica-it.yaml", """
                name: replica-it
                web: {count: 2}
                database: {multi-az: true, read-replica: {zone: c}}
                """));
        lab = session.lab();
        stack = lab.environment();
        scheduler = session.scheduler();
    }

    @AfterAll
    static void takeDown() {
        if (session != null) {
            session.close();
        }
    }

    @BeforeEach
    void inSync() {
        await().atMost(LIMIT).until(() -> stack.multiAz().orElseThrow().mode() == Mode.SYNCED);
        assertThat(stack.awaitInService(LIMIT, waiting -> {})).isTrue();
    }

    @Test
    @Order(1)
    void theCatalogueIsReadAtTheReplicaWhichTakesNoWritesAndDelaysNone() throws Exception {
        long version = reprice(7);

        await().atMost(LIMIT).until(() -> versionAt(replica(), 7) == version);
        // A web server that has just started reads at the primary until it has found the replica.
        await().atMost(LIMIT).until(() -> {
            assertThat(get("/api/items/7")).contains("\"version\":" + version);
            return readsAtTheReader() > 0;
        });
        assertThatThrownBy(() -> replica().server().query("INSERT INTO items VALUES (0, 'x', 'x', 1, 1)"))
                .isInstanceOf(SQLException.class);
        assertThat(replica().server().query("SELECT @@super_read_only, @@rpl_semi_sync_replica_enabled"))
                .containsExactly(List.of("1", "0"));
        await().atMost(LIMIT).until(ReadReplicaIT::isLevelWithThePrimary);
        await().atMost(LIMIT)
                .until(() ->
                        alarm("-lag").equals("OK") && alarm("-not-replicating").equals("OK"));
    }

    @Test
    @Order(1)
    void thePageIsToldWhereTheNamesLeadAndWhoReplicatesFromWhom() {
        await().atMost(LIMIT).untilAsserted(ReadReplicaIT::thePageFollowsThePrimary);
    }

    /** The other server of the pair and the replica replicate from the primary, and each name leads where it should. */
    private static void thePageFollowsThePrimary() throws Exception {
        String primary = stack.database().identifier();
        String standby = primary.equals("db-1") ? "db-2" : "db-1";
        Map<String, String> told = new TreeMap<>();
        for (JsonNode node : new ObjectMapper().readTree(actions()).path("nodes")) {
            if (node.path("tier").asText().equals("db")) {
                told.put(
                        node.path("name").asText(),
                        node.path("source").asText() + " " + node.path("names").toString());
            }
        }
        assertThat(told)
                .isEqualTo(Map.of(
                        primary, " [\"db-1.ap-northeast-1.rds.lab\"]",
                        standby, primary + " []",
                        REPLICA, primary + " [\"db-1-replica.ap-northeast-1.rds.lab\"]"));
    }

    private static String actions() throws Exception {
        return HTTP.send(
                        HttpRequest.newBuilder(lab.session().monitor().resolve("/actions"))
                                .header(
                                        "Authorization",
                                        "Bearer " + lab.session().access().token())
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    @Order(2)
    void aReplicaThatLagsAnswersWithWhatIsOldAndRaisesItsAlarmUntilItIsHealed() {
        ActiveFault fault = stack.inject(new ReplicaLag(Duration.ofSeconds(10)), REPLICA, Optional.empty());
        assertThat(fault.tookEffect()).as(fault.evidence()).isTrue();
        assertThat(fault.evidence()).isEqualTo("it applies 10 s late");

        await().atMost(LIMIT).until(() -> reprice(8) > versionIn(get("/api/items/8")));
        await().atMost(LIMIT).until(() -> alarm("-lag").equals("ALARM"));
        stack.heal(fault);

        await().atMost(LIMIT).until(() -> alarm("-lag").equals("OK"));
    }

    @Test
    @Order(3)
    @Tag("long")
    void staleReadsAreFoundInWhatTheClientsOfALoadWereAnswered() throws Exception {
        Instant begin;
        try (RunningLoad load =
                LoadGenerator.start(load(), folder.resolve("load"), LoadGenerator.HtmlReport.LEAVE_OUT, second -> {})) {
            begin = load.startedAt();
            await().atMost(LIMIT).until(() -> scheduler.instant().isAfter(begin.plusSeconds(2)));
            ActiveFault fault =
                    stack.inject(new ReplicaLag(Duration.ofSeconds(3)), REPLICA, Optional.of(Duration.ofSeconds(7)));
            await().atMost(LIMIT).until(fault::isHealed);
            load.await(LIMIT);
        }

        List<ItemVersion> known = ItemVersionLog.read(folder.resolve("load"), begin, new ArrayList<>());
        assertThat(StaleReadAudit.of(known).stale()).anyMatch(it -> it.age().compareTo(Duration.ofSeconds(1)) > 0);
    }

    @Test
    @Order(5)
    void afterAFailoverItFollowsTheNewPrimary() throws Exception {
        String old = stack.database().identifier();
        stack.inject(new Kill(), old, Optional.empty());
        await().atMost(LIMIT).until(() -> !stack.database().identifier().equals(old));

        await().atMost(LIMIT).until(ReadReplicaIT::isLevelWithThePrimary);
        assertThat(atReplica("SELECT AUTO_POSITION FROM performance_schema.replication_connection_configuration"))
                .as("by GTID, not by a place in the old one's logs")
                .isEqualTo("1");
        inSync();
        assertThat(new DatabaseDescription(stack).of(stack.databases().find("db")))
                .contains("endpoint\t" + stack.database().address() + ":3306");
        long version = await().atMost(LIMIT).ignoreExceptions().until(() -> reprice(9), it -> it > 1);
        await().atMost(LIMIT).until(() -> versionAt(replica(), 9) == version);
        await().atMost(LIMIT).untilAsserted(ReadReplicaIT::thePageFollowsThePrimary);
    }

    /** An asynchronous replica may have received what the standby had not when the primary died. */
    @Test
    @Order(6)
    @Tag("long")
    void aReplicaThatHasWhatTheNewPrimaryHasNotIsMadeAnew() throws Exception {
        String id = stack.instance(REPLICA).id();
        atReplica("SET GLOBAL super_read_only = OFF; CREATE DATABASE errant; SET GLOBAL super_read_only = ON");

        stack.failOver("db", false);

        await().atMost(LIMIT).until(() -> !stack.instance(REPLICA).id().equals(id));
        await().atMost(LIMIT).until(() -> replica().server().isAvailable());
        long version = reprice(10);
        await().atMost(LIMIT).until(() -> versionAt(replica(), 10) == version);
        await().atMost(LIMIT).until(ReadReplicaIT::isLevelWithThePrimary);
    }

    @Test
    @Order(7)
    @Tag("long")
    void aReplicaThatWasAwayFindsTheLogsThatItNeedsAndServesOnlyOnceItHasCaughtUp() throws Exception {
        String id = stack.instance(REPLICA).id();
        ActiveFault killed = stack.inject(new Kill(), REPLICA, Optional.empty());
        long version = reprice(11);
        assertThat(get("/api/items/11")).contains("\"version\":" + version);
        Backups backups = stack.databases().find("db").backups();
        Instant kept = scheduler.instant().plus(backups.logInterval().multipliedBy(2));
        await().atMost(LIMIT)
                .until(() -> backups.restorable()
                        .filter(it -> it.latest().isAfter(kept))
                        .isPresent());

        stack.heal(killed);

        await().atMost(LIMIT).until(() -> replica().server().isAvailable());
        assertThat(versionAt(replica(), 11)).isEqualTo(version);
        assertThat(stack.instance(REPLICA).id()).as("it was not made anew").isEqualTo(id);
    }

    @Test
    @Order(8)
    void promotedItIsADatabaseOfItsOwn() throws Exception {
        assertThatThrownBy(() -> stack.databases().promote("db-1"))
                .hasMessage("expected a read replica, found db-1; the one of this stack is db-1-replica");
        stack.inject(new ReplicaLag(Duration.ofSeconds(60)), REPLICA, Optional.empty());
        long before = reprice(13);
        // What has not arrived when it is promoted is lost to it, as on RDS; this arrives, and waits to be applied.
        String written = stack.database()
                .query("SELECT @@GLOBAL.gtid_executed")
                .getFirst()
                .getFirst()
                .replace("\n", "");
        await().atMost(LIMIT)
                .until(() -> atReplica("SELECT GTID_SUBTRACT('" + written
                                + "', CONCAT_WS(',', @@GLOBAL.gtid_executed, RECEIVED_TRANSACTION_SET))"
                                + " FROM performance_schema.replication_connection_status")
                        .isEmpty());
        assertThat(versionAt(replica(), 13)).as("it waits").isLessThan(before);

        RunningDatabase promoted = stack.databases().promote(REPLICA);

        assertThat(versionAt(promoted, 13)).as("it applies what it received").isEqualTo(before);
        assertThat(promoted.server().query("SELECT @@super_read_only")).containsExactly(List.of("0"));
        long after = reprice(13);
        await("read at the primary, once the name is looked up again")
                .atMost(LIMIT)
                .until(() -> get("/api/items/13").contains("\"version\":" + after));
        assertThat(versionAt(promoted, 13)).isEqualTo(before);
        assertThat(stack.topology().readReplica()).isEmpty();
        assertThat(stack.databases().restored())
                .extracting(RunningDatabase::identifier)
                .containsExactly(REPLICA);
        await().atMost(LIMIT)
                .until(() -> lab.monitor().alarms().stream()
                        .noneMatch(it -> it.alarmName().startsWith(REPLICA)));
        stack.databases().reboot(REPLICA);
        assertThat(promoted.server().query("SELECT @@super_read_only")).containsExactly(List.of("0"));
        assertThatThrownBy(() -> stack.databases().promote(REPLICA))
                .hasMessage("expected a read replica, found db-1-replica; this stack has none: a section read-replica"
                        + " of a topology's database makes one, as in two-web-read-replica");
    }

    /** What root is answered there, who may change more than the lab lets anybody. */
    private static String atReplica(String sql) {
        ExecResult said = stack.instance(REPLICA)
                .run(
                        "sh",
                        "-c",
                        "MYSQL_PWD=$(cat /run/secrets/lab/db-root-password) mysql -uroot -NBe \"$1\"",
                        "sh",
                        sql);
        assertThat(said.exitCode()).as(said.stderr()).isZero();
        return said.stdout().strip();
    }

    private static LoadProfile load() {
        return new LoadProfile(
                Simulations.BROWSE_AND_REPRICE,
                100,
                Duration.ofSeconds(1),
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                0.3,
                7,
                new TargetPolicy(List.of(), InetAddress::getAllByName).check(stack.service()));
    }

    private static boolean isLevelWithThePrimary() {
        return stack.readReplica()
                .orElseThrow()
                .state()
                .equals("0 s behind " + stack.database().address());
    }

    private static RunningDatabase replica() {
        return stack.databases().find(REPLICA);
    }

    private static long versionAt(RunningDatabase database, long item) throws SQLException {
        return Long.parseLong(database.server()
                .query("SELECT version FROM items WHERE id = " + item)
                .getFirst()
                .getFirst());
    }

    private static String alarm(String suffix) {
        return lab.monitor().alarms().stream()
                .filter(it -> it.alarmName().equals(REPLICA + suffix))
                .map(MetricAlarm::stateValueAsString)
                .findFirst()
                .orElse("none");
    }

    /** Over all web servers. */
    private static double readsAtTheReader() throws Exception {
        double reads = 0;
        for (var web : stack.topology().web()) {
            String metrics = get(URI.create("http://" + web.primary().address() + ":8080/metrics"));
            reads += metrics.lines()
                    .filter(it -> it.startsWith("shop_catalogue_reads_total{") && it.contains("endpoint=\"reader\""))
                    .mapToDouble(it -> Double.parseDouble(it.substring(it.lastIndexOf(' ') + 1)))
                    .sum();
        }
        return reads;
    }

    private static String get(String path) throws Exception {
        return get(stack.service().resolve(path));
    }

    private static String get(URI address) throws Exception {
        return send(HttpRequest.newBuilder(address));
    }

    /** The item's new version. */
    private static long reprice(long item) throws Exception {
        String answer = send(HttpRequest.newBuilder(stack.service().resolve("/api/items/" + item))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"priceCents\":990}")));
        return versionIn(answer);
    }

    private static long versionIn(String answer) {
        Matcher version = VERSION.matcher(answer);
        assertThat(version.find()).as(answer).isTrue();
        return Long.parseLong(version.group(1));
    }

    private static String send(HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer =
                HTTP.send(request.timeout(Duration.ofSeconds(10)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
