package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.engine.ExecResult;
import io.failoverlab.fault.AzNetwork;
import io.failoverlab.fault.Fault;
import io.failoverlab.fault.Kill;
import io.failoverlab.fault.Pause;
import io.failoverlab.rds.MultiAz.Mode;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.topology.TopologyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Multi-AZ database on the real stack: its primary is lost in every way, and no order that was acknowledged is. */
class MultiAzIT {
    private static final String RUN = "maz-it-" + ProcessHandle.current().pid();
    private static final Duration LIMIT = Duration.ofSeconds(90);

    @TempDir
    private static Path folder;

    private static final RecordedMetrics METRICS = new RecordedMetrics();
    private static LabScheduler scheduler;
    private static StackBench bench;
    private static Environment stack;

    @BeforeAll
    static void bringUp() throws Exception {
        bench = StackBench.open(RUN);
        scheduler = bench.scheduler();
        stack = Launch.up(bench.plan(TopologyFile.named("two-web-multi-az"), folder, METRICS));
    }

    @AfterAll
    static void takeDownAndLeaveNothing() {
        if (stack != null) {
            stack.close();
        }
        if (bench != null) {
            bench.close();
        }
    }

    @BeforeEach
    void inSync() {
        await().atMost(LIMIT).until(() -> mode() == Mode.SYNCED);
        assertThat(stack.awaitInService(LIMIT, waiting -> {})).isTrue();
    }

    @Test
    void theStandbyKeepsASecondCopyAndServesNobody() throws Exception {
        String standby = stack.databaseTier().standby();

        assertThat(stack.databaseTier().agent(stack.databaseTier().primary()).isWaitingForStandby())
                .isTrue();
        assertThatThrownBy(() -> stack.databaseTier().agent(standby).server().query("SELECT 1"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("offline mode");
        // Even with every right nothing can be written there.
        assertThat(asRoot(stack.instance(standby).container(), "INSERT INTO lab.heartbeat VALUES (2, 2)"))
                .contains("super-read-only");
    }

    @Test
    void aWriteIsAcknowledgedOnlyOnceTheStandbyHasIt() throws Exception {
        EngineContainer primary = stack.database().instance().container();
        stack.databaseTier().agent(stack.databaseTier().standby()).stopReceiving();

        ExecResult write = primary.exec(
                Duration.ofSeconds(20),
                "sh",
                "-c",
                "timeout 1 " + client("INSERT INTO lab.heartbeat VALUES (3, 3)") + "; echo ended $?");

        assertThat(write.stdout()).contains("ended 124");
        // Which the active check takes for what it is, and the lab goes on with the standby, that has all acknowledged.
        await().atMost(LIMIT).until(() -> mode() != Mode.SYNCED);
    }

    @Test
    void aKilledPrimaryCostsNoAcknowledgedOrder() throws Exception {
        failsOver(new Kill());
    }

    @Test
    void aFrozenPrimaryIsFencedAndCostsNoAcknowledgedOrder() throws Exception {
        failsOver(new Pause());
    }

    @Test
    void aZoneThatIsCutOffLosesThePrimaryWhichTakesNoWriteAnyMore() throws Exception {
        String old = stack.databaseTier().primary();
        EngineContainer cut = stack.instance(old).container();
        String zone = stack.topology().zone(stack.instance(old).zone()).letter();
        try (OrderStream orders = new OrderStream(stack.service(), 4)) {
            await().until(() -> orders.acknowledged().size() > 50);
            var fault = stack.inject(new AzNetwork(), zone, Optional.empty());
            // Nobody has been told yet: it runs, and cannot acknowledge.
            assertThat(asRoot(cut, "INSERT INTO lab.heartbeat VALUES (4, 4)")).doesNotContain("ended 0");

            await().atMost(LIMIT).until(() -> !stack.databaseTier().primary().equals(old));
            int before = orders.acknowledged().size();
            await().atMost(LIMIT).until(() -> orders.acknowledged().size() > before + 50);
            assertThat(cut.state().running()).isFalse();
            assertThat(mode()).isEqualTo(Mode.EXPOSED);

            stack.heal(fault);
            await().atMost(LIMIT).until(() -> mode() == Mode.SYNCED);
            orders.stop();
            assertNothingLost(orders);
        }
    }

    @Test
    void aFailoverIsRefusedWhileTheStandbyIsNotInSync() {
        stack.multiAz().orElseThrow().failOver();

        assertThatThrownBy(() -> stack.multiAz().orElseThrow().failOver())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("RDS-EVENT-0034: ");
    }

    /** As a restart does, which the engine's events would tell of: its relay log is gone, and replication off. */
    @Test
    void aStandbyThatThrewAwayWhatItReceivedIsNotPromoted() throws Exception {
        String primary = stack.databaseTier().primary();
        EngineContainer standby = stack.instance(stack.databaseTier().standby()).container();
        try (OrderStream orders = new OrderStream(stack.service(), 4)) {
            await().until(() -> orders.acknowledged().size() > 50);
            int told = METRICS.events().size();
            assertThat(asRoot(standby, "STOP REPLICA; RESET REPLICA")).endsWith("ended 0");
            stack.multiAz().orElseThrow().failOver();

            await().atMost(LIMIT).until(() -> mode() == Mode.SYNCED);
            int before = orders.acknowledged().size();
            await().atMost(LIMIT).until(() -> orders.acknowledged().size() > before + 50);
            orders.stop();
            assertNothingLost(orders);
            assertThat(METRICS.events().stream().skip(told).map(String::valueOf))
                    .anyMatch(it -> it.contains("the failover is given up: "));
        }
        assertThat(stack.databaseTier().primary()).isEqualTo(primary);
    }

    /** What a lab leaves that dies between the removal of the old server and the start of the empty one. */
    @Test
    void aStandbyWithoutAContainerIsMadeAnewByTheLabThatTakesOver() throws Exception {
        String standby = stack.databaseTier().standby();
        String primary = stack.databaseTier().primary();
        EngineContainer container = stack.instance(standby).container();
        try (OrderStream orders = new OrderStream(stack.service(), 4)) {
            await().until(() -> orders.acknowledged().size() > 50);
            stack.leave();
            container.remove();

            List<String> told = new ArrayList<>();
            stack = bench.takeOver(folder, METRICS, told::add);

            await().atMost(LIMIT).until(() -> mode() == Mode.SYNCED);
            assertThat(told).contains(standby + " had no container and was made again, as an empty standby");
            assertThat(stack.databaseTier().primary()).isEqualTo(primary);
            int before = orders.acknowledged().size();
            await().atMost(LIMIT).until(() -> orders.acknowledged().size() > before + 50);
            orders.stop();
            assertNothingLost(orders);
        }
    }

    @Test
    void aFailoverWaitsUntilTheNewPrimaryCanBeWrittenDown() throws Exception {
        String standby = stack.databaseTier().standby();
        Path inTheWay =
                Files.createDirectories(folder.resolve("stack.json.next").resolve("full"));
        stack.multiAz().orElseThrow().failOver();

        await().atMost(LIMIT)
                .until(() -> METRICS.events().stream()
                        .anyMatch(it -> it.toString().contains("Promote of " + standby + " failed: the state of")));
        assertThat(stack.databaseTier().agent(standby).isOpen()).isFalse();
        Files.delete(inTheWay);

        await().atMost(LIMIT).until(() -> stack.databaseTier().primary().equals(standby) && mode() == Mode.SYNCED);
        assertThat(new StackFile(folder).read().topology().primaryDatabase().name())
                .isEqualTo(standby);
    }

    @Test
    void aPrimaryIsNotReplaced() {
        String primary = stack.databaseTier().primary();

        assertThatThrownBy(() -> stack.databaseTier().replace(primary))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(primary + " is the primary");
    }

    private void failsOver(Fault fault) throws Exception {
        String old = stack.databaseTier().primary();
        String id = stack.instance(old).id();
        try (OrderStream orders = new OrderStream(stack.service(), 4)) {
            await().until(() -> orders.acknowledged().size() > 50);
            Instant begin = scheduler.instant();
            stack.inject(fault, old, Optional.empty());

            await().atMost(LIMIT).until(() -> {
                assertTheStandbyIsCopiedOnlyInSync();
                return !stack.databaseTier().primary().equals(old) && mode() == Mode.SYNCED;
            });
            int before = orders.acknowledged().size();
            await().atMost(LIMIT).until(() -> orders.acknowledged().size() > before + 50);
            orders.stop();
            assertNothingLost(orders);
            System.out.println(fault.name() + ": longest time without an acknowledged order "
                    + orders.longestGap().toMillis() + " ms, "
                    + orders.acknowledged().size() + " acknowledged, "
                    + phases(begin));
        }
        assertThat(eventsSince(old))
                .containsSubsequence(
                        "RDS-EVENT-0013", "RDS-EVENT-0015", "RDS-EVENT-0049", "RDS-EVENT-0052", "RDS-EVENT-0053");
        assertThat(METRICS.events())
                .noneMatch(it -> it instanceof StackEvent.Trouble trouble
                        && trouble.message().contains("keeps its connections"));
        // The old one is another server now, and no fault is left on it.
        assertThat(stack.instance(old).id()).isNotEqualTo(id);
        assertThat(new StackFile(folder).read().instances())
                .containsEntry(old, stack.instance(old).id());
        assertThat(stack.faults()).isEmpty();
        assertThat(stack.topology().primaryDatabase().name()).isNotEqualTo(old);
    }

    /** What is being rebuilt answers long before it has the data. */
    private static void assertTheStandbyIsCopiedOnlyInSync() {
        Mode before = mode();
        String reader = stack.databaseTier().reader().identifier();
        String primary = stack.databaseTier().primary();
        if (before == Mode.EXPOSED && mode() == Mode.EXPOSED) {
            assertThat(reader).isEqualTo(primary);
        }
    }

    private static void assertNothingLost(OrderStream orders) throws SQLException {
        List<String> found = stack.database().query("SELECT idempotency_key FROM orders").stream()
                .map(List::getFirst)
                .toList();
        assertThat(new TreeSet<>(found)).hasSameSizeAs(found).containsAll(orders.acknowledged());
    }

    private static List<String> eventsSince(String old) {
        return METRICS.events().stream()
                .filter(StackEvent.DatabaseEvent.class::isInstance)
                .map(it -> ((StackEvent.DatabaseEvent) it).id())
                .toList();
    }

    private static String phases(Instant since) {
        return METRICS.events().stream()
                .filter(it ->
                        it instanceof StackEvent.DatabaseFailedOver && it.at().isAfter(since))
                .map(it -> ((StackEvent.DatabaseFailedOver) it).phases())
                .findFirst()
                .orElse("no failover was told");
    }

    private static Mode mode() {
        return stack.multiAz().orElseThrow().mode();
    }

    private static String asRoot(EngineContainer container, String sql) {
        ExecResult result =
                container.exec(Duration.ofSeconds(20), "sh", "-c", "timeout 2 " + client(sql) + "; echo ended $?");
        return (result.stdout() + result.stderr()).strip();
    }

    private static String client(String sql) {
        return "mysql -uroot -p\"$(cat /run/secrets/lab/db-root-password)\" -e '" + sql + "' 2>&1";
    }
}
