package io.failoverlab.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.rds.MultiAz.Mode;
import io.failoverlab.topology.Topology;
import io.failoverlab.topology.TopologyFile;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatabaseDescriptionTest {
    private static final Topology PAIR =
            TopologyFile.parse("pair.yaml", "{name: pair, database: {multi-az: true, read-replica: {zone: c}}}");

    @Test
    void aSingleDatabaseHasNoOtherCopy() {
        assertThat(DatabaseDescription.copies(TopologyFile.named("two-web-one-db"), Optional.empty(), Optional.empty()))
                .isEqualTo(
                        List.of("Multi-AZ\tno; `lab modify db --multi-az` gives it a standby", "read replica\tnone"));
    }

    @Test
    void aPairIsInSyncOrExposedAndItsReplicaIsBehindTheOneThatIsThePrimaryNow() {
        assertThat(DatabaseDescription.copies(
                        PAIR.withPrimary("db-2"), Optional.of(Mode.SYNCED), Optional.of("0 s behind 10.0.21.10")))
                .isEqualTo(List.of(
                        "Multi-AZ\tyes, in sync: every acknowledged write is on the standby, too",
                        "primary\tdb-2 in ap-northeast-1c",
                        "standby\tdb-1 in ap-northeast-1a, hot",
                        "read replica\tdb-1-replica in ap-northeast-1c, 0 s behind 10.0.21.10"));
        assertThat(DatabaseDescription.copies(PAIR, Optional.of(Mode.EXPOSED), Optional.of("does not answer")))
                .startsWith("Multi-AZ\tyes, exposed: there is one copy of the data until there is a standby again");
    }

    @Test
    void whatAStandbyThatIsNotHotLacksIsSaid() {
        Topology topology =
                TopologyFile.parse("cold.yaml", "{name: cold, database: {multi-az: true, redundancy: cold-snapshot}}");

        assertThat(DatabaseDescription.copies(topology, Optional.of(Mode.SYNCED), Optional.empty()))
                .startsWith(
                        "Multi-AZ\tyes, with a snapshot for a standby: what was written after it is lost, also what the"
                                + " binary logs have of it")
                .contains("standby\tdb-2 in ap-northeast-1c, cold-snapshot");
    }
}
