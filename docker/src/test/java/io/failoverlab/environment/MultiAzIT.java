package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.EngineContainer;
import io.failoverlab.engine.ExecResult;
import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.AzNetwork;
import io.failoverlab.fault.AzPower;
import io.failoverlab.fault.Cut;
import io.failoverlab.fault.Fault;
import io.failoverlab.fault.Kill;
import io.failoverlab.fault.Pause;
import io.failoverlab.rds.BackupFailed;
import io.failoverlab.rds.DbInstance;
import io.failoverlab.rds.MultiAz.Mode;
import io.failoverlab.rds.ServerAgent;
import io.failoverlab.rds.SnapshotArchive;
import io.failoverlab.telemetry.StackEvent;
import io.failoverlab.topology.SemiSync;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Multi-AZ database on the real stack: its primary is lost in every way, and no order that was acknowledged is. */
class MultiAzIT {
    private static final String RUN = "maz-it-" + ProcessHandle.current().pid();
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Pattern LOST = Pattern.compile("has (\\d+) transactions that the failover has lost: ");
    private static final Pattern LOSS = Pattern.compile("it loses (\\d+) transactions of db-[12]: [0-9a-f-]+:[0-9-]+");

    @TempDir
    private static Path folder;

    private static final RecordedMetrics METRICS = new RecordedMetrics();
    private static LabScheduler scheduler;
    private static StackBench bench;
    private static Environment stack;
    private static SteadyLoad load;
    private static Throwable noStandby;
    private static Throwable givenUp;
    private static boolean afterGivingUp;

    @BeforeAll
    static void bringUp() throws Exception {
        bench = StackBench.open(RUN);
        scheduler = bench.scheduler();
        stack = Launch.up(bench.plan(TopologyFile.named("two-web-one-db"), folder, METRICS));
        becomeMultiAz();
    }

    /** All the other tests have the pair that this makes of a single database. */
    private static void becomeMultiAz() {
        Topology single = stack.topology();
        EngineContainer primary = stack.database().instance().container();
        try (SteadyLoad clients = new SteadyLoad(stack.service(), 8)) {
            load = clients;
            await().until(() -> clients.sent() > 300);
            noStandby = catchThrowable(() -> stack.failOver("db", true));
            asRoot(primary, "SET sql_log_bin = 0; ALTER USER lab_replication ACCOUNT LOCK");
            givenUp = catchThrowable(() -> stack.databases().toMultiAz("db", SemiSync.FALLBACK));
            afterGivingUp = stack.topology().equals(single)
                    && primary.plugs().size() == 1
                    && bench.engine().find(RUN, "db-2").isEmpty();
            asRoot(primary, "SET sql_log_bin = 0; ALTER USER lab_replication ACCOUNT UNLOCK");
            Instant begun = scheduler.instant();
            stack.databases().toMultiAz("db", SemiSync.FALLBACK);
            System.out.println("Multi-AZ after "
                    + Duration.between(begun, scheduler.instant()).toMillis() + " ms");
            long before = clients.sent();
            await().until(() -> clients.sent() > before + 300);
        }
        System.out.println(
                load.sent() + " requests meanwhile, " + load.failures().size() + " failed");
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

    /** So that one test that fails is one. */
    @AfterEach
    void healAll() {
        stack.healAll(System.out::println);
    }

    @BeforeEach
    void inSync() {
        await().atMost(LIMIT).until(() -> mode() == Mode.SYNCED);
        assertThat(stack.awaitInService(LIMIT, waiting -> {})).isTrue();
    }

    @Test
    void theSingleDatabaseBecameMultiAzUnderLoadAndNoClientSawAnError() {
        assertThat(load.failures()).isEmpty();
        assertThat(load.sent()).isGreaterThan(600);
        assertThat(METRICS.events().stream()
                        .filter(StackEvent.DatabaseEvent.class::isInstance)
                        .map(StackEvent.DatabaseEvent.class::cast)
                        .filter(it -> it.category().equals("configuration change"))
                        .map(StackEvent.DatabaseEvent::id))
                .containsExactly("RDS-EVENT-0024", "LAB", "RDS-EVENT-0024", "RDS-EVENT-0025");
        assertThat(stack.topology().web())
                .isEqualTo(TopologyFile.named("two-web-multi-az").web());
        assertThatThrownBy(() -> stack.databases().toMultiAz("db-1", SemiSync.FALLBACK))
                .hasMessageContaining("expected a database without a standby, found Multi-AZ already");
    }

    @Test
    void aStandbyThatCannotBeMadeLeavesTheDatabaseAsItWas() {
        assertThat(givenUp)
                .hasMessageStartingWith(
                        "the modification to Multi-AZ is given up: the standby db-2 could not be set up: ")
                .hasMessageEndingWith("; the database is what it was");
        assertThat(afterGivingUp).isTrue();
        assertThat(noStandby)
                .hasMessage("expected a Multi-AZ database to fail over, found db-1 without a standby; `lab modify db"
                        + " --multi-az` gives it one");
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
    @Tag("long")
    void aPrimaryThatIsCutOffIsFencedAndCostsNoAcknowledgedOrder() throws Exception {
        failsOver(new Cut());
    }

    @Test
    @Tag("long")
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
            assertNothingLost(stack, orders);
        }
    }

    @Test
    @Tag("long")
    void aZoneWithoutPowerTakesThePrimaryAndAWebServerAndNoAcknowledgedOrder() throws Exception {
        String old = stack.databaseTier().primary();
        String zone = stack.topology().zone(stack.instance(old).zone()).letter();
        try (OrderStream orders = new OrderStream(stack.service(), 4)) {
            await().until(() -> orders.acknowledged().size() > 50);
            Instant begin = scheduler.instant();
            var fault = stack.inject(new AzPower(), zone, Optional.empty());
            assertThat(fault.instances())
                    .contains(old)
                    .anyMatch(name -> name.startsWith("web-"))
                    .allMatch(name -> stack.topology()
                            .zone(stack.instance(name).zone())
                            .letter()
                            .equals(zone));

            await().atMost(LIMIT).until(() -> !stack.databaseTier().primary().equals(old));
            int before = orders.acknowledged().size();
            await().atMost(LIMIT).until(() -> orders.acknowledged().size() > before + 50);
            assertThat(mode()).as("there is no place for a standby").isEqualTo(Mode.EXPOSED);
            assertThat(stack.instance(old).container().state().running()).isFalse();

            stack.heal(fault);
            await().atMost(LIMIT).until(() -> mode() == Mode.SYNCED);
            orders.stop();
            assertNothingLost(stack, orders);
            System.out.println("az-power: longest time without an acknowledged order "
                    + orders.longestGap().toMillis() + " ms, " + phases(begin));
        }
    }

    /** On RDS, too, an application is told "Too many connections", and the same one would take the standby's. */
    @Test
    void takenConnectionsAreNoFailure() throws Exception {
        int told = METRICS.events().size();
        try (Connections taken = Connections.all(stack.database(), folder)) {
            // Read where it is replicated to: the one connection that MySQL spares for administrators may be taken,
            // too.
            EngineContainer standby =
                    stack.instance(stack.databaseTier().standby()).container();
            long beat = beat(standby);
            await().atMost(LIMIT).until(() -> beat(standby) > beat + 5);
            assertThat(eventsSince(told)).doesNotContain("RDS-EVENT-0013");
            assertThat(mode()).isEqualTo(Mode.SYNCED);
            taken.release();
        }
    }

    /** The one connection that MySQL spares for administrators is soon taken by a check that waits for the disk, too. */
    @Test
    @Tag("long")
    void aDiskThatHangsIsFoundAlsoWhileAllConnectionsAreTaken() throws Exception {
        Traced.require();
        String old = stack.databaseTier().primary();
        EngineContainer primary = stack.instance(old).container();
        try (OrderStream orders = new OrderStream(stack.service(), 4)) {
            await().atMost(LIMIT).until(() -> orders.acknowledged().size() > 50);
            try (Connections taken = Connections.all(stack.database(), folder)) {
                Instant begin = scheduler.instant();
                try (Traced disk = Traced.withoutSync(primary)) {
                    await().atMost(LIMIT)
                            .until(() -> !stack.databaseTier().primary().equals(old));
                    disk.letGo();
                }
                taken.release();
                int before = orders.acknowledged().size();
                await().atMost(LIMIT)
                        .until(() ->
                                mode() == Mode.SYNCED && orders.acknowledged().size() > before + 50);
                System.out.println("disk that hangs, all connections taken: " + phases(begin));
            }
            orders.stop();
            assertNothingLost(stack, orders);
            System.out.println("disk that hangs, all connections taken: longest time without an acknowledged order "
                    + orders.longestGap().toMillis() + " ms");
        }
    }

    @Test
    void theLogsOfBothServersGoOnceTheyAreKept() throws Exception {
        ServerAgent primary = stack.databaseTier().agent(stack.databaseTier().primary());
        ServerAgent standby = stack.databaseTier().agent(stack.databaseTier().standby());
        String written = primary.executed();

        await().atMost(LIMIT)
                .until(() -> primary.minus(written, primary.purged()).isEmpty());
        await().atMost(LIMIT)
                .until(() -> standby.minus(written, standby.purged()).isEmpty());

        assertThat(mode()).isEqualTo(Mode.SYNCED);
    }

    @Test
    void aFinalSnapshotHasEveryAcknowledgedOrderAndIfItFailsTheDatabaseGoesOn(@TempDir Path archives) throws Exception {
        Path noFolder = Files.createFile(archives.resolve("no-folder"));
        try (OrderStream orders = new OrderStream(stack.service(), 4)) {
            await().atMost(LIMIT).until(() -> orders.acknowledged().size() > 50);
            assertThatThrownBy(() -> stack.databases().finalSnapshot("last", new SnapshotArchive(noFolder)))
                    .isInstanceOf(BackupFailed.class);
            await().atMost(LIMIT).until(() -> mode() == Mode.SYNCED);
            int before = orders.acknowledged().size();
            await().atMost(LIMIT).until(() -> orders.acknowledged().size() > before + 50);

            stack.databases().finalSnapshot("last", new SnapshotArchive(archives));

            try {
                assertThatThrownBy(() -> stack.failOver("db", true)).hasMessageContaining("is being taken down");
                assertThat(asRoot(stack.database().instance().container(), "INSERT INTO lab.heartbeat VALUES (5, 5)"))
                        .contains("super-read-only");
                orders.stop();
                DbInstance restored =
                        stack.databases().restore("db", "last", "db-7").server();
                assertThat(found(restored)).containsAll(orders.acknowledged());
            } finally {
                stack.databaseTier().goOn();
            }
        }
    }

    @Test
    void aFailoverIsRefusedWhileOneIsUnderWay() {
        stack.failOver("db", false);

        assertThatThrownBy(() -> stack.failOver("db", true))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("RDS-EVENT-0034: ");
    }

    @Test
    @Tag("long")
    void aStandbyThatIsNotInSyncIsPromotedByForceAloneAndWhatThatLosesIsTold() throws Exception {
        String old = stack.databaseTier().primary();
        String standby = stack.databaseTier().standby();
        int told = METRICS.events().size();
        try (OrderStream orders = new OrderStream(stack.service(), 4)) {
            fallBehind(orders, old, standby);
            Matcher said = LOSS.matcher(stack.failOver("db", true));
            assertThat(said.find()).isTrue();

            await().atMost(LIMIT).until(() -> stack.databaseTier().primary().equals(standby) && mode() == Mode.SYNCED);
            orders.stop();
            System.out.println("forced: " + said.group());
            assertThat(Integer.parseInt(said.group(1))).isBetween(50, assertLostAsTold(orders, told));
        }
        assertThat(METRICS.events().stream().skip(told).map(String::valueOf))
                .anyMatch(it -> it.contains("the failover to " + standby + " is forced, and loses "));
    }

    /** The one way on that does not wait for the zone. */
    @Test
    @Tag("long")
    void aStandbyThatIsBehindIsPromotedByForceWhileTheOnlyCopysZoneIsLost() throws Exception {
        String old = stack.databaseTier().primary();
        String standby = stack.databaseTier().standby();
        int told = METRICS.events().size();
        try (OrderStream orders = new OrderStream(stack.service(), 4)) {
            fallBehind(orders, old, standby);
            ActiveFault lost = stack.inject(
                    new AzPower(),
                    stack.topology().zone(stack.instance(old).zone()).letter(),
                    Optional.empty());
            await().atMost(LIMIT).until(() -> mode() == Mode.DOWN);

            assertThatThrownBy(() -> stack.failOver("db", false))
                    .hasMessageContaining(
                            old + " is the only copy and does not answer; the standby " + standby
                                    + " is not in sync; `lab failover db-1 --force` promotes it all the same, and loses at least ");
            assertThat(stack.failOver("db", true)).contains("it loses at least ", "which is silent now");

            await().atMost(LIMIT).until(() -> stack.databaseTier().primary().equals(standby));
            int before = orders.acknowledged().size();
            await().atMost(LIMIT).until(() -> orders.acknowledged().size() > before + 50);
            stack.heal(lost);
            await().atMost(LIMIT).until(() -> mode() == Mode.SYNCED);
            orders.stop();
            assertLostAsTold(orders, told);
        }
    }

    /** It restarts and cannot connect to the primary any more, which goes on alone. */
    private static void fallBehind(OrderStream orders, String primary, String standby) {
        await().until(() -> orders.acknowledged().size() > 50);
        asRoot(stack.instance(primary).container(), "SET sql_log_bin = 0; ALTER USER lab_replication ACCOUNT LOCK");
        stack.instance(standby).container().signal("KILL");
        await().atMost(LIMIT).until(() -> mode() == Mode.EXPOSED);
        int before = orders.acknowledged().size();
        await().atMost(LIMIT).until(() -> orders.acknowledged().size() > before + 50);
        await().atMost(LIMIT)
                .until(
                        () -> catchThrowable(() -> stack.failOver("db", false)).getMessage(),
                        it -> it.contains("`lab failover db-1 --force` promotes it all the same, and loses "));
        assertThat(stack.databaseTier().primary()).isEqualTo(primary);
    }

    /** The active check's writes are among the transactions, too; how many were told. */
    private static int assertLostAsTold(OrderStream orders, int told) throws SQLException {
        Set<String> lost = orders.acknowledged();
        lost.removeAll(found(stack.database()));
        int counted = METRICS.events().stream()
                .skip(told)
                .map(event -> LOST.matcher(event.toString()))
                .filter(Matcher::find)
                .map(it -> Integer.parseInt(it.group(1)))
                .findFirst()
                .orElseThrow();
        System.out.println(lost.size() + " of " + orders.acknowledged().size() + " acknowledged orders lost, " + counted
                + " transactions");
        assertThat(lost).hasSizeBetween(51, counted);
        return counted;
    }

    /** As a restart does, which the engine's events would tell of: its relay log is gone, and replication off. */
    @Test
    @Tag("long")
    void aStandbyThatThrewAwayWhatItReceivedIsNotPromoted() throws Exception {
        String primary = stack.databaseTier().primary();
        EngineContainer standby = stack.instance(stack.databaseTier().standby()).container();
        try (OrderStream orders = new OrderStream(stack.service(), 4)) {
            await().until(() -> orders.acknowledged().size() > 50);
            int told = METRICS.events().size();
            assertThat(asRoot(standby, "STOP REPLICA; RESET REPLICA")).endsWith("ended 0");
            stack.failOver("db", false);

            await().atMost(LIMIT).until(() -> mode() == Mode.SYNCED);
            int before = orders.acknowledged().size();
            await().atMost(LIMIT).until(() -> orders.acknowledged().size() > before + 50);
            orders.stop();
            assertNothingLost(stack, orders);
            assertThat(METRICS.events().stream().skip(told).map(String::valueOf))
                    .anyMatch(it -> it.contains("the failover is given up: "));
        }
        assertThat(stack.databaseTier().primary()).isEqualTo(primary);
    }

    /**
     * What a lab leaves that dies between the removal of the old server and the start of the empty one, or while it gives a
     * database its first standby: then nobody is in the standby's subnet yet.
     */
    @Test
    @Tag("long")
    void aStandbyWithoutAContainerIsMadeAnewByTheLabThatTakesOver() throws Exception {
        String standby = stack.databaseTier().standby();
        String primary = stack.databaseTier().primary();
        EngineContainer container = stack.instance(standby).container();
        try (OrderStream orders = new OrderStream(stack.service(), 4)) {
            await().until(() -> orders.acknowledged().size() > 50);
            List<EngineContainer> others = Stream.of("web-1a", "web-1c", primary)
                    .map(name -> stack.instance(name).container())
                    .toList();
            String subnet = container.plugs().stream()
                    .filter(plug -> plug.address()
                            .equals(stack.databaseTier().agent(standby).server().address()))
                    .map(EngineContainer.Plug::network)
                    .findFirst()
                    .orElseThrow();
            stack.leave();
            container.remove();
            others.forEach(it -> it.plugs().stream()
                    .filter(plug -> plug.network().equals(subnet))
                    .forEach(it::unplug));

            List<String> told = new ArrayList<>();
            stack = bench.takeOver(folder, METRICS, told::add);

            await().atMost(LIMIT).until(() -> mode() == Mode.SYNCED);
            assertThat(told).contains(standby + " had no container and was made again, as an empty standby");
            assertThat(others)
                    .allMatch(it ->
                            it.plugs().stream().anyMatch(plug -> plug.network().equals(subnet)));
            assertThat(stack.databaseTier().primary()).isEqualTo(primary);
            int before = orders.acknowledged().size();
            await().atMost(LIMIT).until(() -> orders.acknowledged().size() > before + 50);
            orders.stop();
            assertNothingLost(stack, orders);
        }
    }

    @Test
    @Tag("long")
    void withFallbackOrdersGoOnWithOneCopyWhileTheStandbyIsGone() throws Exception {
        EngineContainer primary = stack.database().instance().container();
        try (OrderStream orders = new OrderStream(stack.service(), 4)) {
            await().until(() -> orders.acknowledged().size() > 50);
            // What is frozen is replaced at once, and the new one cannot be filled before the primary lets it in.
            asRoot(primary, "SET sql_log_bin = 0; ALTER USER lab_replication ACCOUNT LOCK");
            freezeStandby();

            int before = orders.acknowledged().size();
            await().atMost(LIMIT).until(() -> orders.acknowledged().size() > before + 50);
            assertThat(mode()).isEqualTo(Mode.EXPOSED);
            asRoot(primary, "SET sql_log_bin = 0; ALTER USER lab_replication ACCOUNT UNLOCK");
            await().atMost(LIMIT).until(() -> mode() == Mode.SYNCED);
            orders.stop();
            assertNothingLost(stack, orders);
        }
    }

    @Test
    @Tag("long")
    void withBlockNoOrderIsAcknowledgedWhileTheStandbyIsGoneAndAfterwardsItIsTakenBackAsItWas() throws Exception {
        goOnWith(SemiSync.BLOCK);
        String standby = stack.instance(stack.databaseTier().standby()).id();
        try (OrderStream orders = new OrderStream(stack.service(), 4)) {
            await().atMost(LIMIT).until(() -> orders.acknowledged().size() > 50);
            ActiveFault frozen = freezeStandby();
            int before = acknowledgedWithTheStandby(orders);
            await().atMost(LIMIT).until(() -> orders.unacknowledged() >= 4);
            assertThat(mode()).isEqualTo(Mode.EXPOSED);
            assertThat(orders.acknowledged()).hasSize(before);

            stack.heal(frozen);
            await().atMost(LIMIT).until(() -> mode() == Mode.SYNCED);
            await().atMost(LIMIT).until(() -> orders.acknowledged().size() > before + 50);
            orders.stop();
            assertNothingLost(stack, orders);
        }
        assertThat(stack.instance(stack.databaseTier().standby()).id()).isEqualTo(standby);
        goOnWith(SemiSync.FALLBACK);
    }

    /** A copy waits for commits, and those wait for a standby: somebody has to give way, and it is not the promise. */
    @Test
    @Tag("long")
    void withBlockAStandbyThatIsLostForGoodUnderLoadIsReplacedAndNoOrderIsAcknowledgedMeanwhile() throws Exception {
        goOnWith(SemiSync.BLOCK);
        String standby = stack.databaseTier().standby();
        String id = stack.instance(standby).id();
        ServerAgent primary = stack.databaseTier().agent(stack.databaseTier().primary());
        try (OrderStream orders = new OrderStream(stack.service(), 4)) {
            await().atMost(LIMIT).until(() -> orders.acknowledged().size() > 50);
            asRoot(
                    stack.instance(standby).container(),
                    "STOP REPLICA; SET GLOBAL super_read_only = OFF; CREATE DATABASE phantom");
            stack.instance(standby).container().signal("KILL");
            await().atMost(LIMIT).until(() -> mode() == Mode.EXPOSED);
            int before = acknowledgedWithTheStandby(orders);

            Instant begun = scheduler.instant();
            await().atMost(LIMIT).until(() -> {
                int now = orders.acknowledged().size();
                if (!primary.isWaitingForStandby()) {
                    assertThat(now).isEqualTo(before);
                }
                return mode() == Mode.SYNCED;
            });
            System.out.println("in sync after "
                    + Duration.between(begun, scheduler.instant()).toMillis() + " ms with block");
            await().atMost(LIMIT).until(() -> orders.acknowledged().size() > before + 50);
            orders.stop();
            assertNothingLost(stack, orders);
        }
        assertThat(stack.instance(standby).id()).isNotEqualTo(id);
        assertThat(asRoot(stack.instance(standby).container(), "SHOW DATABASES"))
                .contains("shop")
                .doesNotContain("phantom");
        goOnWith(SemiSync.FALLBACK);
    }

    /** Once one was not acknowledged none is under way that the standby had got before. */
    private static int acknowledgedWithTheStandby(OrderStream orders) {
        long waited = orders.unacknowledged();
        await().atMost(LIMIT).until(() -> orders.unacknowledged() > waited);
        return orders.acknowledged().size();
    }

    private static ActiveFault freezeStandby() {
        ActiveFault frozen = stack.inject(new Pause(), stack.databaseTier().standby(), Optional.empty());
        await().atMost(LIMIT).until(() -> mode() == Mode.EXPOSED);
        return frozen;
    }

    /** As a lab that takes over, with another policy written in the stack's file. */
    private static void goOnWith(SemiSync policy) throws Exception {
        stack.leave();
        Path file = folder.resolve("stack.json");
        Files.writeString(file, Files.readString(file).replaceAll("(\"semiSync\" : )\"\\w+\"", "$1\"" + policy + "\""));
        stack = bench.takeOver(folder, METRICS, told -> {});
        assertThat(stack.topology().primaryDatabase().semiSync()).isEqualTo(policy);
        await().atMost(LIMIT).until(() -> mode() == Mode.SYNCED);
        assertThat(stack.awaitInService(LIMIT, waiting -> {})).isTrue();
    }

    @Test
    @Tag("long")
    void aFailoverWaitsUntilTheNewPrimaryCanBeWrittenDown() throws Exception {
        String standby = stack.databaseTier().standby();
        Path inTheWay =
                Files.createDirectories(folder.resolve("stack.json.next").resolve("full"));
        stack.failOver("db", false);

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
            assertNothingLost(stack, orders);
            System.out.println(fault.name() + ": longest time without an acknowledged order "
                    + orders.longestGap().toMillis() + " ms, "
                    + orders.acknowledged().size() + " acknowledged, "
                    + phases(begin));
        }
        assertThat(eventsSince(0))
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

    static void assertNothingLost(Environment stack, OrderStream orders) throws SQLException {
        List<String> found = found(stack.database());
        assertThat(new TreeSet<>(found)).hasSameSizeAs(found).containsAll(orders.acknowledged());
    }

    private static List<String> found(DbInstance database) throws SQLException {
        return database.query("SELECT idempotency_key FROM orders").stream()
                .map(List::getFirst)
                .toList();
    }

    private static List<String> eventsSince(int told) {
        return METRICS.events().stream()
                .skip(told)
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

    /** The last number that the active check wrote. */
    private static long beat(EngineContainer container) {
        return Long.parseLong(asRoot(container, "SELECT beat FROM lab.heartbeat WHERE id = 1")
                .lines()
                .filter(line -> line.matches("\\d+"))
                .findFirst()
                .orElseThrow());
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
