package io.failoverlab.topology;

import java.time.Duration;
import java.time.LocalTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Automated backups of a database (RDS User Guide, "Introduction to backups").
 *
 * @param retentionDays 0 to 35; 0 switches them off
 * @param windowStart when the daily backup may begin, UTC
 * @param windowLength at least 30 minutes, less than a day
 */
public record BackupPolicy(int retentionDays, LocalTime windowStart, Duration windowLength) {
    public static final int MAX_RETENTION_DAYS = 35;

    static final String WINDOW_FORM = "a time of day of at least 30 minutes in UTC, such as 17:00-17:30,";

    /** 30 days, and the hour before sunrise in Tokyo. */
    public static final BackupPolicy DEFAULT = new BackupPolicy(30, LocalTime.of(17, 0), Duration.ofMinutes(30));

    private static final Pattern WINDOW =
            Pattern.compile("([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-3]):([0-5][0-9])");

    public BackupPolicy {
        requireRetention(retentionDays);
        if (windowLength.compareTo(Duration.ofMinutes(30)) < 0 || windowLength.compareTo(Duration.ofDays(1)) >= 0) {
            throw new IllegalArgumentException("expected " + WINDOW_FORM + " found one of " + windowLength.toMinutes()
                    + " minutes from " + windowStart);
        }
    }

    /** @throws IllegalArgumentException unless it is within AWS's bounds */
    public static int requireRetention(int days) {
        if (days < 0 || days > MAX_RETENTION_DAYS) {
            throw new IllegalArgumentException("expected a backup retention period from 0 (no automated backups) to "
                    + MAX_RETENTION_DAYS + " days, found " + days);
        }
        return days;
    }

    /**
     * As {@link #requireRetention(int)}, for a DB instance by its identifier: what a read replica is made of keeps automated
     * backups (RDS API Reference, ModifyDBInstance), and a read replica has none here.
     */
    public static int requireRetention(int days, String database, Topology topology) {
        Optional<String> replica = topology.readReplica().map(DbInstance::identifier);
        if (days == 0 && replica.isPresent() && database.equals(topology.databaseIdentifier())) {
            throw new IllegalArgumentException("expected a backup retention period from 1 to " + MAX_RETENTION_DAYS
                    + " days for " + database + ", which the read replica " + replica.get()
                    + " replicates from, found 0; `lab promote " + replica.get() + "` ends that");
        }
        if (days > 0 && replica.equals(Optional.of(database))) {
            throw new IllegalArgumentException(
                    "expected no automated backups of the read replica " + database + ", found " + days
                            + " days of them; `lab promote " + database + "` makes a database of its own of it");
        }
        return requireRetention(days);
    }

    /** The same window with another retention period. */
    public BackupPolicy withRetentionDays(int days) {
        return new BackupPolicy(days, windowStart, windowLength);
    }

    /** @throws IllegalArgumentException if the text is not a window such as {@code 17:00-17:30} */
    BackupPolicy withWindow(String window) {
        Matcher parts = WINDOW.matcher(window);
        if (!parts.matches()) {
            throw new IllegalArgumentException("expected " + WINDOW_FORM + " found " + window);
        }
        LocalTime start = LocalTime.of(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
        LocalTime end = LocalTime.of(Integer.parseInt(parts.group(3)), Integer.parseInt(parts.group(4)));
        Duration length = Duration.between(start, end);
        return new BackupPolicy(retentionDays, start, length.isNegative() ? length.plusDays(1) : length);
    }

    /** Whether there are automated backups. */
    public boolean enabled() {
        return retentionDays > 0;
    }

    /** Such as {@code 17:00-17:30}. */
    public String window() {
        return windowStart + "-" + windowStart.plus(windowLength);
    }
}
