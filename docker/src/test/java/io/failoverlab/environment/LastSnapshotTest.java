package io.failoverlab.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.rds.Snapshot;
import io.failoverlab.topology.InstanceType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastSnapshotTest {
    private static final Instant TAKEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Snapshot OF_A_DEAD_LAB = manual("lab-standby-of-db-1-1", "db-1");
    private static final Snapshot AFTER_IT = manual("lab-standby-of-db-1-12", "db-1");
    private static final List<Snapshot> THERE = List.of(
            OF_A_DEAD_LAB,
            manual("standby-1", "db-1"),
            manual("lab-standby-of-db-1-before-release", "db-1"),
            manual("lab-standby-of-db-1-1", "db-3"),
            new Snapshot(
                    "lab-standby-of-db-1-2",
                    Snapshot.Type.AUTOMATED,
                    "db-1",
                    InstanceType.T3_SMALL,
                    "8.4.9",
                    TAKEN,
                    TAKEN),
            AFTER_IT);

    @Test
    void thoseOfAnotherLabAreFoundByNameAndPeoplesOwnAreLeftAlone() {
        assertThat(LastSnapshot.forStandby("db-1", THERE)).containsExactly(OF_A_DEAD_LAB, AFTER_IT);
    }

    @Test
    void aNewOneTakesTheFirstNameThatIsFree() {
        assertThat(LastSnapshot.nextName("db-1", List.of())).isEqualTo("lab-standby-of-db-1-1");
        assertThat(LastSnapshot.nextName("db-1", THERE)).isEqualTo("lab-standby-of-db-1-3");
        Snapshot.requireName(LastSnapshot.nextName("db-1", THERE));
    }

    private static Snapshot manual(String name, String database) {
        return new Snapshot(name, Snapshot.Type.MANUAL, database, InstanceType.T3_SMALL, "8.4.9", TAKEN, TAKEN);
    }
}
