package io.failoverlab.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.failoverlab.bench.ReplicaPair;
import io.failoverlab.bench.ReplicaPair.Acknowledgement;
import io.failoverlab.clock.LabScheduler;
import io.failoverlab.engine.ContainerSpec;
import io.failoverlab.engine.Engine;
import io.failoverlab.engine.EngineEndpoint;
import io.failoverlab.engine.LabHome;
import io.failoverlab.environment.Leftovers;
import io.failoverlab.history.LedgerReading;
import io.failoverlab.history.LedgerReading.FinalRead;
import io.failoverlab.history.RunBuilder;
import io.failoverlab.verdict.Judge;
import io.failoverlab.verdict.LedgerAudit;
import io.failoverlab.verdict.Verdict;
import io.failoverlab.verdict.WriteClass;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Negative control: where a failover is known to lose orders, or to leave phantoms behind, the ledger has to find them. */
class LedgerControlIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int ENOUGH = 100;
    private static final int DUPLICATE_KEY = 1062;
    private static final long DELAY_MILLIS = 300;

    @TempDir
    private Path folder;

    private SlowLink link;

    private static LabScheduler scheduler;
    private static Engine engine;
    private static String image;

    @BeforeAll
    static void connect() {
        assumeTrue(EngineEndpoint.ofThisProcess().answers(), "no container engine");
        scheduler = new LabScheduler(Throwable::printStackTrace);
        engine = Engine.connect();
        new Leftovers(engine).removeDead();
        image = engine.images(LabHome.find(), scheduler)
                .ensure(System.out::println)
                .mysql()
                .reference();
    }

    @AfterAll
    static void end() {
        if (scheduler != null) {
            scheduler.close();
        }
    }

    @Test
    void asynchronousReplicationLosesAcknowledgedOrdersAndTheLedgerFindsThem() throws Exception {
        try (ReplicaPair pair = start(Acknowledgement.ASYNCHRONOUS)) {
            OrderWriters writers = new OrderWriters();
            failOverUnderOrders(pair, writers);

            LedgerReading promoted = read(pair.standby(), writers);
            SortedSet<String> lost = keys(promoted, WriteClass.LOST);
            report("asynchronous", promoted);
            assertThat(lost).isNotEmpty();
            assertThat(keys(promoted, WriteClass.UNEXPECTED)).isEmpty();
            assertThat(verdict(promoted)).isEqualTo(Verdict.FAIL);

            pair.takeTheOldPrimaryBackAsItWas();
            assertThat(extraTransactions(pair)).isNotEmpty();
            assertThat(keys(read(pair.primary(), writers), WriteClass.FOUND)).containsAll(lost);
        }
    }

    @Test
    void afterSyncLosesNoneAndThePhantomsOfTheOldPrimaryAreSeen() throws Exception {
        try (ReplicaPair pair = start(Acknowledgement.AFTER_SYNC)) {
            OrderWriters writers = new OrderWriters();
            failOverUnderOrders(pair, writers);
            writers.order(pair.standby(), 20);

            LedgerReading promoted = read(pair.standby(), writers);
            report("AFTER_SYNC", promoted);
            assertThat(keys(promoted, WriteClass.LOST)).isEmpty();
            assertThat(keys(promoted, WriteClass.DUPLICATED)).isEmpty();
            assertThat(keys(promoted, WriteClass.UNEXPECTED)).isEmpty();
            assertThat(verdict(promoted)).isEqualTo(Verdict.PASS);

            pair.takeTheOldPrimaryBackAsItWas();
            assertThat(extraTransactions(pair)).isNotEmpty();
            LedgerReading old = read(pair.primary(), writers);
            report("AFTER_SYNC, read from the old primary", old);
            SortedSet<String> phantoms = new TreeSet<>(keys(old, WriteClass.RECOVERED));
            phantoms.removeAll(keys(promoted, WriteClass.FOUND));
            assertThat(phantoms).isNotEmpty();
            assertThat(keys(old, WriteClass.LOST)).hasSizeGreaterThanOrEqualTo(20);
            assertThat(verdict(old)).isEqualTo(Verdict.FAIL);

            // Nor can it follow the new primary: its phantoms have the ids of orders that came after the failover.
            pair.primary().follow(pair.standby());
            await().atMost(LIMIT)
                    .until(() -> pair.primary().replica("Last_SQL_Errno"), Integer.toString(DUPLICATE_KEY)::equals);
        }
    }

    /** The standby is far away: what the primary has sent takes its time to it. */
    private ReplicaPair start(Acknowledgement acknowledgement) throws Exception {
        ReplicaPair.Setup setup = new ReplicaPair.Setup(
                engine,
                scheduler,
                "ledger-control-" + ProcessHandle.current().pid(),
                image,
                new ContainerSpec.Limits(1, 1L << 30, 200),
                folder);
        return ReplicaPair.start(setup, acknowledgement, primary -> {
            link = new SlowLink(new InetSocketAddress(ReplicaPair.GATEWAY, 0), primary, DELAY_MILLIS);
            return new InetSocketAddress(ReplicaPair.GATEWAY, link.port());
        });
    }

    @AfterEach
    void cut() {
        if (link != null) {
            link.close();
        }
    }

    private void failOverUnderOrders(ReplicaPair pair, OrderWriters writers) throws Exception {
        writers.start(pair.primary());
        await().atMost(LIMIT)
                .until(() -> writers.acknowledged() >= ENOUGH
                        && !pair.standby().rows("SELECT id FROM orders LIMIT 1").isEmpty());
        // Its host is lost, and all that it had sent and that had not arrived.
        link.close();
        pair.primary().container().signal("KILL");
        writers.awaitEnd();
        pair.promoteStandby();
    }

    private static LedgerReading read(ReplicaPair.Server server, OrderWriters writers) {
        return LedgerCheck.read(
                writers.ledger(), "", () -> new LedgerCheck.Source(server.name(), server::rows), scheduler, LIMIT);
    }

    private static LedgerAudit audit(LedgerReading reading) {
        return switch (reading.finalRead()) {
            case FinalRead.Read read -> LedgerAudit.of(reading, read);
            case FinalRead.NotRead notRead -> throw new AssertionError(notRead.reason());
        };
    }

    private static SortedSet<String> keys(LedgerReading reading, WriteClass kind) {
        return audit(reading).keys().get(kind);
    }

    private static Verdict verdict(LedgerReading reading) {
        return Judge.judge(RunBuilder.quiet()
                        .ledger(reading)
                        .expect("writes-lost", "0")
                        .expect("writes-unexpected", "0")
                        .build())
                .verdict();
    }

    /** Transactions of the old primary that the new one never had. */
    private static String extraTransactions(ReplicaPair pair) throws Exception {
        String old = pair.primary().value("SELECT @@global.gtid_executed");
        String promoted = pair.standby().value("SELECT @@global.gtid_executed");
        return pair.standby().value("SELECT GTID_SUBTRACT('" + old + "', '" + promoted + "')");
    }

    private static void report(String setting, LedgerReading reading) {
        System.out.println(setting + ": " + audit(reading).sentence());
    }
}
