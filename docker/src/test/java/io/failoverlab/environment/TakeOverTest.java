package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.fault.Effect;
import io.failoverlab.fault.FaultRecord;
import io.failoverlab.fault.Undo;
import io.failoverlab.topology.DbInstance;
import io.failoverlab.topology.Redundancy;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TakeOverTest {
    private static final Instant NOW = Instant.parse("2026-11-28T08:00:00Z");
    private static final Topology TOPOLOGY = TopologyFile.named("two-web-multi-az");

    @ParameterizedTest
    @EnumSource(Redundancy.class)
    void aStandbyThatIsStoppedWhileItStandsByIsNotStarted(Redundancy kind) {
        List<DbInstance> pair = TOPOLOGY.withRedundancy(kind).databases();

        assertThat(isMeantToRun(pair.getFirst())).isTrue();
        assertThat(isMeantToRun(pair.getLast())).isEqualTo(kind == Redundancy.HOT || kind == Redundancy.WARM);
    }

    @Test
    void whatAFaultKeepsDownIsNotStartedBeforeTheFaultIsOver() {
        DbInstance primary = TOPOLOGY.primaryDatabase();

        assertThat(isMeantToRun(primary, fault(NOW.plusSeconds(1), new Undo.Start("db-1"))))
                .isFalse();
        assertThat(isMeantToRun(primary, fault(NOW, new Undo.Start("db-1")))).isTrue();
        assertThat(isMeantToRun(primary, fault(NOW.plusSeconds(1), new Undo.Start("db-2"))))
                .isTrue();
        assertThat(isMeantToRun(primary, fault(NOW.plusSeconds(1), new Undo.Reboot("db-1", 7))))
                .isFalse();
        assertThat(isMeantToRun(primary, fault(NOW.plusSeconds(1), new Undo.Resume("db-1"))))
                .isTrue();
    }

    @Test
    void aReplicaThatIsWrittenDownAsADatabaseOfItsOwnIsNoReplicaAnyMore() {
        Topology topology = TopologyFile.named("two-web-read-replica");
        DbInstance replica = topology.readReplica().orElseThrow();

        assertThat(ReplicaPromotion.decided(topology, List.of(new RestoredFile.Restored(replica.promoted(), "i-1"))))
                .isEqualTo(topology.withoutReadReplica());
        assertThat(ReplicaPromotion.decided(
                        topology, List.of(new RestoredFile.Restored(topology.primaryDatabase(), "i-2"))))
                .isEqualTo(topology);
    }

    private static FaultRecord fault(Instant until, Undo undo) {
        return new FaultRecord(
                "kill", undo.instance(), Optional.of(until), new Effect(NOW, true, "it ended"), List.of(undo));
    }

    private static boolean isMeantToRun(DbInstance database, FaultRecord... faults) {
        return TakeOver.isMeantToRun(database, List.of(faults), NOW);
    }
}
