package io.failoverlab.rds;

import io.failoverlab.topology.BackupPolicy;
import io.failoverlab.topology.Timing;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * When the automated backups of a database are due and when they expire. By the lab's clocks a minute of AWS is a second here:
 * logs are kept every 5 s, a day is 24 minutes. AWS's clocks are AWS's, divided by the time scale. The time of day of the
 * window begins with the lab's own start and passes as much faster.
 *
 * @param scale how many times as fast as AWS's these clocks run
 * @param origin when the lab began
 */
public record BackupSchedule(int scale, Instant origin) {
    private static final int LAB_SCALE = 60;
    /** RDS keeps the logs every five minutes (RDS User Guide, "Restoring a DB instance to a specified time"). */
    private static final Duration LOG_INTERVAL = Duration.ofMinutes(5);

    /** By whose clocks. */
    public static BackupSchedule of(Timing timing, Instant origin) {
        return switch (timing.clocks()) {
            case LAB -> new BackupSchedule(LAB_SCALE, origin);
            case AWS -> new BackupSchedule(timing.scale(), origin);
        };
    }

    /** The time between two keepings of the binary logs. */
    public Duration logInterval() {
        return LOG_INTERVAL.dividedBy(scale);
    }

    /** How long that many days of AWS take here. */
    Duration days(int days) {
        return Duration.ofDays(days).dividedBy(scale);
    }

    /** A new database is backed up at once, then once in each window. */
    boolean isDue(BackupPolicy policy, Optional<Instant> last, Instant now) {
        if (!policy.enabled()) {
            return false;
        }
        if (last.isEmpty()) {
            return true;
        }
        Instant open = lastOpening(policy, now);
        boolean within = onScale(now).isBefore(open.plus(policy.windowLength()));
        return within && onScale(last.get()).isBefore(open);
    }

    private Instant lastOpening(BackupPolicy policy, Instant now) {
        Instant time = onScale(now);
        Instant today = time.atZone(ZoneOffset.UTC)
                .toLocalDate()
                .atTime(policy.windowStart())
                .toInstant(ZoneOffset.UTC);
        return today.isAfter(time) ? today.minus(1, ChronoUnit.DAYS) : today;
    }

    private Instant onScale(Instant at) {
        return origin.plus(Duration.between(origin, at).multipliedBy(scale));
    }

    /** The automated snapshots that the policy no longer keeps; the newest is kept while there are backups at all. */
    List<Snapshot> expired(BackupPolicy policy, List<Snapshot> snapshots, Instant now) {
        List<Snapshot> automated = snapshots.stream()
                .filter(it -> it.type() == Snapshot.Type.AUTOMATED)
                .sorted(java.util.Comparator.comparing(Snapshot::startedAt))
                .toList();
        Instant kept = now.minus(days(policy.retentionDays()));
        int most = policy.enabled() ? automated.size() - 1 : automated.size();
        return automated.stream()
                .limit(Math.max(0, most))
                .filter(it -> !policy.enabled() || it.startedAt().isBefore(kept))
                .toList();
    }
}
