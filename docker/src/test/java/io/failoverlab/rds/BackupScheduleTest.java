package io.failoverlab.rds;

import static org.assertj.core.api.Assertions.assertThat;

import io.failoverlab.topology.BackupPolicy;
import io.failoverlab.topology.InstanceType;
import io.failoverlab.topology.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupScheduleTest {
    private static final Instant ORIGIN = Instant.parse("2026-11-28T16:00:00Z");
    private static final BackupSchedule AWS = BackupSchedule.of(new Timing(Timing.Clocks.AWS, 1), ORIGIN);
    private static final BackupSchedule LAB = BackupSchedule.of(Timing.LAB, ORIGIN);
    /** From 17:00 to 17:30. */
    private static final BackupPolicy DAILY = BackupPolicy.DEFAULT;

    @Test
    void logsAreKeptEveryFiveMinutesOfTheClock() {
        assertThat(AWS.logInterval()).isEqualTo(Duration.ofMinutes(5));
        assertThat(LAB.logInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(BackupSchedule.of(new Timing(Timing.Clocks.AWS, 10), ORIGIN).logInterval())
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(LAB.days(30)).isEqualTo(Duration.ofHours(12));
    }

    @Test
    void aNewDatabaseIsBackedUpAtOnce() {
        assertThat(AWS.isDue(DAILY, Optional.empty(), ORIGIN)).isTrue();
    }

    @Test
    void withoutRetentionThereIsNoBackup() {
        assertThat(AWS.isDue(DAILY.withRetentionDays(0), Optional.empty(), ORIGIN))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-28T16:59:59Z, false",
        "2026-11-28T17:00:00Z, true",
        "2026-11-28T17:29:59Z, true",
        "2026-11-28T17:30:00Z, false",
        "2026-11-29T17:00:00Z, true"
    })
    void afterThatOnceInEachWindow(Instant now, boolean due) {
        assertThat(AWS.isDue(DAILY, Optional.of(ORIGIN), now)).isEqualTo(due);
    }

    @Test
    void oneBackupInAWindowIsEnough() {
        assertThat(AWS.isDue(
                        DAILY,
                        Optional.of(Instant.parse("2026-11-28T17:00:00Z")),
                        Instant.parse("2026-11-28T17:10:00Z")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"59, false", "60, true", "89, true", "90, false", "1500, true"})
    void aMinuteOfTheLabsClockIsASecond(int seconds, boolean due) {
        assertThat(LAB.isDue(DAILY, Optional.of(ORIGIN), ORIGIN.plusSeconds(seconds)))
                .isEqualTo(due);
    }

    @Test
    void automatedSnapshotsExpireButTheNewestOfThem() {
        Snapshot old = snapshot("rds:db-1-a", Snapshot.Type.AUTOMATED, 0);
        Snapshot middle = snapshot("rds:db-1-b", Snapshot.Type.AUTOMATED, 3);
        Snapshot newest = snapshot("rds:db-1-c", Snapshot.Type.AUTOMATED, 5);
        Snapshot manual = snapshot("before-release", Snapshot.Type.MANUAL, 0);
        List<Snapshot> all = List.of(manual, old, middle, newest);
        BackupPolicy oneDay = DAILY.withRetentionDays(1);

        assertThat(AWS.expired(oneDay, all, ORIGIN.plus(Duration.ofDays(2)))).containsExactly(old);
        assertThat(AWS.expired(oneDay, all, ORIGIN.plus(Duration.ofDays(90)))).containsExactly(old, middle);
        assertThat(AWS.expired(DAILY.withRetentionDays(0), all, ORIGIN)).containsExactly(old, middle, newest);
    }

    /** @param day after the origin */
    private static Snapshot snapshot(String name, Snapshot.Type type, int day) {
        Instant at = ORIGIN.plus(Duration.ofDays(day));
        return new Snapshot(name, type, "db-1", InstanceType.T3_SMALL, "9.7.4", at, at.plusSeconds(1));
    }
}
