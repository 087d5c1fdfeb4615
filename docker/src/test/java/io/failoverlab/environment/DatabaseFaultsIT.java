package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.failoverlab.fault.ActiveFault;
import io.failoverlab.fault.DiskFull;
import io.failoverlab.fault.DnsStale;
import io.failoverlab.fault.Failover;
import io.failoverlab.fault.ReplicaLag;
import io.failoverlab.rds.MultiAz.Mode;
import io.failoverlab.topology.TopologyFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults of a Multi-AZ database on the real stack, each looked at by something else than its own evidence. */
@Tag("long")
class DatabaseFaultsIT {
    private static final String RUN = "db-faults-it-" + ProcessHandle.current().pid();
    private static final Duration LIMIT = Duration.ofSeconds(120);

    @TempDir
    private static Path folder;

    private static StackBench bench;
    private static Environment stack;

    @BeforeAll
    static void bringUp() {
        bench = StackBench.open(RUN);
        stack = Launch.up(bench.plan(TopologyFile.named("two-web-multi-az"), folder, new RecordedMetrics()));
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
        await().atMost(LIMIT).until(() -> stack.multiAz().orElseThrow().mode() == Mode.SYNCED);
        assertThat(stack.awaitInService(LIMIT, waiting -> {})).isTrue();
    }

    @Test
    void aStandbyAppliesLateAndAtOnceAgain() {
        String standby = stack.databaseTier().standby();
        ActiveFault late = stack.inject(new ReplicaLag(Duration.ofSeconds(7)), standby, Optional.empty());
        assertThat(late.tookEffect()).as(late.evidence()).isTrue();
        assertThat(replicaStatus(standby)).contains("SQL_Delay: 7");

        stack.heal(late);
        assertThat(replicaStatus(standby)).contains("SQL_Delay: 0").contains("Replica_SQL_Running: Yes");
        assertThat(stack.multiAz().orElseThrow().mode()).isEqualTo(Mode.SYNCED);
    }

    @Test
    void aPrimaryHasNothingToApplyLate() {
        String primary = stack.databaseTier().primary();
        assertThatThrownBy(() -> stack.wouldHit(new ReplicaLag(Duration.ofSeconds(1)), primary))
                .hasMessage("expected a standby of a database, found " + primary
                        + ", which replicates from nobody; `lab status` shows the roles");
        assertThatThrownBy(() -> stack.wouldHit(new DiskFull(100), primary))
                .hasMessageStartingWith(
                        "expected storage of a size of its own in " + primary + ", found /srv/mysql on");
    }

    @Test
    void aStaleNameLeadsToTheOldPrimaryUntilItIsUndone() throws Exception {
        String old = stack.databaseTier().server().address();
        ActiveFault stale = stack.inject(new DnsStale(), "db", Optional.empty());
        ActiveFault failover = stack.inject(new Failover(), "db", Optional.empty());
        System.out.println(failover.evidence() + "; " + failover.healing());

        assertThat(failover.tookEffect()).isTrue();
        assertThat(failover.isHealed()).isTrue();
        assertThat(stack.databaseTier().server().address()).isNotEqualTo(old);
        assertThat(hosts()).contains(old + " ");

        stack.heal(stale);
        System.out.println(stale.healing());
        assertThat(hosts())
                .contains(stack.databaseTier().server().address() + " ")
                .doesNotContain(old + " ");
        assertThat(stack.faults()).isEmpty();
    }

    private static String hosts() throws IOException {
        return Files.readString(folder.resolve("endpoint").resolve("hosts"));
    }

    private static String replicaStatus(String server) {
        return stack.instance(server)
                .run(
                        "sh",
                        "-c",
                        "MYSQL_PWD=$(cat /run/secrets/lab/db-root-password) mysql -uroot -E -e 'SHOW REPLICA STATUS'")
                .stdout();
    }
}
