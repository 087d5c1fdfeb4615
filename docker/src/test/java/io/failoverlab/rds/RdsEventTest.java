package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.telemetry.StackEvent;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RdsEventTest {
    private static final Instant AT = Instant.parse("2026-11-28T05:00:00Z");

    @Test
    void isToldInAwssNumbersAndWords() {
        assertThat(RdsEvent.BACKUP_STARTED.of(AT, "db-1"))
                .isEqualTo(new StackEvent.DatabaseEvent(
                        AT, "db-1", "RDS-EVENT-0001", "backup", "Backing up DB instance."));
        assertThat(RdsEvent.RESTORED_TO_TIME.of(AT, "db-3", "db-1", "db-3"))
                .isEqualTo(new StackEvent.DatabaseEvent(
                        AT, "db-3", "RDS-EVENT-0019", "restoration", "Restored from DB instance db-1 to db-3."));
        assertThat(RdsEvent.STORAGE_LOW.of(AT, "db-1", "db-1", 8, "256 MiB", "20 MiB"))
                .isEqualTo(new StackEvent.DatabaseEvent(
                        AT,
                        "db-1",
                        "RDS-EVENT-0089",
                        "low storage",
                        "The free storage capacity for DB instance db-1 is low at 8% of the provisioned storage"
                                + " [Provisioned Storage: 256 MiB, Free Storage: 20 MiB]."));
    }
}
